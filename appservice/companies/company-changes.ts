import type { Actor, RecordAudit } from '../audit/audit-log.ts';
import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { ApiError } from '../errors.ts';
import type { addToOutbox, OutboxEntry } from '../matrix/outbox-store.ts';
import { createCompanyStore } from './company-store.ts';
import type { Company } from './company.ts';

/** What a change of a company writes beside its rows. */
export type ChangeParts = { readonly database: Database; readonly recordAudit: RecordAudit; readonly addToOutbox: typeof addToOutbox };

/** What a change did: the line of the audit log, and the Matrix calls that follow. */
export type Change<Result> = {
  readonly result: Result;
  /** `<noun>.<verb>`. */
  readonly action: string;
  readonly detail?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  readonly outbox?: readonly OutboxEntry[];
};

/**
 * Changes a company in one database transaction: its row is locked, rows, audit line and outbox entries are written together.
 * Throws M_NOT_FOUND for a slug that nobody has, and COM_SMOOPE_CONFLICT for a company that was closed.
 */
export type ChangeCompany = <Result>(
  who: { actor: Actor; slug: string },
  change: (transaction: Database, company: Company) => Promise<Change<Result>>,
) => Promise<Result>;

/** See `ChangeCompany`. */
export function createChangeCompany({ database, recordAudit, addToOutbox: add }: ChangeParts): ChangeCompany {
  return ({ actor, slug }, change) =>
    inTransaction(database, async (transaction) => {
      const company = await createCompanyStore(transaction).findForChange(slug);
      if (company === undefined) throw noSuchCompany();
      if (company.closedAt !== null)
        throw new ApiError('COM_SMOOPE_CONFLICT', 'The company was closed for good.', { field: 'params.slug' });
      const { result, action, detail = {}, outbox = [] } = await change(transaction, company);
      await recordAudit(transaction, { actor, action, companyId: company.id, detail });
      await add(transaction, outbox);
      return result;
    });
}

/** The answer where nobody has that slug. */
export function noSuchCompany(): ApiError {
  return new ApiError('M_NOT_FOUND', 'There is no company with this slug.', { field: 'params.slug' });
}
