import { Router } from '@koa/router';
import { ApiError } from '../errors.ts';
import type { Authenticators } from './auth.ts';
import type { HttpMiddleware, RequestState } from './context.ts';
import { countedOf, type RateLimit } from './rate-limit.ts';
import { TAKEN_OVER, type Route } from './route.ts';
import { securityHeaders, type HeaderSettings } from './security-headers.ts';

/** What the routes of all nouns need to be answered. */
export type RouterOptions = { routes: readonly Route[]; authenticators: Authenticators; rateLimit: RateLimit; settings: HeaderSettings };

function answerWith({ declaration, run }: Route, { authenticators, rateLimit, settings }: RouterOptions): HttpMiddleware {
  const headers = securityHeaders(declaration.headers ?? 'api', settings);
  const limit = declaration.limit ?? (declaration.auth === 'operator' ? 'operate' : undefined);
  const isPage = declaration.headers === 'page' ? !declaration.path.startsWith('/api/') : undefined;
  return async (context) => {
    context.state.route = declaration.path;
    if (isPage !== undefined) context.state.isPage = isPage;
    context.set(headers);
    if (limit !== undefined) await rateLimit(limit, { network: context.ip });
    const answer = await run(context, authenticators, async (auth) => {
      if (limit !== undefined) await rateLimit(limit, countedOf(declaration.auth, auth));
    });
    if (answer === TAKEN_OVER) return;
    context.set(answer.headers ?? {});
    context.status = answer.status;
    if (answer.body !== undefined) context.body = answer.body;
  };
}

const notFound: HttpMiddleware = async (context, next) => {
  await next();
  if (context.state.route === undefined) throw new ApiError('M_UNRECOGNIZED', 'There is nothing under this path.');
};

/** One router for all declared routes; a path nobody declared is 404 M_UNRECOGNIZED, another method on a declared one 405. */
export function routerOf(options: RouterOptions): HttpMiddleware[] {
  const router = new Router<RequestState>();
  for (const declared of options.routes) {
    router[declared.declaration.method](declared.declaration.path, answerWith(declared, options));
  }
  const methodRefused = (): ApiError => new ApiError('M_UNRECOGNIZED', 'This path does not know this method.', { status: 405 });
  const refusals = router.allowedMethods({ throw: true, methodNotAllowed: methodRefused, notImplemented: methodRefused });
  // The router types its own context more narrowly than Koa does.
  return [notFound, router.routes(), refusals] as unknown as HttpMiddleware[];
}
