import { deriveKey } from '../derived-key.ts';
import { createSeal, hashPair, type Seal } from '../sealing.ts';

/** Hides what is kept of identities: secrets of companies can be opened again, subjects and token ids cannot. */
export type IdentitySeal = Seal & {
  /** Keyed hash of a subject, to know a user of a company again without keeping the subject. */
  hashSubject(companyId: string, subject: string): string;
  /** Keyed hash of the id of a token. */
  hashTokenId(companyId: string, tokenId: string): string;
};

/** See `IdentitySeal`; one key for each purpose is derived from the installation's secrets. */
export function createIdentitySeal({ sealingKey, hashKey }: { sealingKey: string; hashKey: string }): IdentitySeal {
  const subjectKey = deriveKey(hashKey, 'identity subjects');
  const tokenKey = deriveKey(hashKey, 'identity tokens');
  return {
    ...createSeal(deriveKey(sealingKey, 'identity secrets')),
    hashSubject: (companyId, subject) => hashPair(subjectKey, companyId, subject),
    hashTokenId: (companyId, tokenId) => hashPair(tokenKey, companyId, tokenId),
  };
}
