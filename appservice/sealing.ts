import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

/** Encrypts what must be read again but say nothing in a dump of the database. */
export type Seal = {
  /** Encrypts a text for one place; `context` (the row's id) must be the same when it is opened. */
  seal(text: string, context: string): string;
  /** Opens what `seal` made; throws where it was changed or belongs to another place. */
  open(sealed: string, context: string): string;
};

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** See `Seal`; AES-256-GCM under a key of `deriveKey`. */
export function createSeal(key: Buffer): Seal {
  return {
    seal(text, context) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, iv).setAAD(Buffer.from(context));
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed, 'base64url');
      const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
    },
  };
}

/** Keyed hash of a pair, for look-ups without the plain value at rest; length first, so that no two pairs give the same text. */
export function hashPair(key: Buffer, first: string, second: string): string {
  return createHmac('sha256', key).update(`${first.length}:${first}${second}`).digest('base64url');
}
