import type { HttpContext, HttpMiddleware } from '../http/context.ts';
import type { AccountId } from '../ids.ts';

/** Pages that speak the language of whoever is signed in; all else is asked for by pages, with theirs. */
const PAGES = /^\/(account(\/.*)?|imprint|accessibility|privacy(\/[^/]*)?)?$/;

type Dependencies = {
  readonly findSignedIn: (context: HttpContext) => Promise<AccountId | undefined>;
  readonly findLocale: (id: AccountId) => Promise<string | undefined>;
};

/** Middleware: who is signed in reads pages in the language of their account. */
export function accountLanguage({ findSignedIn, findLocale }: Dependencies): HttpMiddleware {
  return async (context, next) => {
    if (context.method !== 'GET' || !PAGES.test(context.path)) {
      await next();
      return;
    }
    try {
      const id = await findSignedIn(context);
      const locale = id === undefined ? undefined : await findLocale(id);
      if (locale !== undefined) context.state.locale = locale;
    } catch {
      // Pages that need no database are there without one, in the language of the browser.
    }
    await next();
    context.vary('Cookie');
  };
}
