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

const dropPrototype = (key: string, value: unknown): unknown => (key === '__proto__' ? undefined : value);

/** How a body is read. */
export type JsonBodyOptions = {
  /** Largest body in bytes. */
  limit?: number | undefined;
  /** Leaves keys named `__proto__` out instead of refusing the body: for a caller who only passes on what others wrote. */
  dropPrototypeKeys?: boolean | undefined;
};

/** Reads a JSON body; throws M_NOT_JSON, M_BAD_JSON or M_TOO_LARGE. */
export async function readJson(context: HttpContext, options: JsonBodyOptions = {}): Promise<unknown> {
  const { limit = DEFAULT_BODY_LIMIT, dropPrototypeKeys = false } = options;
  if (context.is('application/json') === false) {
    throw new ApiError('M_NOT_JSON', 'The body must be JSON with the header "Content-Type: application/json".', { field: 'body' });
  }
  const bytes = await readOctets(context, limit);
  if (bytes.length === 0) return {};
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes), dropPrototypeKeys ? dropPrototype : refusePrototype);
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw new ApiError('M_NOT_JSON', 'The body is not valid JSON in UTF-8.', { field: 'body' });
  }
}
