import type { Database } from '../database/database.ts';
import { ApiError } from '../errors.ts';
import type { Authenticators } from '../http/auth.ts';
import type { HttpContext } from '../http/context.ts';
import type { Route } from '../http/route.ts';
import type { CompanyId } from '../ids.ts';
import type { Actor, RecordAudit } from './audit-log.ts';

/** What an audited route needs. */
export type AuditParts = {
  readonly database: Database;
  readonly recordAudit: RecordAudit;
  /** Company of a slug, so that the line names it; undefined where there is none. */
  readonly findCompanyId: (slug: string) => Promise<CompanyId | undefined>;
};

// A field's path may repeat a key that the caller made up; only one that looks like ours is kept.
function refusalOf(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError)) return { refused: 'M_UNKNOWN' };
  return { refused: error.code, ...(/^[\w.]{1,60}$/.test(error.field ?? '') ? { field: error.field ?? '' } : {}) };
}

/**
 * Makes a route of the operator API leave a line in the audit log for every call whose caller is known. `reads`: the call
 * itself is recorded, before it is answered. `changes`: the service records what it changed, in its own transaction; here only what was
 * refused or failed is recorded, with code and field. Admins who read about their own company leave no line: it would be most of the log.
 */
export function auditedRoute(
  { database, recordAudit, findCompanyId }: AuditParts,
  kind: 'reads' | 'changes',
  action: string,
  { declaration, run }: Route,
): Route {
  async function write(actor: Actor, context: HttpContext, detail: Record<string, string>): Promise<void> {
    const { slug } = (context['params'] ?? {}) as { slug?: string };
    const companyId = slug === undefined ? undefined : await findCompanyId(slug);
    await recordAudit(database, { actor, action, companyId: companyId ?? null, detail });
  }

  return {
    declaration,
    async run(context, authenticators, admit) {
      let actor: Actor | undefined;
      const watched: Authenticators = {
        ...authenticators,
        async operator(request) {
          const caller = await authenticators.operator(request);
          actor = caller.actor;
          return caller;
        },
      };
      try {
        const answer = await run(context, watched, admit);
        if (kind === 'reads' && actor?.startsWith('operator:')) await write(actor, context, {});
        return answer;
      } catch (error) {
        // The refusal is the answer, also when its record cannot be written because the database is away.
        if (actor !== undefined) await write(actor, context, refusalOf(error)).catch(() => undefined);
        throw error;
      }
    },
  };
}
