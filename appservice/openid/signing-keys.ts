import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import type { JWK } from 'oidc-provider';
import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import type { OpenidSeal } from './openid-seal.ts';
import { isRotationDue, publishedKeys, type SigningKey } from './signing-key.ts';
import { createSigningKeyStore } from './signing-key-store.ts';

/** Signature of every token: ECDSA on P-256, which each Synapse knows. */
export const SIGNING_ALGORITHM = 'ES256';

async function makeKey(now: Date): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true });
  const id = randomUUID();
  const jwk = { ...(await exportJWK(privateKey)), kid: id, use: 'sig', alg: SIGNING_ALGORITHM } as JWK;
  return { id, jwk, createdAt: now };
}

type Dependencies = { readonly database: Database; readonly seal: OpenidSeal; readonly now: () => Date };

/** The keys of the OpenID provider: made once, replaced in time. */
export function createSigningKeys({ database, seal, now }: Dependencies) {
  return {
    /** The keys to publish, the one that signs first; makes a new one where it is time, and deletes those whose tokens have ended. */
    async current(): Promise<SigningKey[]> {
      const known = await createSigningKeyStore(database, seal).list();
      const published = publishedKeys(known, now());
      if (!isRotationDue(known, now()) && published.length === known.length) return published;
      return inTransaction(database, async (transaction) => {
        const store = createSigningKeyStore(transaction, seal);
        await store.lock();
        const before = await store.list();
        const fresh = isRotationDue(before, now()) ? [await makeKey(now())] : [];
        for (const key of fresh) await store.add(key);
        const wanted = publishedKeys([...before, ...fresh], now());
        await store.keepOnly(wanted.map(({ id }) => id));
        return wanted;
      });
    },
  };
}

/** See `createSigningKeys`. */
export type SigningKeys = ReturnType<typeof createSigningKeys>;
