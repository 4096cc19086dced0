import { pageTexts } from './locales/page-texts.ts';
import { renderPage, type PageSettings } from './page.ts';

/** The page for an address whose view everybody may read: the router draws it. */
export function renderShellPage(settings: PageSettings): string {
  return renderPage({ settings, title: pageTexts(settings.locale).startTitle, kind: 'shell', content: undefined, widget: false });
}

/** The page for the views of the web client that need a Matrix session. */
export function renderAppPage(settings: PageSettings): string {
  return renderPage({ settings, title: pageTexts(settings.locale).startTitle, kind: 'app', content: undefined, widget: false });
}

/** The page for every address of a sign-in and of somebody's own account: the router draws the view of the address, and nothing else stands on it. */
export function renderAccountPage(settings: PageSettings): string {
  return renderPage({ settings, title: pageTexts(settings.locale).accountTitle, kind: 'account', content: undefined, widget: false });
}
