import { isUnreachable } from '../database/database.ts';
import { ApiError } from '../errors.ts';
import type { HttpMiddleware } from '../http/context.ts';
import { HomeserverUnavailable, MatrixError } from './homeserver-client.ts';

/** Try again after so many milliseconds: a restart of the homeserver or the database takes seconds. */
const RETRY_MS = 2_000;

/** What the homeserver or the database could not do as an answer that says when to try again; any other error as it is. */
export function toApiError(error: unknown): unknown {
  if (error instanceof HomeserverUnavailable) {
    return new ApiError('COM_SMOOPE_HOMESERVER_UNAVAILABLE', 'The message service cannot be reached right now.', {
      cause: error,
      retryAfterMs: RETRY_MS,
    });
  }
  if (error instanceof MatrixError && error.errcode === 'M_LIMIT_EXCEEDED') {
    const retryAfterMs = error.retryAfterMs ?? RETRY_MS;
    return new ApiError('M_LIMIT_EXCEEDED', 'Too many requests.', { cause: error, retryAfterMs });
  }
  if (error instanceof MatrixError && error.errcode === 'M_DUPLICATE_ANNOTATION') {
    return new ApiError('COM_SMOOPE_CONFLICT', 'This reaction is there already.', { cause: error });
  }
  if (isUnreachable(error)) {
    return new ApiError('COM_SMOOPE_DATABASE_UNAVAILABLE', 'The service cannot be reached right now.', {
      cause: error,
      retryAfterMs: RETRY_MS,
    });
  }
  return error;
}

/** Middleware: what the homeserver or the database could not do becomes an answer that says when to try again. */
export const translateErrors: HttpMiddleware = async (_context, next) => {
  try {
    await next();
  } catch (error) {
    throw toApiError(error);
  }
};
