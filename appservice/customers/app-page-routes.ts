import type { HttpContext } from '../http/context.ts';
import { route, type Route } from '../http/route.ts';

/** Addresses of views for which a page of the web client is enough; the browser draws them. */
const ADDRESSES = ['/conversations', '/conversations/new/:slug', '/conversations/:roomId'] as const;

/** Pages of the web client that need a Matrix session; what stands on them never comes from here. */
export const appPageRoutes = ({ renderPage }: { readonly renderPage: (context: HttpContext) => string }): Route[] =>
  ADDRESSES.map((path) =>
    route(
      {
        method: 'get',
        path,
        summary: 'A page of the web client.',
        auth: 'none',
        headers: 'page',
        limit: 'browse',
        hidden: true,
        responses: { 200: { description: 'The page.' } },
      },
      ({ context }) => ({
        status: 200,
        headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store', Vary: 'Accept-Language' },
        body: renderPage(context),
      }),
    ),
  );
