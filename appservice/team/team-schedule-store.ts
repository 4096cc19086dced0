import type { Database } from '../database/database.ts';
import type { CompanyId, ConversationId } from '../ids.ts';

/** What is to be done with a conversation that has been silent: tell the person, or close it. */
export type SilenceStep = 'warn' | 'close';

const HOURS = (key: 'afterHours' | 'warnHours') => `(company.settings -> 'autoClose' ->> '${key}')::float8 * interval '1 hour'`;

/** A warning counts while nobody has written since; a word is always followed by its full time. */
const SILENT = `
  select conversation.id,
    case when ${HOURS('warnHours')} = interval '0' or warned_at > spoken_at then 'close' else 'warn' end as step
  from conversation join company on company.id = company_id left join conversation_inbox on conversation_id = conversation.id
  where status = 'open' and spoken_by = 'company' and jsonb_typeof(company.settings -> 'autoClose') = 'object'
    and company.closed_at is null and company.suspended_at is null
    and case
      when ${HOURS('warnHours')} = interval '0' then spoken_at + ${HOURS('afterHours')} <= :now
      when warned_at > spoken_at then warned_at + ${HOURS('warnHours')} <= :now
      else spoken_at + ${HOURS('afterHours')} - ${HOURS('warnHours')} <= :now end`;

/** Which conversations time itself asks something of; the rules stand in the settings of each company. */
export function createTeamScheduleStore(database: Database) {
  return {
    /** Conversations that have been answered and silent for long. */
    async listSilent(now: Date, limit: number): Promise<ConversationId[]> {
      const result = await database.raw<{ rows: { id: ConversationId }[] }>(`${SILENT} order by spoken_at limit :limit`, { now, limit });
      return result.rows.map(({ id }) => id);
    },
    /** What is due now, with the conversation locked until the transaction ends: somebody may have written meanwhile. */
    async findSilenceStep(id: ConversationId, now: Date): Promise<SilenceStep | undefined> {
      await database.raw('select 1 from conversation where id = ? for update', [id]);
      const result = await database.raw<{ rows: { step: SilenceStep }[] }>(`${SILENT} and conversation.id = :id`, { now, id });
      return result.rows[0]?.step;
    },
    async noteWarned(id: ConversationId, at: Date): Promise<void> {
      await database('conversation_inbox')
        .insert({ conversation_id: id, warned_at: at })
        .onConflict('conversation_id')
        .merge({ warned_at: at });
    },
    /** Conversations closed for the `leaveDays` of their company, from which agents were not taken out, or came back as long ago. */
    async listToRelease(now: Date, limit: number): Promise<ConversationId[]> {
      const result = await database.raw<{ rows: { id: ConversationId }[] }>(
        `select id from (
           select conversation.id, conversation.closed_at, agents_left_at,
             cast(:now as timestamptz) - coalesce((company.settings ->> 'leaveDays')::float8, 30) * interval '1 day' as since
           from conversation join company on company.id = company_id left join conversation_inbox on conversation_id = conversation.id
           where status = 'closed' and last_seq > 0) as closed
         where closed_at <= since and (agents_left_at is null or exists (
           select 1 from conversation_agent where conversation_id = id and left_at is null and joined_at <= since))
         order by closed_at limit :limit`,
        { now, limit },
      );
      return result.rows.map(({ id }) => id);
    },
    async noteReleased(id: ConversationId): Promise<void> {
      await database('conversation_inbox')
        .insert({ conversation_id: id, agents_left_at: database.fn.now() })
        .onConflict('conversation_id')
        .merge({ agents_left_at: database.fn.now() });
    },
    /** Conversations that are not closed and lie with somebody who is no member any more. */
    async listOrphaned(limit: number): Promise<ConversationId[]> {
      return database<{ id: ConversationId }>('conversation')
        .join('company_member', 'company_member.id', 'conversation.assignee')
        .whereNotNull('company_member.valid_to')
        .whereNot({ status: 'closed' })
        .limit(limit)
        .pluck('conversation.id');
    },
    /** Companies with routing `round-robin` that have conversations nobody has. */
    async listTakingTurns(): Promise<CompanyId[]> {
      const result = await database.raw<{ rows: { id: CompanyId }[] }>(
        `select distinct company.id from company join conversation on company_id = company.id
         where company.settings ->> 'routing' = 'round-robin' and company.closed_at is null and status <> 'closed' and assignee is null and last_seq > 0`,
      );
      return result.rows.map(({ id }) => id);
    },
  };
}
