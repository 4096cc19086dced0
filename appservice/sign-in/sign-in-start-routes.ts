import { z } from 'zod';
import type { HttpContext } from '../http/context.ts';
import { route, type Route } from '../http/route.ts';
import { shellPage } from '../http/shell-page.ts';

type Dependencies = {
  /** Address at which the homeserver begins a sign-in and comes back to `back`. */
  readonly startAddress: (back: string) => string;
  readonly publicOrigin: string;
  /** The page for somebody's own account; the browser draws it by the address. */
  readonly renderPage: (context: HttpContext) => string;
};

/** Pages of an account that the browser draws; each asks for a sign-in where nobody is signed in. */
const PAGES = [
  '/account',
  '/account/sessions',
  '/account/security',
  '/account/passkeys',
  '/account/email',
  '/account/new-password',
] as const;

// Only our own pages: an address of another site would be an open redirect.
const ownPage = z
  .string()
  .regex(/^\/((account|manage)(\/[\w-]+)*|conversations(\/new\/[\w-]+|\/!?[\w-]+)?)?$/, 'must be the path of a page of this service');

/** Where somebody begins to sign in who comes from no app, and the pages of their account. */
export function signInStartRoutes({ startAddress, publicOrigin, renderPage }: Dependencies): Route[] {
  return [
    route(
      {
        method: 'get',
        path: '/account/sign-in',
        summary: 'Begins a sign-in that comes back to a page of ours.',
        auth: 'none',
        headers: 'page',
        query: z.object({ to: ownPage.default('/account') }),
        limit: 'sign-in',
        hidden: true,
        responses: { 303: { description: 'It goes on at the homeserver.' } },
      },
      ({ query }) => ({
        status: 303,
        headers: { Location: startAddress(`${publicOrigin}${query.to}`), 'Cache-Control': 'no-store' },
      }),
    ),
    ...PAGES.map((path) => shellPage({ path, summary: "A page of somebody's own account.", limit: 'sign-in', render: renderPage })),
  ];
}
