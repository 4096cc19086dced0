import type { ConversationEvent, TextNode } from '../conversations/conversation-wire.ts';
import { TRANSCRIPT_TEXTS, type TranscriptLocale } from './transcript-texts.ts';

/** What stands at the head of a transcript, and how its times are said. */
export type TranscriptHead = {
  readonly company: string;
  readonly number: number;
  readonly locale: TranscriptLocale;
  /** IANA time zone of the reader. */
  readonly timeZone: string;
  readonly madeAt: Date;
};

/** One line of a transcript, in words. */
type Entry = { readonly at: string; readonly name: string; readonly words: string; readonly isOwn: boolean };

/** Tags after which a new line begins in plain text. */
const LINES: ReadonlySet<string> = new Set(['p', 'br', 'li', 'pre', 'quote', 'h1', 'h2', 'h3', 'hr', 'tr']);

/** Plain words of formatted text; a link that is called otherwise is followed by its address. `first`: the number of the first list item. */
export function wordsOf(nodes: readonly TextNode[], first?: number): string {
  let place = first ?? 0;
  return nodes
    .map((node) => {
      if (typeof node === 'string') return node;
      const inner = wordsOf(node.children, node.tag === 'ol' ? (node.start ?? 1) : undefined);
      const link = node.href !== undefined && node.href !== inner ? ` (${node.href})` : '';
      const item = first === undefined ? '- ' : `${place++}. `;
      return `${node.tag === 'li' ? item : ''}${inner}${link}${LINES.has(node.tag) ? '\n' : ''}`;
    })
    .join('');
}

const FILES: ReadonlySet<unknown> = new Set(['m.image', 'm.file', 'm.audio', 'm.video']);

function createEntries({ locale, timeZone }: TranscriptHead) {
  const texts = TRANSCRIPT_TEXTS[locale];
  const time = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium', timeStyle: 'short' });

  function words({ type, content, text }: ConversationEvent): string | undefined {
    if (type === 'm.room.encrypted') return texts.unreadable;
    if (type !== 'm.room.message') return undefined;
    if (Object.keys(content).length === 0) return texts.deleted;
    if (FILES.has(content['msgtype'])) return texts.file(typeof content['body'] === 'string' ? content['body'] : '');
    return text === undefined ? undefined : wordsOf(text).trim();
  }

  return {
    time,
    /** Undefined for events that say nothing in words: reactions, redactions. */
    of(event: ConversationEvent): Entry | undefined {
      const said = words(event);
      if (said === undefined) return undefined;
      const isOwn = event.sender.kind === 'person';
      const mark = 'm.new_content' in event.content ? ` (${texts.edited})` : '';
      return { at: time.format(event.at), name: `${isOwn ? texts.you : event.sender.name}${mark}`, words: said, isOwn };
    },
  };
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#10181b;background:#fff}' +
  'article{margin:1rem 0;padding:.5rem .75rem;border-left:3px solid #8a979c;white-space:pre-wrap;overflow-wrap:anywhere}' +
  '.own{border-color:#0b5c6b}h2{font-size:1rem;margin:0}time{font-weight:400;color:#4a575c}p{margin:.25rem 0 0}';

/** One way of writing a transcript down. */
type Writer = { readonly head: (title: string, made: string) => string; readonly entry: (entry: Entry) => string; readonly tail: string };

const WRITERS = {
  text: (): Writer => ({
    head: (title, made) => `${title}\n${made}\n`,
    entry: ({ at, name, words }) => `\n${at} · ${name}\n${words}\n`,
    tail: '',
  }),
  html: (locale: string): Writer => ({
    // A saved file has no headers, so it carries its own policy: nothing is loaded or run.
    head: (title, made) =>
      `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">` +
      `<meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body><main><h1>${escapeHtml(title)}</h1><p>${escapeHtml(made)}</p>\n`,
    entry: ({ at, name, words, isOwn }) =>
      `<article${isOwn ? ' class="own"' : ''}><h2>${escapeHtml(name)} <time>${escapeHtml(at)}</time></h2><p>${escapeHtml(words)}</p></article>\n`,
    tail: '</main></body></html>\n',
  }),
} as const;

/** How a transcript can be had. */
export type TranscriptFormat = keyof typeof WRITERS;

/** Writes a conversation down, page by page as it is read; nothing of it is kept. */
export async function* writeTranscript(
  format: TranscriptFormat,
  head: TranscriptHead,
  pages: AsyncIterable<readonly ConversationEvent[]>,
): AsyncGenerator<string, void> {
  const texts = TRANSCRIPT_TEXTS[head.locale];
  const entries = createEntries(head);
  const writer = WRITERS[format](head.locale);
  yield writer.head(texts.title(head.company, head.number), texts.made(entries.time.format(head.madeAt), head.timeZone));
  for await (const page of pages) {
    const written = page.flatMap((event) => {
      const entry = entries.of(event);
      return entry === undefined ? [] : [writer.entry(entry)];
    });
    if (written.length > 0) yield written.join('');
  }
  yield writer.tail;
}
