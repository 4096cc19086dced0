import { withoutReplyFallback } from '../reply-fallback.ts';

type Content = Readonly<Record<string, unknown>>;

/**
 * Content of an event as a person sees it: what tells the Matrix id of a member is left out, which clients put there without
 * being asked (mentions, the quote of a reply). Formatted text goes as nodes, so its HTML is left out as well.
 */
export function shownContent(content: Content): Content {
  const { 'm.mentions': _mentions, ...shown } = content;
  if (typeof shown['msgtype'] !== 'string') return shown;
  const { formatted_body: _html, format: _format, ...message } = shown;
  const { body, 'm.new_content': edited } = message;
  return {
    ...message,
    ...(typeof body === 'string' && isReply(message) ? { body: withoutReplyFallback(body) } : {}),
    ...(isObject(edited) ? { 'm.new_content': shownContent(edited) } : {}),
  };
}

/** Whether a content answers another event (https://spec.matrix.org/v1.15/client-server-api/#rich-replies). */
export function isReply(content: Content): boolean {
  const relation = content['m.relates_to'];
  return isObject(relation) && isObject(relation['m.in_reply_to']);
}

function isObject(value: unknown): value is Content {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
