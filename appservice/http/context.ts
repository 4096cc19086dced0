import type { Middleware, ParameterizedContext } from 'koa';

/** What our middleware keep of a request while it is answered. */
export type RequestState = {
  /** Names the request in the answer and in the log; ours, or the caller's when it is well formed. */
  requestId: string;
  /** Template of the route that answers, for log and metrics; a path itself would carry ids. */
  route?: string;
  /** Whether people read what the route answers, and not programs; undefined where the route does not say. */
  isPage?: boolean;
  /** Language of whoever is signed in (BCP 47). */
  locale?: string;
};

/** The Koa context of every middleware and route. */
export type HttpContext = ParameterizedContext<RequestState>;

/** A middleware on our context. */
export type HttpMiddleware = Middleware<RequestState>;
