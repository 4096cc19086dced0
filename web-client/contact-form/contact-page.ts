import { fill } from '../fill.ts';
import type { ContactPage } from '../../appservice/contact-form/contact-form-wire.ts';
import { html, type Html } from '../html.ts';
import { german } from './contact-texts-de.ts';
import { english, type ContactTexts } from './contact-texts-en.ts';

/** Addresses of the pages' files on our origin. */
export type ContactAssets = { readonly style: string; readonly script: string };

/** The texts of a page in its language; English where there are none. */
export const contactTexts = (locale: string): ContactTexts => (/^de\b/i.test(locale) ? german : english);

/** Address of one of the pages, in the language of the page it stands on. */
export const pageAddress = ({ company, locale, isFramed }: ContactPage, path = ''): string =>
  `/contact/${company.slug}${path}?locale=${contactTexts(locale).language}${isFramed ? '&framed=1' : ''}`;

/** What one page is made of. */
export type ContactPageParts = {
  readonly title: string;
  readonly content: Html;
  /** Whether the page needs the script that works for a form under attack. */
  readonly script?: boolean;
};

/** A company's page without widget, without any inline script or style, and complete without script. */
export function renderContactPage(page: ContactPage, assets: ContactAssets, { title, content, script = false }: ContactPageParts): string {
  const { company, service, locale, isFramed } = page;
  const text = contactTexts(locale);
  const links = [
    [company.imprintUrl, fill(text.imprint, { company: company.name })],
    [company.privacyUrl, fill(text.companyPrivacy, { company: company.name })],
    [service.privacyUrl, fill(text.servicePrivacy, { service: service.name })],
  ] as const;
  return html`<!doctype html>
    <html lang="${text.language}">
      <head>
        <meta charset="utf-8" />
        <title>${title} · ${company.name}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="${assets.style}" />
        <link rel="stylesheet" href="/contact/${company.slug}/colors.css" />
        ${script && html`<script type="module" src="${assets.script}"></script>`}
      </head>
      <body>
        ${
          !isFramed &&
          html`<a class="skip" href="#content">${text.skip}</a>
            <header>
              <p>
                ${company.logoUrl !== null && html`<img src="${company.logoUrl}" alt="" width="32" height="32" /> `}<strong
                  >${company.name}</strong
                >
              </p>
            </header>`
        }
        <main id="content" tabindex="-1">${content}</main>
        <footer>
          <nav aria-label="${text.legal}">
            <ul>
              ${links.map(([href, label]) => href !== null && html`<li><a href="${href}" rel="noopener" ${isFramed && html` target="_blank"`}>${label}</a></li>`)}
            </ul>
          </nav>
        </footer>
      </body>
    </html> `.html;
}
