import { createHash } from 'node:crypto';

/** Leading zero bits of the hash that are asked for: about a second for a telephone, too much for who sends thousands. */
export const PUZZLE_BITS = 16;

/** Whether somebody has worked for a token: the hash of both begins with `bits` zero bits. */
export function isProof(token: string, proof: string, bits: number): boolean {
  if (!/^\d{1,16}$/.test(proof)) return false;
  const hash = createHash('sha256').update(`${token}:${proof}`).digest();
  return hash.readUInt32BE(0) >>> (32 - bits) === 0;
}
