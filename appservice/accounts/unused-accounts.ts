import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import type { AccountId } from '../ids.ts';
import type { Logger } from '../logger.ts';
import { createAccountActivityStore, type AccountActivity } from './account-activity-store.ts';

const DAY_MS = 86_400_000;

/** Days between the warning and the end, and between the second one and the end. */
const WARNING_DAYS = 30;
const REMINDER_DAYS = 7;

/** So often the homeserver is asked for the use of Matrix clients, about accounts that no page was used with for as long. */
const LOOK_DAYS = 30;

/** Accounts that one look takes. */
const BATCH = 200;

type Dependencies = {
  readonly database: Database;
  /** Months without any use after which an account goes. */
  readonly months: number;
  /** Last use of a Matrix client of the account; null where there is none. */
  readonly lastMatrixUse: (id: AccountId) => Promise<Date | null>;
  /** Tells the person on every way that is proved, after the commit. */
  readonly tell: (transaction: Database, id: AccountId, notice: 'unused' | 'unusedSoon') => Promise<void>;
  /** Closes the account and ends its sessions and devices, in the transaction. */
  readonly close: (transaction: Database, id: AccountId) => Promise<void>;
  /** Begins the erasure of the profile; may be called again after a crash. */
  readonly requestErasure: (id: AccountId) => Promise<void>;
  readonly log: Logger;
  readonly now: () => Date;
};

/** The same day so many months before; the last of the month where it has no such day. */
export function monthsBefore(date: Date, months: number): Date {
  const before = new Date(date);
  before.setUTCMonth(before.getUTCMonth() - months);
  if (before.getUTCDate() !== date.getUTCDate()) before.setUTCDate(0);
  return before;
}

/**
 * Accounts that nobody uses: their owners are told 30 days before and again 7 days before, then they are closed and their erasure is asked for. A sign-in, a
 * page and a Matrix client count as use; nothing happens to an account whose clients the homeserver cannot be asked about.
 */
export function createUnusedAccounts(dependencies: Dependencies) {
  const { database, months, lastMatrixUse, tell, close, requestErasure, log, now } = dependencies;
  const activities = createAccountActivityStore(database);
  const daysBefore = (days: number): Date => new Date(now().getTime() - days * DAY_MS);

  /** Asks the homeserver, and answers whether the account was not used there either. */
  async function isUnused(activity: AccountActivity): Promise<boolean> {
    const used = await lastMatrixUse(activity.accountId);
    await activities.noteLook(activity, now());
    if (used === null || used <= activity.lastActiveAt) return true;
    await activities.note(activity.accountId, used);
    return false;
  }

  async function warn(activity: AccountActivity): Promise<void> {
    if (!(await isUnused(activity))) return;
    await inTransaction(database, async (transaction) => {
      const isNew = await createAccountActivityStore(transaction).noteWarning(activity, now());
      if (isNew) await tell(transaction, activity.accountId, 'unused');
    });
  }

  async function remind(activity: AccountActivity): Promise<void> {
    if (!(await isUnused(activity))) return;
    await inTransaction(database, async (transaction) => {
      const isNew = await createAccountActivityStore(transaction).noteReminder(activity, now());
      if (isNew) await tell(transaction, activity.accountId, 'unusedSoon');
    });
  }

  async function end(activity: AccountActivity): Promise<void> {
    const { accountId } = activity;
    if (activity.closedAt === null) {
      if (!(await isUnused(activity))) return;
      const isClosed = await inTransaction(database, async (transaction) => {
        if (!(await createAccountActivityStore(transaction).noteClosing(activity, now()))) return false;
        await close(transaction, accountId);
        return true;
      });
      if (!isClosed) return;
    }
    // After the end: what asks twice after a crash finds an account that is closed either way.
    await requestErasure(accountId);
    await activities.noteErasure(accountId, now());
  }

  /** One account that cannot be dealt with stops no other. */
  async function each(due: readonly AccountActivity[], work: (activity: AccountActivity) => Promise<unknown>): Promise<void> {
    for (const activity of due) {
      await work(activity).catch((cause: unknown) => log.warn('unused_account_postponed', {}, cause));
    }
  }

  return {
    /** Looks, warns and ends; for housekeeping. */
    async housekeep(): Promise<void> {
      const unusedSince = monthsBefore(now(), months);
      const warnedSince = monthsBefore(daysBefore(-WARNING_DAYS), months);
      await each(await activities.listToLookAt(daysBefore(LOOK_DAYS), daysBefore(LOOK_DAYS), BATCH), isUnused);
      await each(await activities.listToWarn(warnedSince, BATCH), warn);
      const remindedSince = monthsBefore(daysBefore(-REMINDER_DAYS), months);
      await each(await activities.listToRemind(remindedSince, daysBefore(WARNING_DAYS - REMINDER_DAYS), BATCH), remind);
      const told = { warnedBefore: daysBefore(WARNING_DAYS), remindedBefore: daysBefore(REMINDER_DAYS) };
      await each(await activities.listToClose(unusedSince, told, BATCH), end);
    },
  };
}

/** See `createUnusedAccounts`. */
export type UnusedAccounts = ReturnType<typeof createUnusedAccounts>;
