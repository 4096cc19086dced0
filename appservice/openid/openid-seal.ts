import { deriveKey } from '../derived-key.ts';
import { createSeal, hashPair, type Seal } from '../sealing.ts';

/** Hides what the OpenID provider keeps. */
export type OpenidSeal = {
  /** Keyed hash of an id: the row is found by it, the code, token or cookie cannot be made from it. */
  hash(kind: string, id: string): string;
  /** Content of records. */
  readonly records: Seal;
  /** Private signing keys. */
  readonly keys: Seal;
};

/** See `OpenidSeal`; one key for each purpose is derived from the installation's secrets. */
export function createOpenidSeal({ sealingKey, hashKey }: { sealingKey: string; hashKey: string }): OpenidSeal {
  const idKey = deriveKey(hashKey, 'openid ids');
  return {
    hash: (kind, id) => hashPair(idKey, kind, id),
    records: createSeal(deriveKey(sealingKey, 'openid records')),
    keys: createSeal(deriveKey(sealingKey, 'openid signing keys')),
  };
}
