import type { Database } from '../database/database.ts';
import type { HttpContext } from '../http/context.ts';
import type { AccountId } from '../ids.ts';
import { hashToken, newToken } from '../opaque-token.ts';
import type { AccountCookie } from './account-cookie.ts';

/** Days for which a browser is known after the last sign-in in it; browsers keep no cookie for longer. */
export const KNOWN_DAYS = 400;

const DAY_MS = 86_400_000;

type Row = { token_hash: string; account_id: AccountId; last_used_at: Date };

/**
 * Browsers in which somebody was signed in before, by a cookie of its own that outlives sign-out. It signs nobody in: it only tells the
 * owner of an account from somebody who got its number.
 */
export function createKnownBrowsers({ database, cookie, now }: { database: Database; cookie: AccountCookie; now: () => Date }) {
  const rows = () => database<Row>('known_browser');
  const oldest = (): Date => new Date(now().getTime() - KNOWN_DAYS * DAY_MS);
  return {
    async isKnownTo(context: HttpContext, accountId: AccountId): Promise<boolean> {
      const token = cookie.read(context);
      if (token === undefined) return false;
      const row = await rows()
        .where({ token_hash: hashToken(token), account_id: accountId })
        .where('last_used_at', '>', oldest())
        .first();
      return row !== undefined;
    },
    /** Remembers the browser at a sign-in. A token that was planted there before is of no use to whoever did: it alone opens nothing. */
    async remember(context: HttpContext, accountId: AccountId): Promise<void> {
      const known = cookie.read(context);
      const token = known !== undefined && /^d_[\w-]{43}$/.test(known) ? known : newToken('d');
      await rows()
        .insert({ token_hash: hashToken(token), account_id: accountId, last_used_at: now() })
        .onConflict(['token_hash', 'account_id'])
        .merge(['last_used_at']);
      cookie.write(context, token);
    },
    /** No browser is known to the account any more. */
    async forgetAll(accountId: AccountId): Promise<void> {
      await rows().where({ account_id: accountId }).delete();
    },
    async deleteOld(): Promise<void> {
      await rows().where('last_used_at', '<=', oldest()).delete();
    },
  };
}

/** See `createKnownBrowsers`. */
export type KnownBrowsers = ReturnType<typeof createKnownBrowsers>;
