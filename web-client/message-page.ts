import { fill } from './fill.ts';
import { html } from './html.ts';
import { pageTexts } from './locales/page-texts.ts';
import { renderPage, type PageSettings } from './page.ts';

/** Pages that say one thing: what happened, what was kept, what to do. */
export type MessagePageName = 'signInEnded' | 'notFound' | 'unavailable' | 'failed' | 'tooMany' | 'crossSite' | 'unusable';

/** Pages on which the operator's widget stands; on the others it would only ask for more of what does not work. */
const WITH_WIDGET: readonly MessagePageName[] = ['signInEnded', 'notFound'];

/** A page with a heading and a sentence, readable without a script; `requestId` is shown for the operator to find the request by. */
export function renderMessagePage(page: MessagePageName, settings: PageSettings, requestId?: string): string {
  const text = pageTexts(settings.locale);
  const title = text[`${page}Title`];
  const content = html`<section class="legal">
    <h1>${title}</h1>
    <p>${fill(text[page], { brand: settings.brand.name })}</p>
    ${requestId !== undefined && html`<p>${fill(text.requestId, { id: requestId })}</p>`}
    <p><a class="button" href="/">${text.toHome}</a></p>
  </section>`;
  return renderPage({ settings, title, kind: 'plain', content, widget: WITH_WIDGET.includes(page) });
}
