import { pageTexts } from './locales/page-texts.ts';
import { renderPage, type PageSettings } from './page.ts';

/** The page for every address that has no page of its own: the router draws the view of the address, or says that there is none. */
export function renderShellPage(settings: PageSettings): string {
  return renderPage({ settings, title: pageTexts(settings.locale).startTitle, kind: 'shell', content: undefined, widget: false });
}

/** The page for the views of the web client that need a Matrix session. */
export function renderAppPage(settings: PageSettings): string {
  return renderPage({ settings, title: pageTexts(settings.locale).startTitle, kind: 'app', content: undefined, widget: false });
}

/** The page for every address of a sign-in and of somebody's own account; nothing but the view stands on it. */
export function renderAccountPage(settings: PageSettings): string {
  return renderPage({ settings, title: pageTexts(settings.locale).accountTitle, kind: 'account', content: undefined, widget: false });
}
