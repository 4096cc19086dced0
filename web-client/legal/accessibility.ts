import { html } from '../html.ts';
import type { LegalText } from './legal-data.ts';

/** Accessibility statement (BFSG section 14), German. */
export const germanAccessibility: LegalText = ({ email }, brand) => ({
  title: 'Barrierefreiheit',
  content: html`<p>${brand} soll für alle benutzbar sein. Maßstab sind die Richtlinien WCAG 2.2, Stufe AA, und EN 301 549.</p>
    <h2>Was Sie erwarten können</h2>
    <ul>
      <li>Seiten und Chat lassen sich ganz mit der Tastatur bedienen. Escape schließt den Chat, der Fokus kehrt zurück.</li>
      <li>Neue Nachrichten werden von Vorleseprogrammen angesagt; Bedienelemente haben Namen.</li>
      <li>Text und Bedienelemente haben genügend Kontrast, hell und dunkel, auch in den Farben der Unternehmen.</li>
      <li>Alles ist bei 400 % Vergrößerung und ab 320 Pixel Breite nutzbar. Bewegung unterbleibt, wenn Ihr System das wünscht.</li>
    </ul>
    <h2>Wie wir es prüfen</h2>
    <p>
      Jede Änderung wird automatisch mit axe und mit Abläufen nur über die Tastatur geprüft. Was Unternehmen und andere Menschen schreiben,
      können wir nicht prüfen.
    </p>
    <h2>Eine Hürde melden</h2>
    <p>Schreiben Sie uns im Chat auf dieser Seite oder an <a href="mailto:${email}">${email}</a>.</p>`,
});

/** Accessibility statement, English. */
export const englishAccessibility: LegalText = ({ email }, brand) => ({
  title: 'Accessibility',
  content: html`<p>${brand} is meant to be usable by everyone. The measure is WCAG 2.2, level AA, and EN 301 549.</p>
    <h2>What you can expect</h2>
    <ul>
      <li>Pages and chat work entirely with the keyboard. Escape closes the chat, and the focus returns.</li>
      <li>Screen readers announce new messages; controls have names.</li>
      <li>Text and controls have enough contrast, light and dark, also in the colours of companies.</li>
      <li>Everything works at 400 % zoom and from 320 pixels of width. Nothing moves when your system asks for that.</li>
    </ul>
    <h2>How we check it</h2>
    <p>
      Every change is checked automatically with axe and with journeys by keyboard alone. What companies and other people write we cannot
      check.
    </p>
    <h2>Report a barrier</h2>
    <p>Write to us in the chat on this page or to <a href="mailto:${email}">${email}</a>.</p>`,
});
