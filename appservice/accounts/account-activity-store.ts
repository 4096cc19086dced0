import type { Database } from '../database/database.ts';
import type { AccountId } from '../ids.ts';

/** How long an account was not used, and how far its end is. */
export type AccountActivity = {
  readonly accountId: AccountId;
  readonly lastActiveAt: Date;
  readonly warnedAt: Date | null;
  readonly closedAt: Date | null;
};

type Row = {
  account_id: AccountId;
  last_active_at: Date;
  looked_at: Date | null;
  warned_at: Date | null;
  reminded_at: Date | null;
  closed_at: Date | null;
  erasure_asked_at: Date | null;
};

const SINCE = 'coalesce(activity.last_active_at, account.created_at)';

/** Rows of `account_activity`; an account without one counts from the day it was made. */
export function createAccountActivityStore(database: Database) {
  const rows = () => database<Row>('account_activity');
  const joined = () => database('account').leftJoin('account_activity as activity', 'activity.account_id', 'account.id');
  const columns = ['account.id', 'activity.warned_at', 'activity.closed_at', database.raw(`${SINCE} as since`)];
  const toDomain = (row: { id: AccountId; since: Date; warned_at: Date | null; closed_at: Date | null }): AccountActivity => ({
    accountId: row.id,
    lastActiveAt: row.since,
    warnedAt: row.warned_at,
    closedAt: row.closed_at,
  });
  /** Accounts that nobody has used since, and whose erasure was not asked for yet. */
  const unused = (since: Date) => joined().whereRaw(`${SINCE} <= ?`, [since]).whereNull('activity.erasure_asked_at');

  return {
    /** Notes a use, to the day; both warnings are void then. An account that was closed stays as it is. */
    async note(accountId: AccountId, at: Date): Promise<void> {
      await database.raw(
        `insert into account_activity as activity (account_id, last_active_at) select id, ? from account where id = ?
         on conflict (account_id) do update set last_active_at = greatest(activity.last_active_at, excluded.last_active_at),
           warned_at = null, reminded_at = null
         where activity.closed_at is null and (activity.warned_at is not null or excluded.last_active_at > activity.last_active_at + interval '1 day')`,
        [at, accountId],
      );
    },
    /** Those to be warned: not used since, and not told yet. */
    async listToWarn(since: Date, limit: number): Promise<AccountActivity[]> {
      return (await unused(since).whereNull('activity.warned_at').orderBy('account.id').limit(limit).select(columns)).map(toDomain);
    },
    /** Those to be warned a second time: not used since, and told the first time before `warnedBefore`. */
    async listToRemind(since: Date, warnedBefore: Date, limit: number): Promise<AccountActivity[]> {
      const due = unused(since).where('activity.warned_at', '<=', warnedBefore).whereNull('activity.reminded_at');
      return (await due.whereNull('activity.closed_at').orderBy('account.id').limit(limit).select(columns)).map(toDomain);
    },
    /** Those to be closed: not used since, and told twice, each time before then; or closed, with their erasure still to be asked for. */
    async listToClose(
      since: Date,
      { warnedBefore, remindedBefore }: { warnedBefore: Date; remindedBefore: Date },
      limit: number,
    ): Promise<AccountActivity[]> {
      const due = unused(since).where('activity.warned_at', '<=', warnedBefore);
      const isTold = due.whereRaw('(activity.reminded_at <= ? or activity.closed_at is not null)', [remindedBefore]);
      return (await isTold.orderBy('account.id').limit(limit).select(columns)).map(toDomain);
    },
    /** Those not used since whose Matrix clients were not asked about after `lookedBefore`. */
    async listToLookAt(since: Date, lookedBefore: Date, limit: number): Promise<AccountActivity[]> {
      const due = unused(since).whereRaw('(activity.looked_at is null or activity.looked_at <= ?)', [lookedBefore]);
      return (await due.orderByRaw('activity.looked_at nulls first').limit(limit).select(columns)).map(toDomain);
    },
    /** Notes that the homeserver was asked. */
    async noteLook({ accountId, lastActiveAt }: AccountActivity, at: Date): Promise<void> {
      const row = { account_id: accountId, last_active_at: lastActiveAt, looked_at: at };
      await database('account_activity').insert(row).onConflict('account_id').merge(['looked_at']);
    },
    /** Notes the warning, unless the account was used meanwhile or is warned already; answers whether it was noted. */
    async noteWarning({ accountId, lastActiveAt }: AccountActivity, at: Date): Promise<boolean> {
      await database('account_activity').insert({ account_id: accountId, last_active_at: lastActiveAt }).onConflict('account_id').ignore();
      const due = rows().where({ account_id: accountId }).where('last_active_at', '<=', lastActiveAt).whereNull('warned_at');
      return (await due.update({ warned_at: at })) > 0;
    },
    /** Notes the second warning, unless the account was used meanwhile or was told already; answers whether it was noted. */
    async noteReminder({ accountId, lastActiveAt }: AccountActivity, at: Date): Promise<boolean> {
      const due = rows().where({ account_id: accountId }).where('last_active_at', '<=', lastActiveAt).whereNotNull('warned_at');
      return (await due.whereNull('reminded_at').whereNull('closed_at').update({ reminded_at: at })) > 0;
    },
    /** Notes the end, unless the account was used meanwhile; answers whether it was noted now. */
    async noteClosing({ accountId, lastActiveAt }: AccountActivity, at: Date): Promise<boolean> {
      const due = rows().where({ account_id: accountId }).where('last_active_at', '<=', lastActiveAt);
      return (await due.whereNotNull('warned_at').whereNull('closed_at').update({ closed_at: at })) > 0;
    },
    /** Notes that the erasure of an account that was closed was asked for. */
    async noteErasure(accountId: AccountId, at: Date): Promise<void> {
      await rows().where({ account_id: accountId }).update({ erasure_asked_at: at });
    },
  };
}
