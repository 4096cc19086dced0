import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { deriveKey } from '../derived-key.ts';

/** Hides what is kept of identities: secrets of companies can be opened again, subjects and token ids cannot. */
export type IdentitySeal = {
  /** Encrypts a company's secret for one row; `context` (the row's id) must be the same when it is opened. */
  seal(secret: string, context: string): string;
  /** Opens what `seal` made; throws where it was changed or belongs to another row. */
  open(sealed: string, context: string): string;
  /** Keyed hash of a subject, to know a user of a company again without keeping the subject. */
  hashSubject(companyId: string, subject: string): string;
  /** Keyed hash of the id of a token. */
  hashTokenId(companyId: string, tokenId: string): string;
};

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** See `IdentitySeal`; one key for each purpose is derived from the installation's secrets (RFC 5869). */
export function createIdentitySeal({ sealingKey, hashKey }: { sealingKey: string; hashKey: string }): IdentitySeal {
  const secretKey = deriveKey(sealingKey, 'identity secrets');
  const subjectKey = deriveKey(hashKey, 'identity subjects');
  const tokenKey = deriveKey(hashKey, 'identity tokens');
  // Length first, so that no two pairs give the same text.
  const hash = (key: Buffer, companyId: string, value: string): string =>
    createHmac('sha256', key).update(`${companyId.length}:${companyId}${value}`).digest('base64url');

  return {
    seal(secret, context) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(ALGORITHM, secretKey, iv).setAAD(Buffer.from(context));
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed, 'base64url');
      const decipher = createDecipheriv(ALGORITHM, secretKey, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
    },
    hashSubject: (companyId, subject) => hash(subjectKey, companyId, subject),
    hashTokenId: (companyId, tokenId) => hash(tokenKey, companyId, tokenId),
  };
}
