import { html, type Html } from '../html.ts';

/** What a company tells about its dealing with data, as its settings have it. */
export type CompanyPrivacy = {
  readonly name: string;
  /** Whom people ask about their data: mail address or postal address; null while the company has not said. */
  readonly privacyContact: string | null;
  readonly imprintUrl: string | null;
  readonly privacyUrl: string | null;
  /** Life of a message in days. */
  readonly retentionDays: number;
  /** What it asks before a conversation, and for what. */
  readonly fields: readonly { readonly label: string; readonly purpose: string }[];
};

type Words = {
  readonly responsible: Html;
  readonly contact: string;
  readonly more: string;
  readonly imprint: string;
  readonly life: string;
  readonly asked: string;
};

const WORDS: Readonly<Record<string, (company: CompanyPrivacy) => Words>> = {
  de: ({ name, retentionDays }) => ({
    responsible: html`Für Ihre Gespräche mit <strong>${name}</strong> ist ${name} verantwortlich. Wir verarbeiten sie in dessen Auftrag
      (Art. 28 DSGVO).`,
    contact: 'Fragen zu Ihren Daten',
    more: `Datenschutzhinweis von ${name}`,
    imprint: `Impressum von ${name}`,
    life: `Nachrichten werden spätestens nach ${retentionDays} Tagen gelöscht.`,
    asked: 'Wonach gefragt wird, und wofür',
  }),
  en: ({ name, retentionDays }) => ({
    responsible: html`${name} is responsible for your conversations with <strong>${name}</strong>. We process them on its behalf (GDPR
      article 28).`,
    contact: 'Questions about your data',
    more: `Privacy notice of ${name}`,
    imprint: `Imprint of ${name}`,
    life: `Messages are deleted after ${retentionDays} days at the latest.`,
    asked: 'What is asked, and for what',
  }),
};

const contactOf = (contact: string): Html =>
  /^[^\s@]+@[^\s@]+$/.test(contact) ? html`<a href="mailto:${encodeURI(contact)}">${contact}</a>` : html`${contact}`;

const linkTo = (address: string | null, label: string): Html | false =>
  address !== null && html`<li><a href="${address}" rel="noopener noreferrer external">${label}</a></li>`;

/** What a company answers for, above the notice of the service (GDPR article 13), in a language that has texts, else English. */
export function companyPrivacy(company: CompanyPrivacy, language: string): Html {
  const words = (WORDS[language] ?? WORDS['en'])?.(company);
  if (words === undefined) throw new Error('There is no English text of the privacy notice of a company.');
  const { privacyContact, imprintUrl, privacyUrl, fields } = company;
  return html`<p>${words.responsible} ${words.life}</p>
    ${
      privacyContact !== null &&
      html`<h2>${words.contact}</h2>
        <p>${contactOf(privacyContact)}</p>`
    }
    ${
      (privacyUrl !== null || imprintUrl !== null) &&
      html`<ul>
        ${linkTo(privacyUrl, words.more)} ${linkTo(imprintUrl, words.imprint)}
      </ul>`
    }
    ${
      fields.length > 0 &&
      html`<h2>${words.asked}</h2>
        <ul>
          ${fields.map(({ label, purpose }) => html`<li>${label}: ${purpose}</li>`)}
        </ul>`
    }`;
}
