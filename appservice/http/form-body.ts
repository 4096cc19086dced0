import { ApiError } from '../errors.ts';
import type { HttpContext } from './context.ts';
import { readOctets } from './octet-body.ts';

/** Reads a form as browsers send it without script, at most `limit` bytes; throws M_INVALID_PARAM or M_TOO_LARGE. */
export async function readForm(context: HttpContext, limit: number): Promise<URLSearchParams> {
  if (context.is('application/x-www-form-urlencoded') === false) {
    throw new ApiError('M_INVALID_PARAM', 'body: must be a form (application/x-www-form-urlencoded)', { field: 'body' });
  }
  return new URLSearchParams((await readOctets(context, limit)).toString('utf8'));
}

/** Throws COM_SMOOPE_CROSS_SITE for a form that another website sent; browsers that do not say it keep the cookie back (SameSite). */
export function refuseForeignForm(context: HttpContext): void {
  const site = context.get('sec-fetch-site');
  if (site !== '' && site !== 'same-origin' && site !== 'none') {
    throw new ApiError('COM_SMOOPE_CROSS_SITE', 'This form was sent from another website.');
  }
}
