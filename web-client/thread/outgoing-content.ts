import { parseMarkdown } from './markdown.ts';
import type { MessageItem } from './message-item.ts';
import { nodeHtml } from './node-html.ts';

/** Content of an `m.room.message`. */
export type Outgoing = Readonly<Record<string, unknown>> & { readonly msgtype: string; readonly body: string };

/** What somebody does with the composer. */
export type Writing =
  { readonly kind: 'new' } | { readonly kind: 'reply'; readonly item: MessageItem } | { readonly kind: 'edit'; readonly item: MessageItem };

const DOES = '/me ';

function formatted(words: string): Outgoing {
  const isEmote = words.startsWith(DOES) && words.length > DOES.length;
  const body = isEmote ? words.slice(DOES.length) : words;
  const nodes = parseMarkdown(body);
  const html = nodes === undefined ? {} : { format: 'org.matrix.custom.html', formatted_body: nodeHtml(nodes) };
  return { msgtype: isEmote ? 'm.emote' : 'm.text', body, ...html };
}

/**
 * Content of what was written. The body keeps the marks as they were typed: clients without formatting show them, and an edit begins
 * with them. A reply has no repeated quote (https://spec.matrix.org/v1.15/client-server-api/#rich-replies).
 */
export function outgoingContent(words: string, writing: Writing): Outgoing {
  const content = formatted(words);
  if (writing.kind === 'new') return content;
  const { item } = writing;
  if (writing.kind === 'reply') {
    const mentions = item.isOwn ? {} : { user_ids: [item.senderId] };
    return { ...content, 'm.mentions': mentions, 'm.relates_to': { 'm.in_reply_to': { event_id: item.eventId } } };
  }
  const star = (text: unknown): string => `* ${String(text)}`;
  return {
    ...content,
    body: star(content.body),
    ...('formatted_body' in content ? { formatted_body: star(content['formatted_body']) } : {}),
    'm.new_content': content,
    'm.relates_to': { rel_type: 'm.replace', event_id: item.eventId },
  };
}

/** What the field holds when a message is edited. */
export const wordsToEdit = ({ words, manner }: MessageItem): string => (manner === 'emote' ? `${DOES}${words}` : words);
