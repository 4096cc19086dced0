/** What the notice names. */
export type NoticeData = { readonly brand: string; readonly operator: string; readonly dataCountry: string };

/** Changes with every change of the words. */
const VERSION = '2026-11-23';

/** The privacy notice of an account in short, as it is shown before the account is made (GDPR article 13); `/privacy` has all of it. */
export function privacyNotice(locale: string, { brand, operator, dataCountry }: NoticeData): { version: string; paragraphs: string[] } {
  const isGerman = /^de\b/i.test(locale);
  const place = new Intl.DisplayNames(isGerman ? 'de' : 'en', { type: 'region' }).of(dataCountry) ?? dataCountry;
  const paragraphs = isGerman
    ? [
        `${operator} speichert Vorname, Nachname und Mobilnummer, damit Sie ${brand} nutzen und sich wieder anmelden können. Die Daten liegen in: ${place}.`,
        'Unternehmen, denen Sie schreiben, sehen Ihren Vornamen; Nachname und Nummer nur, wenn Sie sie freigeben.',
        'Sie können Ihre Daten jederzeit einsehen, ändern und löschen.',
      ]
    : [
        `${operator} keeps your first name, last name and mobile number so that you can use ${brand} and sign in again. The data is kept in: ${place}.`,
        'Companies that you write to see your first name; your last name and number only when you release them.',
        'You can see, change and delete your data at any time.',
      ];
  return { version: VERSION, paragraphs };
}
