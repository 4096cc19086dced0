import { createHmac } from 'node:crypto';
import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { deriveKey } from '../derived-key.ts';
import { ApiError } from '../errors.ts';

/** Tries without a wait. */
const FREE = 5;

const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 3_600_000;
const FORGOTTEN_MS = 86_400_000;

type Row = { identifier_hash: string; tries: number; last_at: Date };

/**
 * Slows down who guesses: after five wrong passwords for a number or address each try waits longer, up to an hour. Nothing is locked for
 * good, a code still opens the account, and it is the same for numbers and addresses that nobody has.
 */
export function createPasswordTries({ database, hashKey, now }: { database: Database; hashKey: string; now: () => Date }) {
  const key = deriveKey(hashKey, 'password tries');
  const hashOf = (identifier: string): string => createHmac('sha256', key).update(identifier).digest('base64url');
  return {
    /** Counts a try before the password is compared; throws M_LIMIT_EXCEEDED with the time to wait. */
    count: (identifier: string): Promise<void> =>
      inTransaction(database, async (transaction) => {
        const hash = hashOf(identifier);
        await transaction.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`password_try ${hash}`]);
        const at = now().getTime();
        const row = await transaction<Row>('password_try').where({ identifier_hash: hash }).first();
        const isOld = row === undefined || at - row.last_at.getTime() > FORGOTTEN_MS;
        const tries = isOld ? 0 : row.tries;
        const waitMs = tries < FREE ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (tries - FREE), LONGEST_WAIT_MS);
        const free = isOld ? 0 : row.last_at.getTime() + waitMs;
        if (free > at) {
          throw new ApiError('M_LIMIT_EXCEEDED', 'Too many passwords were tried; wait, or sign in by a code.', { retryAfterMs: free - at });
        }
        await transaction<Row>('password_try')
          .insert({ identifier_hash: hash, tries: tries + 1, last_at: now() })
          .onConflict('identifier_hash')
          .merge();
      }),
    /** The password was right. */
    async forget(identifier: string): Promise<void> {
      await database<Row>('password_try')
        .where({ identifier_hash: hashOf(identifier) })
        .delete();
    },
    async deleteOld(): Promise<void> {
      await database<Row>('password_try')
        .where('last_at', '<=', new Date(now().getTime() - FORGOTTEN_MS))
        .delete();
    },
  };
}

/** See `createPasswordTries`. */
export type PasswordTries = ReturnType<typeof createPasswordTries>;
