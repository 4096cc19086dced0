import { html } from 'lit';
import { pageTexts } from '../locales/page-texts.ts';

/** The view for an address without one. */
export function renderNotFound() {
  const text = pageTexts(document.documentElement.lang);
  return html`<section class="legal">
    <h1>${text.notFoundTitle}</h1>
    <p>${text.notFound}</p>
    <p><a class="button" href="/">${text.toHome}</a></p>
  </section>`;
}
