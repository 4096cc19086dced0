import { randomBytes } from 'node:crypto';
import type { HttpMiddleware } from './context.ts';

/**
 * Gives each request an id, or keeps the well-formed one of a proxy in front, so that answer and log can be matched. Without a
 * proxy the caller's own is not taken: it would be a word of theirs in the log.
 */
export const requestId =
  (trustProxy: boolean): HttpMiddleware =>
  async (context, next) => {
    const given = trustProxy ? context.get('x-request-id') : '';
    context.state.requestId = /^[\w-]{8,64}$/.test(given) ? given : randomBytes(9).toString('hex');
    context.set('X-Request-Id', context.state.requestId);
    await next();
  };
