import { randomBytes } from 'node:crypto';
import { createPrivateFile } from '../private-file.ts';

/**
 * The server's signing key in the format of signedjson: an ed25519 seed in unpadded base64. Made once; a server that loses it
 * is a stranger to all others. Written here, because Synapse would need a start of its own to do so.
 */
export function ensureSigningKey(file: string): void {
  const version = `a_${randomBytes(3).toString('hex')}`;
  createPrivateFile(file, `ed25519 ${version} ${randomBytes(32).toString('base64').replace(/=+$/, '')}\n`);
}
