import { createHash, randomBytes } from 'node:crypto';

/** A new token of 256 random bits; `prefix` tells leaked ones apart and is no secret. */
export function newToken(prefix: 'v' | 't' | 'o' | 'c' | 'a' | 'd' | 'l' | 'n' | 'm' | 'i'): string {
  return `${prefix}_${randomBytes(32).toString('base64url')}`;
}

/** What is kept of a token. Its randomness makes a slow or salted hash needless (OWASP session management). */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
