import type { HttpContext } from '../http/context.ts';
import type { Route } from '../http/route.ts';
import { shellPage } from '../http/shell-page.ts';

/** Addresses of views for which a page of the web client is enough; the browser draws them. */
const ADDRESSES = [
  '/conversations',
  '/conversations/new/:slug',
  '/conversations/:roomId',
  '/inbox',
  '/inbox/:slug',
  '/inbox/:slug/:number',
  '/manage',
  '/manage/:slug',
  '/manage/:slug/:section',
] as const;

/** Pages of the web client that need a Matrix session; what stands on them never comes from here. */
export const appPageRoutes = ({ renderPage }: { readonly renderPage: (context: HttpContext) => string }): Route[] =>
  ADDRESSES.map((path) => shellPage({ path, summary: 'A page of the web client.', limit: 'browse', render: renderPage }));
