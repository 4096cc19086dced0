import { z } from 'zod';
import type { HttpContext } from '../http/context.ts';
import { route, type Route } from '../http/route.ts';

/** Pages that links with a secret lead to; the browser draws them by the address, and takes the secret out of it. */
const PAGES = ['/account/continue', '/account/invitation', '/account/invitation/:token'] as const;

/** See `PAGES`; `renderPage` is the page of an account. */
export function linkPageRoutes({ renderPage }: { renderPage: (context: HttpContext) => string }): Route[] {
  return PAGES.map((path) =>
    route(
      {
        method: 'get',
        path,
        summary: 'Page of a link.',
        auth: 'none',
        headers: 'page',
        params: z.object({ token: z.string().max(64).optional() }),
        limit: 'sign-in',
        hidden: true,
        responses: { 200: { description: 'The page.' } },
      },
      ({ context }) => ({
        status: 200,
        headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' },
        body: renderPage(context),
      }),
    ),
  );
}
