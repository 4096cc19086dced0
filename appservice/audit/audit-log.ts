import type { Database } from '../database/database.ts';
import type { CompanyId } from '../ids.ts';

/**
 * Who did something: `operator:<token id>` or `member:<row id>` through the API, `system` at start-up, `command` at the machine
 * itself, `member` from a Matrix client (the detail has the member's row id).
 */
export type Actor = `operator:${string}` | `member:${string}` | 'system' | 'command' | 'member';

/** Ids, codes and names of settings: what a detail may hold. */
export type AuditDetail = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** One line of the log. */
export type AuditEntry = {
  readonly actor: Actor;
  /** `<noun>.<verb>`, for example `company.rename`. */
  readonly action: string;
  readonly companyId: CompanyId | null;
  readonly detail: AuditDetail;
};

/** A line as it is read. */
export type RecordedEntry = AuditEntry & { readonly id: number; readonly at: Date };

/** One row id, code or name of a setting: no space, no `@`, so that neither words nor Matrix ids of people fit in. */
const WORD = /^[\w.:!#/-]{1,120}$/;

function assertWords(detail: AuditDetail): void {
  for (const [key, value] of Object.entries(detail)) {
    const words = typeof value === 'string' ? [value] : Array.isArray(value) ? (value as readonly string[]) : [];
    if (words.some((word) => !WORD.test(word))) throw new Error(`the audit detail "${key}" is no id or code`);
  }
}

/**
 * Adds a line in the caller's transaction, so that what was done and its record are one. Triggers of the database refuse to
 * change a line, or to delete one of the last twelve months. Throws for a detail that is more than ids and codes.
 */
export async function record(database: Database, { actor, action, companyId, detail }: AuditEntry): Promise<void> {
  assertWords({ action, ...detail });
  await database('audit_log').insert({ actor, action, company_id: companyId, detail: JSON.stringify(detail) });
}

/** Deletes lines older than a year, which the triggers let go. */
export async function deleteOldEntries(database: Database): Promise<void> {
  await database('audit_log').whereRaw("at < now() - interval '12 months'").delete();
}

/** See `record`; how other nouns receive it. */
export type RecordAudit = typeof record;

type Row = { id: string; at: Date; actor: Actor; action: string; company_id: string | null; detail: AuditDetail };

/** Lines, newest first; `before` is the id of the last line of the page before. */
export async function list(
  database: Database,
  { companyId, before, limit }: { companyId?: CompanyId | undefined; before?: number | undefined; limit: number },
): Promise<RecordedEntry[]> {
  const query = database<Row>('audit_log').orderBy('id', 'desc').limit(limit);
  if (companyId !== undefined) void query.where({ company_id: companyId });
  if (before !== undefined) void query.where('id', '<', before);
  const rows = await query;
  return rows.map((row) => ({
    id: Number(row.id),
    at: row.at,
    actor: row.actor,
    action: row.action,
    companyId: row.company_id as CompanyId | null,
    detail: row.detail,
  }));
}
