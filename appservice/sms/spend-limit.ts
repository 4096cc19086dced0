import type { Database } from '../database/database.ts';
import type { Logger } from '../logger.ts';
import { createTextSpendStore } from './text-spend-store.ts';

const DAY_MS = 86_400_000;

/** Bills are looked at for so long; the rows say nothing about people. */
const KEPT_MS = 400 * DAY_MS;

type Dependencies = {
  readonly database: Database;
  /** Most texts of a day (UTC); see `textsForMoney`. */
  readonly most: number;
  readonly log: Logger;
  readonly now: () => Date;
};

/** Texts that the money of a day is enough for. */
export function textsForMoney({ centsPerText, centsPerDay }: { centsPerText: number; centsPerDay: number }): number {
  // In thousandths of a cent, because binary numbers have no 0.1 and would give one text less.
  return Math.floor(Math.round(centsPerDay * 1_000) / Math.round(centsPerText * 1_000));
}

/**
 * Keeps what texts cost below the limit of a day, over all processes. Every request to a gateway counts, also one whose answer was
 * lost: it may have to be paid for.
 */
export function createSpendLimit({ database, most, log, now }: Dependencies) {
  const spend = createTextSpendStore(database);
  return {
    /** Pays for one text; false where the day's money is spent, which raises the alarm `texts_stopped` once a day. */
    async pay(): Promise<boolean> {
      const at = now();
      if (await spend.take(at, most)) return true;
      if (await spend.markStopped(at)) log.error('texts_stopped', { reason: 'spend-limit', count: most });
      return false;
    },
    /** Deletes counts that nobody looks at any more. */
    deleteOld: (): Promise<void> => spend.deleteBefore(new Date(now().getTime() - KEPT_MS)),
  };
}
