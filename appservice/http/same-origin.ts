import { ApiError } from '../errors.ts';
import type { HttpContext } from './context.ts';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Throws COM_SMOOPE_CROSS_SITE for a request that changes something and was not made by a page of our own: browsers say so in
 * `Sec-Fetch-Site`, those that do not say it send `Origin`; a request with neither comes from no page (OWASP, cross-site request forgery).
 */
export function requireSameOrigin(context: HttpContext, publicOrigin: string): void {
  if (READS.has(context.method)) return;
  const site = context.get('sec-fetch-site');
  const isOurs = site === '' ? context.get('origin') === publicOrigin : site === 'same-origin';
  if (!isOurs) throw new ApiError('COM_SMOOPE_CROSS_SITE', 'Only pages of this service may ask for this.');
}
