import { hkdfSync } from 'node:crypto';

/** A key of 256 bits for one purpose, derived from a secret of the installation (RFC 5869), so that no two purposes share a key. */
export function deriveKey(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `smoope ${purpose}`, 32));
}
