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

type ShortTexts = Readonly<Record<'code' | 'answer', (gaps: NoticeGaps) => string>>;

const shortGerman: ShortTexts = {
  code: ({ company, code, minutes }) => `${code} ist Ihr Code${company && ` für Nachrichten von ${company}`}. Er gilt ${minutes} Minuten.`,
  answer: ({ company, link }) => `Antwort${company && ` von ${company}`}: ${link}`,
};

const shortEnglish: ShortTexts = {
  code: ({ company, code, minutes }) =>
    `${code} is your code${company && ` for notices from ${company}`}. It is good for ${minutes} minutes.`,
  answer: ({ company, link }) => `Answer${company && ` from ${company}`}: ${link}`,
};

const isGerman = (locale: string): boolean => /^de\b/i.test(locale);

/** A name without what could pass for more than a name: line breaks, or an address that a telephone makes a link of. */
const plainName = (name: string): string =>
  name
    .replace(/\p{C}/gu, ' ')
    .replace(/[/@]|\.(?=\S)/g, ' ')
    .trim();

/** A text in the language of the person; English where there is none. */
export function noticeText(kind: 'code' | 'answer', locale: string, gaps: NoticeGaps): NoticeText {
  const texts = isGerman(locale) ? german : english;
  return texts[kind]({ ...gaps, company: plainName(gaps.company) });
}

/** The same for an SMS: with as much of the company's name as `fits` into one; none of it where its letters are not those of an SMS. */
export function shortNoticeText(kind: 'code' | 'answer', locale: string, gaps: NoticeGaps, fits: (text: string) => boolean): string {
  const texts = isGerman(locale) ? shortGerman : shortEnglish;
  const name = plainName(gaps.company);
  for (let { length } = name; length > 2; length -= 1) {
    const text = texts[kind]({ ...gaps, company: name.slice(0, length).trimEnd() });
    if (fits(text)) return text;
  }
  return texts[kind]({ ...gaps, company: '' });
}
