import { pageTexts } from './locales/page-texts.ts';
import { renderPage, type PageSettings } from './page.ts';

/** The page for every address of a sign-in and of somebody's own account: the router draws the view of the address, and nothing else stands on it. */
export function renderAccountPage(settings: PageSettings): string {
  return renderPage({ settings, title: pageTexts(settings.locale).accountTitle, kind: 'account', content: undefined, widget: false });
}
