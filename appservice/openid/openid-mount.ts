import type { Provider } from 'oidc-provider';
import { ApiError } from '../errors.ts';
import type { HttpMiddleware } from '../http/context.ts';
import type { RateLimit } from '../http/rate-limit.ts';
import { createTurns } from '../turns.ts';

type Mount = {
  /** Path below which the provider answers. */
  readonly path: string;
  /** Origin under which people reach us; addresses in answers begin with it, whatever `Host` a request names. */
  readonly publicOrigin: string;
  readonly provider: () => Promise<Provider>;
  readonly rateLimit: RateLimit;
  /** Security headers of pages; what is no page has those of the API. */
  readonly pageHeaders: Record<string, string>;
};

const ROUTES = ['/authorize', '/token', '/jwks', '/.well-known/openid-configuration', '/.well-known/oauth-authorization-server'];

/** Sign-ins that begin at the same time in a process, and those that wait: each writes several rows, which conversations want to do as well. */
const BEGIN_AT_ONCE = 2;
const MOST_WAITING = 16;

const busy = (): ApiError =>
  new ApiError('M_LIMIT_EXCEEDED', 'Very many people are signing in right now; wait a moment.', { retryAfterMs: 2_000 });

/** Lets the provider answer below its path, in our own chain: request id, log, headers and error answers are ours. */
export function mountOpenid({ path: prefix, publicOrigin, provider, rateLimit, pageHeaders }: Mount): HttpMiddleware {
  const inTurn = createTurns(BEGIN_AT_ONCE, { mostWaiting: MOST_WAITING, refusal: busy });
  return async (context, next) => {
    const whole = context.path;
    const rest = whole.slice(prefix.length);
    const route = ROUTES.find((known) => rest === known || rest.startsWith(`${known}/`));
    if (!whole.startsWith(prefix) || route === undefined) {
      await next();
      return;
    }
    context.state.route = `${prefix}${route}`;
    if (route === '/authorize') {
      context.state.isPage = true;
      await rateLimit('sign-in', { network: context.ip });
      context.set({ ...pageHeaders, 'Cache-Control': 'no-store' });
    }
    // As koa-mount does: a Koa application is its middleware, of which the library has one.
    const [handle] = ((await provider()) as unknown as { middleware: readonly HttpMiddleware[] }).middleware;
    const { originalUrl } = context.request;
    context.path = rest;
    context['mountPath'] = prefix;
    context.request.originalUrl = `${publicOrigin}${whole}`;
    const answer = async (): Promise<void> => {
      await handle?.(context, async () => {
        context.path = whole;
        context.request.originalUrl = originalUrl;
        delete context.state.route;
        delete context.state.isPage;
        await next();
      });
    };
    try {
      // What people begin waits for its turn; what the homeserver asks does not.
      await (route === '/authorize' ? inTurn(answer) : answer());
    } finally {
      context.path = whole;
      context.request.originalUrl = originalUrl;
    }
  };
}
