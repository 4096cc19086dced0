import { randomBytes } from 'node:crypto';
import type { Database } from '../database/database.ts';
import { hashToken } from '../opaque-token.ts';

/** Life of a challenge in milliseconds: long enough to fetch the phone. */
const LIFE_MS = 5 * 60_000;

type Row = { challenge_hash: string; bound_to_hash: string; expires_at: Date };

/** What devices have to sign: random, good once, for the sign-in or session that asked (WebAuthn 13.4.3). */
export function createPasskeyChallenges({ database, now }: { database: Database; now: () => Date }) {
  const rows = () => database<Row>('passkey_challenge');
  return {
    /** A new one, as base64url. */
    async make(boundTo: string): Promise<string> {
      const challenge = randomBytes(32).toString('base64url');
      const expires = new Date(now().getTime() + LIFE_MS);
      await rows().insert({ challenge_hash: hashToken(challenge), bound_to_hash: hashToken(boundTo), expires_at: expires });
      return challenge;
    },
    /** Uses one up; false where it is too old, used, of another sign-in or none of ours. */
    async take(challenge: string, boundTo: string): Promise<boolean> {
      const taken = await rows()
        .where({ challenge_hash: hashToken(challenge), bound_to_hash: hashToken(boundTo) })
        .where('expires_at', '>', now())
        .delete();
      return taken > 0;
    },
    async deleteExpired(): Promise<void> {
      await rows().where('expires_at', '<=', now()).delete();
    },
  };
}

/** See `createPasskeyChallenges`. */
export type PasskeyChallenges = ReturnType<typeof createPasskeyChallenges>;
