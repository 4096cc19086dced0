import { pageTexts } from './locales/page-texts.ts';
import { renderPage, type PageSettings } from './page.ts';

/** The page for every address that has no page of its own: the router draws the view of the address, or says that there is none. */
export function renderShellPage(settings: PageSettings): string {
  return renderPage({ settings, title: pageTexts(settings.locale).startTitle, kind: 'shell', content: undefined });
}
