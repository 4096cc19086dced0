import { html } from '../html.ts';
import { drawBicycle, type BicycleKind } from './bicycle.ts';

/** What the website of the demo company is made of. */
export type DemoPageParts = {
  /** Address of the widget's loader on our origin, which is another one than the website's. */
  readonly widgetUrl: string;
  /** The demo company: slug, name and colour `#rrggbb`. */
  readonly companySlug: string;
  readonly companyName: string;
  readonly color: string;
  /** Addresses of style sheets on the website's own origin. */
  readonly styles: readonly string[];
};

type Product = { readonly kind: BicycleKind; readonly color: string; readonly name: string; readonly line: string; readonly price: string };

const products: readonly Product[] = [
  { kind: 'city', color: '#c8553d', name: 'Linden 7', line: 'Aufrecht durch die Stadt, mit Korb und Nabenschaltung.', price: '1.290 €' },
  { kind: 'tour', color: '#3f6c8f', name: 'Heide Tour', line: 'Leicht, schnell und gern auch auf Schotter.', price: '1.840 €' },
  { kind: 'cargo', color: '#5d7b4a', name: 'Elbe Lastenrad', line: 'Zwei Kinder oder der Wocheneinkauf. Oder beides.', price: '3.950 €' },
];

/**
 * The website of a company that uses the widget, as a real one might look: a bicycle shop. It is in German, as its customers
 * are, and runs under a strict content security policy: no inline script, no inline style.
 */
export function renderDemoPage({ widgetUrl, companySlug, companyName, color, styles }: DemoPageParts): string {
  return html`<!doctype html>
    <html lang="de">
      <head>
        <meta charset="utf-8" />
        <title>${companyName} · Fahrräder aus der Werkstatt</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link
          rel="icon"
          href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='none' stroke='%231d2a33' stroke-width='3'%3E%3Ccircle cx='12' cy='12' r='9'/%3E%3C/svg%3E"
        />
        ${styles.map((href) => html`<link rel="stylesheet" href="${href}" /> `)}
        <script src="${widgetUrl}" data-company="${companySlug}" data-color="${color}" async></script>
      </head>
      <body>
        <header>
          <a class="name" href="#top">${companyName}</a>
          <nav aria-label="Hauptmenü">
            <a href="#raeder">Räder</a><a href="#werkstatt">Werkstatt</a><a href="#probefahrt">Probefahrt</a>
          </nav>
        </header>
        <main id="top">
          <section class="hero">
            <div>
              <p class="over">Manufaktur seit 1987</p>
              <h1>Räder, die bleiben.</h1>
              <p class="lead">Wir bauen jedes Rad von Hand, stellen es auf Sie ein und kümmern uns darum, solange Sie es fahren.</p>
              <p class="actions"><a class="button" href="#raeder">Räder ansehen</a><a href="#probefahrt">Probefahrt vereinbaren</a></p>
            </div>
            ${drawBicycle('city', color)}
          </section>
          <section id="raeder" aria-labelledby="raeder-titel">
            <h2 id="raeder-titel">Drei Räder, gut gemacht</h2>
            <ul class="products">
              ${products.map(
                (product) =>
                  html` <li>
                    <div class="picture">${drawBicycle(product.kind, product.color)}</div>
                    <h3>${product.name}</h3>
                    <p>${product.line}</p>
                    <p class="price">${product.price}</p>
                  </li>`,
              )}
            </ul>
          </section>
          <section class="services">
            <div id="werkstatt">
              <h2>Werkstatt</h2>
              <p>Inspektion in zwei Tagen, Bremsen und Licht sofort. Auch für Räder, die nicht von uns sind.</p>
            </div>
            <div id="probefahrt">
              <h2>Probefahrt</h2>
              <p>Nehmen Sie ein Rad übers Wochenende mit. Schreiben Sie uns im Chat, welches.</p>
            </div>
            <div>
              <h2>Leasing</h2>
              <p>Über Ihren Arbeitgeber, mit allen üblichen Anbietern. Wir rechnen es Ihnen aus.</p>
            </div>
          </section>
        </main>
        <footer>
          <p>${companyName} ist ein erfundenes Unternehmen. Diese Seite zeigt, wie der Chat auf einer fremden Website aussieht.</p>
          <p id="imprint">Impressum: ${companyName}, Musterstraße 1, 20095 Hamburg</p>
          <p id="privacy">Datenschutz: Im Chat geschriebene Nachrichten liest nur unsere Werkstatt.</p>
        </footer>
      </body>
    </html> `.html;
}
