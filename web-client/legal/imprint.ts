import { html } from '../html.ts';
import type { LegalText } from './legal-data.ts';

/** Imprint (DDG section 5), German. */
export const germanImprint: LegalText = ({ name, address, representedBy, register, email, phone }) => ({
  title: 'Impressum',
  content: html`<p>Angaben nach § 5 DDG</p>
    <h2>Anbieter</h2>
    <address>${[name, ...address.split('\n')].map((line) => html`${line}<br />`)}</address>
    <h2>Vertreten durch</h2>
    <p>${representedBy}</p>
    <h2>Kontakt</h2>
    <p>Telefon: ${phone}<br />E-Mail: <a href="mailto:${email}">${email}</a></p>
    <p>Schneller geht es über den Chat auf dieser Seite. Der Inhalt einer E-Mail ist auf dem Weg zu uns nicht geschützt.</p>
    <h2>Register</h2>
    <p>${register}</p>`,
});

/** Imprint, English. */
export const englishImprint: LegalText = ({ name, address, representedBy, register, email, phone }) => ({
  title: 'Imprint',
  content: html`<p>Information according to section 5 DDG (Germany)</p>
    <h2>Provider</h2>
    <address>${[name, ...address.split('\n')].map((line) => html`${line}<br />`)}</address>
    <h2>Represented by</h2>
    <p>${representedBy}</p>
    <h2>Contact</h2>
    <p>Phone: ${phone}<br />E-mail: <a href="mailto:${email}">${email}</a></p>
    <p>The chat on this page is faster. The content of an e-mail is not protected on its way to us.</p>
    <h2>Register</h2>
    <p>${register}</p>`,
});
