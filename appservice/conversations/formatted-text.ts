import { Parser } from 'htmlparser2';
import { withoutReplyFallback } from '../reply-fallback.ts';
import { isEdit, objectAt } from './event-relation.ts';
import { isReply } from './shown-content.ts';
import type { TextElement, TextNode, TextTag } from './conversation-wire.ts';

/**
 * Turns Matrix's formatted text (`org.matrix.custom.html`, https://spec.matrix.org/v1.15/client-server-api/#mroommessage-msgtypes)
 * into a tree of allowed nodes. Pure and without DOM: it runs on the server today and in the panel when content is encrypted.
 */

const TAGS: Readonly<Record<string, TextTag>> = {
  p: 'p',
  div: 'p',
  br: 'br',
  b: 'b',
  strong: 'b',
  i: 'i',
  em: 'i',
  u: 'u',
  ins: 'u',
  s: 's',
  del: 's',
  strike: 's',
  code: 'code',
  pre: 'pre',
  blockquote: 'quote',
  ul: 'ul',
  ol: 'ol',
  li: 'li',
  a: 'a',
  h1: 'h1',
  h2: 'h2',
  h3: 'h3',
  h4: 'h3',
  h5: 'h3',
  h6: 'h3',
  hr: 'hr',
  table: 'table',
  tr: 'tr',
  th: 'th',
  td: 'td',
  sub: 'sub',
  sup: 'sup',
};

/** Elements whose text is no text for people; `mx-reply` repeats the message that is replied to. */
const DROPPED = new Set(['script', 'style', 'mx-reply', 'title', 'textarea', 'iframe', 'template', 'noscript', 'svg', 'math', 'head']);

const LINK = /^(https?:\/\/|mailto:|tel:|matrix:)/i;

/** Links that clients make of a mention: they lead to a Matrix id, which is not for the person. */
const MENTION = /^(https?:\/\/matrix\.to\/#\/(@|%40)|matrix:u\/)/i;

/** Deeper nesting is flattened: a message is text, and a renderer recurses. */
const MAX_DEPTH = 24;

/** Most nodes of one message; what follows is left out, of plain text it stays as it is. */
const MAX_NODES = 2_000;

type OpenNode = { tag: TextTag; href?: string; start?: number; children: TextNode[] };

/** Parses formatted text; unknown elements give way to their children, unknown attributes and link targets go. */
export function parseFormattedText(html: string): TextNode[] {
  const root: TextNode[] = [];
  // One entry for each open element, undefined for one that gives way; `parents` are those that stay.
  const open: (OpenNode | undefined)[] = [];
  const parents: OpenNode[] = [];
  let dropped = 0;
  let nodes = 0;

  const children = (): TextNode[] => parents.at(-1)?.children ?? root;

  function nodeFor(name: string, attributes: Readonly<Record<string, string>>): OpenNode | undefined {
    const tag = Object.hasOwn(TAGS, name) ? TAGS[name] : undefined;
    if (dropped > 0 || tag === undefined || parents.length >= MAX_DEPTH || nodes >= MAX_NODES) return undefined;
    if (tag === 'ol') return { tag, ...startOf(attributes['start']), children: [] };
    if (tag !== 'a') return { tag, children: [] };
    const href = linkTarget(attributes['href']);
    return href === undefined ? undefined : { tag, href, children: [] };
  }

  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (DROPPED.has(name)) dropped += 1;
        const node = nodeFor(name, attributes);
        open.push(node);
        if (node === undefined) return;
        children().push(node satisfies TextElement);
        parents.push(node);
        nodes += 1;
      },
      ontext(text) {
        if (dropped > 0) return;
        const siblings = children();
        const last = siblings.at(-1);
        // The parser hands each entity over by itself; a text of many is one node all the same.
        if (typeof last === 'string') siblings[siblings.length - 1] = last + text;
        else if (nodes < MAX_NODES) {
          siblings.push(text);
          nodes += 1;
        }
      },
      onclosetag(name) {
        if (open.pop() !== undefined) parents.pop();
        if (DROPPED.has(name)) dropped -= 1;
      },
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parser.write(html);
  parser.end();
  return root;
}

// Browsers ignore control characters and spaces inside a scheme, so they go before it is looked at.
function linkTarget(href: string | undefined): string | undefined {
  // oxlint-disable-next-line no-control-regex
  const target = href?.replaceAll(/[\u0000-\u0020\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/g, '');
  return target !== undefined && target.length <= 2_048 && LINK.test(target) && !MENTION.test(target) ? target : undefined;
}

// Clients write the second half of a list that something interrupts as a list with a start.
function startOf(value = ''): { start?: number } {
  const start = /^\d{1,9}$/.test(value) ? Number(value) : 1;
  return start === 1 ? {} : { start };
}

const LINE_OR_URL = /\r?\n|\bhttps?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}']/gi;

/** Turns plain text into nodes: addresses become links and its lines stay lines, everything else stays as it is. */
export function linkify(text: string): TextNode[] {
  const nodes: TextNode[] = [];
  let end = 0;
  for (const match of text.matchAll(LINE_OR_URL)) {
    if (nodes.length >= MAX_NODES) break;
    const [found] = match;
    if (match.index > end) nodes.push(text.slice(end, match.index));
    nodes.push(found.endsWith('\n') ? { tag: 'br', children: [] } : { tag: 'a', href: found, children: [found] });
    end = match.index + found.length;
  }
  if (end < text.length) nodes.push(text.slice(end));
  return nodes;
}

const saidIn = (content: Readonly<Record<string, unknown>>) => (isEdit(content) ? objectAt(content, 'm.new_content') : content);

/** Whether a content tells what its sender does (`/me waves`), also as an edit. */
export const isEmote = (content: Readonly<Record<string, unknown>>): boolean => saidIn(content)['msgtype'] === 'm.emote';

/** Nodes of an `m.room.message`: of its formatted text where there is one, else of its body, of an edit those of the new text; undefined for other content. */
export function textOf(content: Readonly<Record<string, unknown>>): TextNode[] | undefined {
  const { msgtype, body, format, formatted_body: formatted } = saidIn(content);
  if (typeof body !== 'string' || typeof msgtype !== 'string') return undefined;
  if (format === 'org.matrix.custom.html' && typeof formatted === 'string') return parseFormattedText(formatted);
  return linkify(isReply(content) ? withoutReplyFallback(body) : body);
}
