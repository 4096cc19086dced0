import type { HttpContext } from '../http/context.ts';

/**
 * The cookie of a company's form pages. `__Host-`: set by this host alone, sent over TLS only (a browser takes localhost for that),
 * no script reads it, no other website's request carries it (https://www.rfc-editor.org/rfc/rfc6265bis section 4.1.3).
 */
const nameOf = (slug: string): string => `__Host-contact-${slug}`;

const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Strict';

/** Header that sets the cookie for a session, or takes it away (undefined). */
export function contactCookie(slug: string, token: string | undefined, seconds: number): Record<string, string> {
  const value = token === undefined ? `; ${ATTRIBUTES}; Max-Age=0` : `${token}; ${ATTRIBUTES}; Max-Age=${seconds}`;
  return { 'Set-Cookie': `${nameOf(slug)}=${value}` };
}

/** The token in the cookie of a company's pages. */
export function readContactCookie(context: HttpContext, slug: string): string | undefined {
  return context.cookies.get(nameOf(slug));
}
