import { ApiError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { HttpContext, HttpMiddleware } from './context.ts';
import { securityHeaders, type HeaderSettings } from './security-headers.ts';

/** Body of every answer to a program that is not a success. */
export type ErrorBody = { errcode: string; error: string; field?: string; retry_after_ms?: number; request_id?: string };

/** What a page that could not be shown says, one for everything of which the reader can make the same. */
export type Fault = 'notFound' | 'crossSite' | 'signInEnded' | 'tooMany' | 'unavailable' | 'failed' | 'unusable';

/** What a page of a fault is made of. */
export type FaultPage = {
  readonly fault: Fault;
  /** With which the operator finds the request in the log; only where the fault is ours. */
  readonly requestId: string | undefined;
};

/** How errors are answered. */
export type ErrorAnswering = {
  readonly settings: HeaderSettings;
  /** The page of a fault in the language of the reader; it asks neither the database nor the homeserver. */
  readonly renderFault: (context: HttpContext, page: FaultPage) => string;
};

// What went wrong inside is nobody's business outside; the id lets the operator find it in the log.
const INTERNAL = 'Something went wrong on our side. Please try again; if it stays, tell us the request id.';

/** What only programs ask for, whatever they say that they accept. */
const FOR_PROGRAMS = /^\/(api|_matrix|oidc|assets|networks|health|metrics)(\/|$)/;

function isClientGone(context: HttpContext): boolean {
  const { req, res } = context;
  return (req.destroyed && !req.complete) || (res.closed && !res.writableFinished);
}

/**
 * Whether a person reads the answer. A route that is a page says so itself; elsewhere on our pages it is who lets a browser go there, by a
 * mistyped address or the form of another website, and not a script of ours.
 */
function isForPeople(context: HttpContext): boolean {
  const { isPage, route } = context.state;
  if (isPage !== undefined) return isPage;
  if (FOR_PROGRAMS.test(context.path)) return false;
  const mode = context.get('sec-fetch-mode');
  if (mode !== '') return mode === 'navigate';
  return route === undefined && (context.method === 'GET' || context.method === 'HEAD') && context.accepts('json', 'html') === 'html';
}

function faultOf({ code, status }: ApiError): Fault {
  if (code === 'COM_SMOOPE_CROSS_SITE') return 'crossSite';
  if (code === 'COM_SMOOPE_SIGN_IN_ENDED') return 'signInEnded';
  if (status === 404 || status === 405) return 'notFound';
  if (status === 429) return 'tooMany';
  if (status === 503) return 'unavailable';
  return status >= 500 ? 'failed' : 'unusable';
}

function bodyOf(context: HttpContext, error: ApiError): ErrorBody {
  const body: ErrorBody = { errcode: error.code, error: error.code === 'M_UNKNOWN' ? INTERNAL : error.message };
  if (error.field !== undefined) body.field = error.field;
  if (error.retryAfterMs !== undefined) body.retry_after_ms = error.retryAfterMs;
  if (error.status >= 500) body.request_id = context.state.requestId;
  return body;
}

function answer(context: HttpContext, error: ApiError, { settings, renderFault }: ErrorAnswering): void {
  if (error.retryAfterMs !== undefined) context.set('Retry-After', String(Math.ceil(error.retryAfterMs / 1000)));
  if (error.status === 401) context.set('WWW-Authenticate', 'Bearer');
  // The rest of such a body is not read, so the connection cannot carry another request.
  if (error.status === 413) context.set('Connection', 'close');
  context.status = error.status;
  if (isForPeople(context)) {
    context.set(securityHeaders('page', settings));
    context.vary('Accept-Language');
    context.body = renderFault(context, { fault: faultOf(error), requestId: error.status >= 500 ? context.state.requestId : undefined });
    context.type = 'text/html; charset=utf-8';
  } else {
    context.body = bodyOf(context, error);
  }
  context.set('Cache-Control', 'no-store');
}

/**
 * The one place where errors become answers: a page for people, `{errcode, error}` for programs. What is not an `ApiError` is a 500 with a
 * fixed sentence and is logged.
 */
export function errorAnswer(log: Logger, answering: ErrorAnswering): HttpMiddleware {
  return async (context, next) => {
    try {
      await next();
    } catch (thrown) {
      const { requestId, route = 'unmatched' } = context.state;
      if (isClientGone(context)) return log.debug('http_client_gone', { requestId, route });
      const error = thrown instanceof ApiError ? thrown : new ApiError('M_UNKNOWN', INTERNAL, { cause: thrown });
      if (error.code === 'M_UNKNOWN') log.error('http_failed', { requestId, route, code: error.code }, error.cause ?? error);
      else if (error.status >= 500) log.warn('http_unavailable', { requestId, route, code: error.code }, error.cause ?? error);
      if (context.headerSent) context.res.destroy();
      else answer(context, error, answering);
    }
  };
}
