import { createHmac } from 'node:crypto';
import { deriveKey } from '../derived-key.ts';
import type { MobileNumber } from '../ids.ts';
import { createSeal, type Seal } from '../sealing.ts';

/** Keyed hashes and encryption of numbers and mail addresses of accounts. */
export type ContactSeal = {
  readonly hashNumber: (number: MobileNumber) => string;
  /** Of a mail address; in which letters it is written makes no difference. */
  readonly hashEmail: (address: string) => string;
  readonly seal: Seal;
};

/** See `ContactSeal`; `hashNumber` is the one of codes. */
export function createContactSeal({
  sealingKey,
  hashKey,
  hashNumber,
}: {
  sealingKey: string;
  hashKey: string;
  hashNumber: (number: MobileNumber) => string;
}): ContactSeal {
  const emailKey = deriveKey(hashKey, 'mail addresses of accounts');
  return {
    hashNumber,
    hashEmail: (address) => createHmac('sha256', emailKey).update(address.normalize('NFKC').toLowerCase()).digest('base64url'),
    seal: createSeal(deriveKey(sealingKey, 'contacts of accounts')),
  };
}
