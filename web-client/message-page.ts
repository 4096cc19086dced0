import { fill } from './fill.ts';
import { html } from './html.ts';
import { pageTexts } from './locales/page-texts.ts';
import { renderPage, type PageSettings } from './page.ts';

/** Pages that say one thing. */
export type MessagePageName = 'signInEnded';

/** A page with a heading and a sentence, readable without a script. */
export function renderMessagePage(page: MessagePageName, settings: PageSettings): string {
  const text = pageTexts(settings.locale);
  const title = text[`${page}Title`];
  const content = html`<section class="legal">
    <h1>${title}</h1>
    <p>${fill(text[page], { brand: settings.brand.name })}</p>
    <p><a class="button" href="/">${text.toHome}</a></p>
  </section>`;
  return renderPage({ settings, title, kind: 'plain', content });
}
