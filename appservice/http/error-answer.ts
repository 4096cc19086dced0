import { ApiError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { HttpContext, HttpMiddleware } from './context.ts';

/** Body of every answer that is not a success. */
export type ErrorBody = { errcode: string; error: string; field?: string; retry_after_ms?: number; request_id?: string };

// What went wrong inside is nobody's business outside; the id lets the operator find it in the log.
const INTERNAL = 'Something went wrong on our side. Please try again; if it stays, tell us the request id.';

function isClientGone(context: HttpContext): boolean {
  const { req, res } = context;
  return (req.destroyed && !req.complete) || (res.closed && !res.writableFinished);
}

function answer(context: HttpContext, error: ApiError): void {
  const body: ErrorBody = { errcode: error.code, error: error.code === 'M_UNKNOWN' ? INTERNAL : error.message };
  if (error.field !== undefined) body.field = error.field;
  if (error.retryAfterMs !== undefined) {
    body.retry_after_ms = error.retryAfterMs;
    context.set('Retry-After', String(Math.ceil(error.retryAfterMs / 1000)));
  }
  if (error.status >= 500) body.request_id = context.state.requestId;
  if (error.status === 401) context.set('WWW-Authenticate', 'Bearer');
  // The rest of such a body is not read, so the connection cannot carry another request.
  if (error.status === 413) context.set('Connection', 'close');
  context.set('Cache-Control', 'no-store');
  context.status = error.status;
  context.body = body;
}

/** The one place where errors become answers `{errcode, error}`; what is not an `ApiError` is a 500 with a fixed sentence and is logged. */
export function errorAnswer(log: Logger): HttpMiddleware {
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
      else answer(context, error);
    }
  };
}
