/** What the notice names. */
export type NoticeData = {
  readonly brand: string;
  readonly operator: string;
  readonly dataCountry: string;
  /** Networks with whose accounts people may sign in. */ readonly networks: readonly string[];
};

/** Changes with every change of the words. */
const VERSION = '2026-11-23';

const listOf = (language: string, names: readonly string[]): string => new Intl.ListFormat(language, { type: 'disjunction' }).format(names);

/** The privacy notice of an account in short, as it is shown before the account is made (GDPR article 13); `/privacy` has all of it. */
export function privacyNotice(
  locale: string,
  { brand, operator, dataCountry, networks }: NoticeData,
): { version: string; paragraphs: string[] } {
  const isGerman = /^de\b/i.test(locale);
  const place = new Intl.DisplayNames(isGerman ? 'de' : 'en', { type: 'region' }).of(dataCountry) ?? dataCountry;
  const paragraphs = isGerman
    ? [
        `${operator} speichert Vorname, Nachname und Mobilnummer oder E-Mail-Adresse, damit Sie ${brand} nutzen und sich wieder anmelden können. Die Daten liegen in: ${place}.`,
        'Unternehmen, denen Sie schreiben, sehen Ihren Vornamen; Nachname und Nummer nur, wenn Sie sie freigeben.',
        ...(networks.length === 0
          ? []
          : [
              `Melden Sie sich mit ${listOf('de', networks)} an, erfährt das Netzwerk davon. Wir speichern, mit welchem Sie sich anmelden, und Ihre Kennung dort, verschlüsselt, bis Sie es trennen.`,
            ]),
        'Sie können Ihre Daten jederzeit einsehen, ändern und löschen.',
      ]
    : [
        `${operator} keeps your first name, last name and mobile number or e-mail address so that you can use ${brand} and sign in again. The data is kept in: ${place}.`,
        'Companies that you write to see your first name; your last name and number only when you release them.',
        ...(networks.length === 0
          ? []
          : [
              `If you sign in with ${listOf('en', networks)}, the network learns of that. We keep with which one you sign in, and your id there, encrypted, until you disconnect it.`,
            ]),
        'You can see, change and delete your data at any time.',
      ];
  return { version: VERSION, paragraphs };
}
