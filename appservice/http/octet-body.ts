import { ApiError } from '../errors.ts';
import type { HttpContext } from './context.ts';

/**
 * Reads a body of at most `limit` bytes as it is; throws M_TOO_LARGE, before anything is read where the caller says how long it is.
 */
export async function readOctets(context: HttpContext, limit: number): Promise<Buffer> {
  if (Number(context.get('content-length')) > limit) throw tooLarge(limit);
  const chunks: Buffer[] = [];
  let size = 0;
  // The connection must live on for the answer that says why.
  for await (const chunk of context.req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(limit: number): ApiError {
  return new ApiError('M_TOO_LARGE', `The body is larger than ${limit} bytes.`, { field: 'body' });
}
