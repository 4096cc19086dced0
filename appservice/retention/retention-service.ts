import type { Actor } from '../audit/audit-log.ts';
import type { ChangeCompany } from '../companies/company-changes.ts';
import type { Company } from '../companies/company.ts';
import type { Database } from '../database/database.ts';
import { ApiError } from '../errors.ts';
import type { CompanyId } from '../ids.ts';
import type { OutboxEntry } from '../matrix/outbox-store.ts';
import { createRetentionStore } from './retention-store.ts';
import type { PreviewQuery, RetentionPreview, RetentionView } from './retention-wire.ts';

type Dependencies = {
  readonly database: Database;
  readonly change: ChangeCompany;
  readonly getCompany: (slug: string) => Promise<Company>;
  /** The operator's limits, in days (R23). */
  readonly limits: { readonly minDays: number; readonly maxDays: number; readonly defaultDays: number };
  /** The Matrix call that brings lives of messages to a company's rooms, all of them or the one of a number. */
  readonly publishCall: (companyId: CompanyId, number?: number) => OutboxEntry;
  /** The same for the rooms of a department itself. */
  readonly publishDepartmentCall: (department: { id: string }) => OutboxEntry;
};

const MOST_CONVERSATIONS = 100;

/** How long messages live, where a company says more than one number: by department, and by conversation (R23). */
export function createRetentionService({ database, change, getCompany, limits, publishCall, publishDepartmentCall }: Dependencies) {
  const store = createRetentionStore(database);
  const { minDays, maxDays, defaultDays } = limits;

  function assertAllowed(field: string, days: number | null): void {
    if (days === null || (days >= minDays && days <= maxDays)) return;
    throw new ApiError('M_INVALID_PARAM', `${field}: must lie between ${minDays} and ${maxDays} days, the operator's limits`, { field });
  }

  /** People are told the company's life, so nothing of it may stay longer. */
  function assertShorter({ settings }: Company, days: number | null): void {
    const longest = settings.retentionDays ?? defaultDays;
    if (days === null || days <= longest) return;
    throw new ApiError('M_INVALID_PARAM', `body.days: must not be longer than ${longest} days, the company's`, { field: 'body.days' });
  }

  return {
    async view(slug: string): Promise<RetentionView> {
      const { id, settings } = await getCompany(slug);
      const [departments, conversations] = await Promise.all([store.listDepartments(id), store.listConversations(id, MOST_CONVERSATIONS)]);
      return { minDays, maxDays, defaultDays, company: settings.retentionDays, departments, conversations };
    },

    /** Sets the life of messages of a department; null: the company's. */
    setOfDepartment: (actor: Actor, { slug, key }: { slug: string; key: string }, days: number | null): Promise<void> => {
      assertAllowed('body.days', days);
      return change({ actor, slug }, async (transaction, company) => {
        assertShorter(company, days);
        const id = await createRetentionStore(transaction).setOfDepartment(company.id, key, days);
        if (id === undefined) throw new ApiError('M_NOT_FOUND', 'The company has no department with this key.', { field: 'params.key' });
        const detail = { department: id, ...(days === null ? {} : { days }) };
        return {
          result: undefined,
          action: 'department.retention',
          detail,
          outbox: [publishDepartmentCall({ id }), publishCall(company.id)],
        };
      });
    },

    /** Sets the life of messages of a conversation; null: that of its department or company. */
    setOfConversation: (actor: Actor, { slug, number }: { slug: string; number: number }, days: number | null): Promise<void> => {
      assertAllowed('body.days', days);
      return change({ actor, slug }, async (transaction, company) => {
        assertShorter(company, days);
        const id = await createRetentionStore(transaction).setOfConversation(company.id, number, days);
        if (id === undefined)
          throw new ApiError('M_NOT_FOUND', 'The company has no conversation of this number.', { field: 'params.number' });
        const detail = { conversation: id, ...(days === null ? {} : { days }) };
        return { result: undefined, action: 'conversation.retention', detail, outbox: [publishCall(company.id, number)] };
      });
    },

    /** What would go if a life were changed now; changes nothing. */
    async preview(slug: string, { days, department, conversation }: PreviewQuery): Promise<RetentionPreview> {
      assertAllowed('query.days', days ?? null);
      const { id, settings } = await getCompany(slug);
      const companyDays = settings.retentionDays ?? defaultDays;
      const isWhole = department === undefined && conversation === undefined;
      const wanted = days ?? (isWhole ? defaultDays : null);
      return store.countGoing(id, { department, conversation }, { days: wanted, companyDays });
    },
  };
}

/** See `createRetentionService`. */
export type RetentionService = ReturnType<typeof createRetentionService>;
