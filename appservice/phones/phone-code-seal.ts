import { createHmac } from 'node:crypto';
import { deriveKey } from '../derived-key.ts';
import type { MobileNumber } from '../ids.ts';
import type { PhoneCodePurpose } from './phone-code-store.ts';

/** Keyed hashes of what codes are bound to; nothing of it is kept in plain, and nothing can be tried out without the key. */
export type PhoneCodeSeal = {
  hashNumber(number: MobileNumber): string;
  /** Of the number without its last three digits. */
  hashRange(number: MobileNumber): string;
  /** Of a truncated address. */
  hashNetwork(network: string): string;
  hashFlow(flowId: string): string;
  /** Of a code for one number, purpose and flow. */
  hashCode(code: string, bound: { numberHash: string; purpose: PhoneCodePurpose; flowHash: string }): string;
};

/** See `PhoneCodeSeal`; `hashNumber` is the one of accounts' numbers. */
export function createPhoneCodeSeal({
  hashKey,
  hashNumber,
}: {
  hashKey: string;
  hashNumber: (number: MobileNumber) => string;
}): PhoneCodeSeal {
  const hasher = (purpose: string) => {
    const key = deriveKey(hashKey, purpose);
    return (value: string): string => createHmac('sha256', key).update(value).digest('base64url');
  };
  const hashRange = hasher('number ranges');
  const hashBound = hasher('phone codes');
  return {
    hashNumber,
    hashRange: (number) => hashRange(number.slice(0, -3)),
    hashNetwork: hasher('networks of codes'),
    hashFlow: hasher('flows of codes'),
    // No part holds a space.
    hashCode: (digits, { numberHash, purpose, flowHash }) => hashBound(`${numberHash} ${purpose} ${flowHash} ${digits}`),
  };
}
