import { html } from './html.ts';
import { pageTexts } from './locales/page-texts.ts';
import { renderPage, type PageSettings } from './page.ts';

/** How far the deletion of a profile is. */
export type DeletionState = { readonly askedAt: Date; readonly finishedAt: Date | null };

/** The page that a network links for somebody who asked there for a deletion; complete without any script. */
export function renderDeletionPage(settings: PageSettings, deletion: DeletionState | undefined): string {
  const text = pageTexts(settings.locale);
  const day = (date: Date): string => new Intl.DateTimeFormat(text.language, { dateStyle: 'long', timeZone: 'UTC' }).format(date);
  const fill = (sentence: string): string =>
    sentence
      .replace('{brand}', settings.brand.name)
      .replace('{asked}', deletion === undefined ? '' : day(deletion.askedAt))
      .replace('{finished}', deletion?.finishedAt ? day(deletion.finishedAt) : '');
  const state = deletion === undefined ? 'Unknown' : deletion.finishedAt === null ? 'Asked' : 'Finished';
  const title = text[`deletion${state}Title`];
  const content = html`<section class="legal">
    <h1>${title}</h1>
    <p>${fill(text[`deletion${state}`])}</p>
    ${state === 'Unknown' ? false : html`<p>${fill(text.deletionScope)}</p>`}
    <p><a href="/privacy">${text.deletionPrivacy}</a></p>
  </section>`;
  return renderPage({ settings, title, kind: 'plain', content });
}
