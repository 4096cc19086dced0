/** What goes into an invitation: the company's name and the link, and nothing else. */
export type InvitationGaps = { readonly company: string; readonly link: string; readonly days: number };

type InvitationText = { readonly subject: string; readonly text: string };

/** Languages of invitations. */
type TextLocale = 'de' | 'en';

const MAIL: Record<TextLocale, (gaps: InvitationGaps) => InvitationText> = {
  de: ({ company, link, days }) => ({
    subject: `Einladung von ${company}`,
    text: `${company} lädt Sie ein, für das Unternehmen auf Nachrichten zu antworten. Hier nehmen Sie an: ${link} (gilt einmal und ${days} Tage). Kennen Sie das Unternehmen nicht, tun Sie nichts.`,
  }),
  en: ({ company, link, days }) => ({
    subject: `Invitation from ${company}`,
    text: `${company} invites you to answer messages for the company. Accept here: ${link} (good once and for ${days} days). If you do not know the company, do nothing.`,
  }),
};

const SHORT: Record<TextLocale, (gaps: InvitationGaps) => string> = {
  de: ({ company, link }) => `Einladung${company && ` von ${company}`}: ${link}`,
  en: ({ company, link }) => `Invitation${company && ` from ${company}`}: ${link}`,
};

/** A name without what could pass for more than a name: line breaks, or an address that a telephone makes a link of. */
const plainName = (name: string): string =>
  name
    .replace(/\p{C}/gu, ' ')
    .replace(/[/@]|\.(?=\S)/g, ' ')
    .trim();

/** The mail of an invitation. */
export const invitationMail = (locale: TextLocale, gaps: InvitationGaps): InvitationText =>
  MAIL[locale]({ ...gaps, company: plainName(gaps.company) });

/** The text of an invitation, with as much of the company's name as `fits` into one message; none where its letters are not those of a text. */
export function invitationText(locale: TextLocale, gaps: InvitationGaps, fits: (text: string) => boolean): string {
  const name = plainName(gaps.company);
  for (let { length } = name; length > 2; length -= 1) {
    const text = SHORT[locale]({ ...gaps, company: name.slice(0, length).trimEnd() });
    if (fits(text)) return text;
  }
  return SHORT[locale]({ ...gaps, company: '' });
}
