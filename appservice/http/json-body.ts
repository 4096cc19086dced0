import { ApiError } from '../errors.ts';
import type { HttpContext } from './context.ts';
import { readOctets } from './octet-body.ts';

/** Largest JSON body of a route that names no limit of its own, in bytes. */
export const DEFAULT_BODY_LIMIT = 64 * 1024;

// Such a key would change the prototype of whatever object it is later copied into.
function refusePrototype(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new ApiError('M_BAD_JSON', 'The key "__proto__" is not allowed.', { field: 'body' });
  return value;
}

/** Reads a JSON body of at most `limit` bytes; throws M_NOT_JSON, M_BAD_JSON or M_TOO_LARGE. */
export async function readJson(context: HttpContext, limit: number = DEFAULT_BODY_LIMIT): Promise<unknown> {
  if (context.is('application/json') === false) {
    throw new ApiError('M_NOT_JSON', 'The body must be JSON with the header "Content-Type: application/json".', { field: 'body' });
  }
  const bytes = await readOctets(context, limit);
  if (bytes.length === 0) return {};
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes), refusePrototype);
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw new ApiError('M_NOT_JSON', 'The body is not valid JSON in UTF-8.', { field: 'body' });
  }
}
