import { createHmac } from 'node:crypto';
import { deriveKey } from '../derived-key.ts';
import type { MobileNumber } from '../ids.ts';

/**
 * Keyed hash under which a number is looked up and counted. There are so few numbers that a hash without a key could be undone by
 * trying all of them.
 */
export type HashNumber = (number: MobileNumber) => string;

/** See `HashNumber`. */
export function createNumberHash({ hashKey }: { hashKey: string }): HashNumber {
  const key = deriveKey(hashKey, 'mobile numbers');
  return (number) => createHmac('sha256', key).update(number).digest('base64url');
}
