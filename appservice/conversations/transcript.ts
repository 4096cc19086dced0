import type { ConversationEvent } from './conversation-wire.ts';

/** Languages of the words around a transcript. */
export type TranscriptLocale = 'de' | 'en';

/** What a transcript is made of; `events` are all of the conversation, oldest first. */
export type TranscriptParts = {
  readonly locale: TranscriptLocale;
  readonly company: string;
  readonly number: number;
  /** IANA time zone in which times are written. */
  readonly timeZone: string;
  readonly events: readonly ConversationEvent[];
};

/** One line of a transcript. */
export type TranscriptLine = { readonly at: string; readonly name: string; readonly body: string };

const WORDS = {
  de: { you: 'Sie', deleted: '(gelöscht)', file: 'Datei', title: 'Gespräch', with: 'mit', edited: '(bearbeitet)' },
  en: { you: 'You', deleted: '(deleted)', file: 'File', title: 'Conversation', with: 'with', edited: '(edited)' },
} as const;

type Content = Readonly<Record<string, unknown>>;

const asObject = (value: unknown): Content => (typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {});

function relationOf({ content }: ConversationEvent): { type: unknown; target: unknown } {
  const relation = asObject(content['m.relates_to']);
  return { type: relation['rel_type'], target: relation['event_id'] };
}

/** Lines of a conversation as they stand now: the newest words of each message, deleted ones marked, files by name. */
export function transcriptLines({ locale, timeZone, events }: TranscriptParts): TranscriptLine[] {
  const words = WORDS[locale];
  const clock = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  const edits = new Map<unknown, ConversationEvent>();
  const redacted = new Set<string>();
  for (const event of events) {
    const { type, target } = relationOf(event);
    if (type === 'm.replace') edits.set(target, event);
    if (event.redacts !== undefined) redacted.add(event.redacts);
  }

  function bodyOf(event: ConversationEvent): string {
    if (redacted.has(event.eventId) || Object.keys(event.content).length === 0) return words.deleted;
    const edit = edits.get(event.eventId);
    const isSame = edit?.sender.id === event.sender.id && edit.sender.kind === event.sender.kind && !redacted.has(edit.eventId);
    const content = isSame ? asObject(edit.content['m.new_content']) : event.content;
    const { msgtype, body, filename } = content;
    const text = typeof body === 'string' ? body : '';
    const isFile = typeof msgtype === 'string' && /^m\.(image|file|audio|video)$/.test(msgtype);
    const shown = isFile ? `[${words.file}: ${typeof filename === 'string' ? filename : text}]` : text;
    return isSame ? `${shown} ${words.edited}` : shown;
  }

  return events
    .filter((event) => event.type === 'm.room.message' && relationOf(event).type !== 'm.replace')
    .map((event) => ({
      at: clock.format(event.at),
      name: event.sender.kind === 'person' ? words.you : event.sender.name,
      body: bodyOf(event),
    }));
}

const titleOf = ({ locale, number, company }: TranscriptParts): string =>
  `${WORDS[locale].title} ${number} ${WORDS[locale].with} ${company}`;

/** The transcript as plain text. */
export function transcriptText(parts: TranscriptParts): string {
  const lines = transcriptLines(parts).map(({ at, name, body }) => `[${at}] ${name}: ${body}`);
  return `${titleOf(parts)}\n\n${lines.join('\n')}\n`;
}

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}dt{margin-top:1rem;font-weight:600}dt small{font-weight:400}dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}';

/** The transcript as a page that needs nothing else; every word of people is text in it, never markup. */
export function transcriptHtml(parts: TranscriptParts): string {
  const title = escapeHtml(titleOf(parts));
  const lines = transcriptLines(parts).map(
    ({ at, name, body }) => `<dt>${escapeHtml(name)} <small>${escapeHtml(at)}</small></dt><dd dir="auto">${escapeHtml(body)}</dd>`,
  );
  return `<!doctype html>
<html lang="${parts.locale}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${STYLE}</style></head>
<body><h1>${title}</h1><dl>${lines.join('\n')}</dl></body>
</html>
`;
}
