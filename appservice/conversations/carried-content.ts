import { z } from 'zod';
import type { EventId } from '../ids.ts';

type Content = Readonly<Record<string, unknown>>;

/** Where content says that it repeats what a person wrote elsewhere, by the id of their own event. */
const CARRIED = 'com.smoope.carried';

const mark = z.object({ [CARRIED]: z.object({ event_id: z.string() }) });

/** Whether content repeats what the person wrote elsewhere. Trust it from the company's ghost alone. */
export function isCarried(content: Content): boolean {
  return mark.safeParse(content).success;
}

const INTRODUCTION = { de: 'Zuvor an uns geschrieben:', en: 'Written to us before:' } as const;

const words = z.object({ msgtype: z.enum(['m.text', 'm.emote']), body: z.string().min(1) });

const file = z.object({
  msgtype: z.enum(['m.image', 'm.file', 'm.audio', 'm.video']),
  body: z.string(),
  filename: z.string().optional(),
  url: z.string().startsWith('mxc://'),
  info: z.record(z.string(), z.unknown()).optional(),
});

/**
 * Content with which a company's ghost repeats a message that a person wrote before the conversation had its room: as a quotation
 * with a line before it, never as if they had written it here. Undefined for what nobody has said (notices of programs, places,
 * polls). Of formatted text the plain body is taken: markup that is not closed would let the quotation run into our own line.
 */
export function carriedContent(content: Content, eventId: EventId, locale: 'de' | 'en'): Content | undefined {
  const introduction = INTRODUCTION[locale];
  const origin = { [CARRIED]: { event_id: eventId } };
  const sent = file.safeParse(content);
  if (sent.success) {
    const { body, filename = body, msgtype, url, info } = sent.data;
    // A body that differs from the file's name is its caption (https://spec.matrix.org/v1.15/client-server-api/#media-captions).
    const caption = filename === body ? introduction : `${introduction} ${body}`;
    return { msgtype, url, filename, body: caption, ...(info === undefined ? {} : { info }), ...origin };
  }
  const said = words.safeParse(content);
  if (!said.success) return undefined;
  const { msgtype, body: written } = said.data;
  const lines = (msgtype === 'm.emote' ? `* ${written}` : written).split('\n');
  return {
    msgtype: 'm.text',
    body: [introduction, ...lines.map((line) => `> ${line}`)].join('\n'),
    format: 'org.matrix.custom.html',
    formatted_body: `<p>${introduction}</p><blockquote>${lines.map(escapeHtml).join('<br>')}</blockquote>`,
    ...origin,
  };
}

/** Content that corrects what was repeated: the person has changed their own message (https://spec.matrix.org/v1.15/client-server-api/#event-replacements). */
export function correctedContent(corrected: Content, carriedEventId: EventId): Content {
  const { body, ...rest } = corrected;
  return {
    ...rest,
    body: `* ${String(body)}`,
    'm.new_content': corrected,
    'm.relates_to': { rel_type: 'm.replace', event_id: carriedEventId },
  };
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
