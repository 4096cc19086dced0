import type { HttpContext } from '../http/context.ts';
import type { Route } from '../http/route.ts';
import { shellPage } from '../http/shell-page.ts';

/** Pages that links with a secret lead to; the browser draws them by the address, and takes the secret out of it. */
const PAGES = ['/account/continue', '/account/invitation', '/account/invitation/:token'] as const;

/** See `PAGES`; `renderPage` is the page of an account. */
export const linkPageRoutes = ({ renderPage }: { renderPage: (context: HttpContext) => string }): Route[] =>
  PAGES.map((path) => shellPage({ path, summary: 'Page of a link.', limit: 'sign-in', render: renderPage }));
