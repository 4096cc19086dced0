import type { Database } from '../database/database.ts';
import type { AccountId } from '../ids.ts';

/** What people sign in with. */
export type WayIn = 'number' | 'password' | 'passkey' | 'network';

/** What is asked before it is taken away: a way to sign in, or the mail address, which leads in by "forgot password" only. */
export type TakenAway = WayIn | 'email';

/** Whether somebody could sign in to the account that way now, as the transaction sees it. */
export type HasWay = (on: Database, id: AccountId) => Promise<boolean>;

/**
 * Ways into an account, in one place: each adds itself while the service is wired, and whoever takes one away asks here whether another
 * is left. Asked in the transaction that takes it away, with the account locked: two that go at once would each count on the other.
 */
export function createWaysIn() {
  const ways = new Map<WayIn, HasWay>();
  return {
    add(name: WayIn, has: HasWay): void {
      ways.set(name, has);
    },
    /** Whether there is a way to sign in beside all of this name. */
    async hasBeside(on: Database, name: TakenAway, id: AccountId): Promise<boolean> {
      for (const [way, has] of ways) {
        if (way !== name && (await has(on, id))) return true;
      }
      return false;
    },
  };
}

/** See `createWaysIn`. */
export type WaysIn = ReturnType<typeof createWaysIn>;
