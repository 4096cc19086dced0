/** What goes into a text to somebody who is not here; nothing of the conversation. */
export type NoticeGaps = {
  readonly company: string;
  readonly code: string;
  readonly link: string;
  readonly minutes: number;
  readonly days: number;
};

type NoticeText = { readonly subject: string; readonly text: string };

type Texts = Readonly<Record<'code' | 'answer', (gaps: NoticeGaps) => NoticeText>>;

const german: Texts = {
  code: ({ company, code, minutes }) => ({
    subject: `Ihr Code: ${code}`,
    text: `${code} ist Ihr Code für Benachrichtigungen von ${company}. Er gilt ${minutes} Minuten. Haben Sie ihn nicht angefordert, tun Sie nichts: Es folgt keine weitere Nachricht.`,
  }),
  answer: ({ company, link, days }) => ({
    subject: `${company} hat Ihnen geantwortet`,
    text: `${company} hat Ihnen geantwortet. Hier lesen Sie die Antwort: ${link} (gilt einmal und ${days} Tage; dort können Sie Benachrichtigungen auch beenden)`,
  }),
};

const english: Texts = {
  code: ({ company, code, minutes }) => ({
    subject: `Your code: ${code}`,
    text: `${code} is your code for notices from ${company}. It is good for ${minutes} minutes. If you did not ask for it, do nothing: no other message follows.`,
  }),
  answer: ({ company, link, days }) => ({
    subject: `${company} has answered you`,
    text: `${company} has answered you. Read the answer here: ${link} (good once and for ${days} days; there you can end notices as well)`,
  }),
};

/** A name without what could pass for more than a name: line breaks, or an address that a telephone makes a link of. */
const plainName = (name: string): string =>
  name
    .replace(/\p{C}/gu, ' ')
    .replace(/[/@]|\.(?=\S)/g, ' ')
    .trim();

/** A text in the language of the person; English where there is none. */
export function noticeText(kind: 'code' | 'answer', locale: string, gaps: NoticeGaps): NoticeText {
  const texts = /^de\b/i.test(locale) ? german : english;
  return texts[kind]({ ...gaps, company: plainName(gaps.company) });
}
