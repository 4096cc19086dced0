import type { Database } from '../database/database.ts';
import type { CompanyId } from '../ids.ts';

/** For which conversations a life of messages is asked; everything with a life of its own below it is left out. */
export type RetentionScope = { readonly department?: string | undefined; readonly conversation?: number | undefined };

/** Lives of messages beside the company's own: of departments and of single conversations. */
export function createRetentionStore(database: Database) {
  return {
    /** Departments in use by key. */
    listDepartments: (companyId: CompanyId): Promise<{ key: string; name: string; days: number | null }[]> =>
      database('department')
        .where({ company_id: companyId })
        .whereNull('archived_at')
        .orderBy('key')
        .select<{ key: string; name: string; days: number | null }[]>('key', 'name', 'retention_days as days'),

    /** Conversations with a life of their own, the latest first. */
    listConversations: (companyId: CompanyId, limit: number): Promise<{ number: number; days: number }[]> =>
      database('conversation')
        .where({ company_id: companyId })
        .whereNotNull('retention_days')
        .whereNull('hidden_at')
        .orderBy('number', 'desc')
        .limit(limit)
        .select<{ number: number; days: number }[]>('number', 'retention_days as days'),

    /** Sets or, with null, takes away the life of a department; answers its id, undefined where there is none of the key. */
    async setOfDepartment(companyId: CompanyId, key: string, days: number | null): Promise<string | undefined> {
      const [row] = await database('department')
        .where({ company_id: companyId, key })
        .update({ retention_days: days })
        .returning<{ id: string }[]>('id');
      return row?.id;
    },

    /** The same of a conversation. */
    async setOfConversation(companyId: CompanyId, number: number, days: number | null): Promise<string | undefined> {
      const [row] = await database('conversation')
        .where({ company_id: companyId, number })
        .whereNull('hidden_at')
        .update({ retention_days: days })
        .returning<{ id: string }[]>('id');
      return row?.id;
    },

    /**
     * Messages that a new life would delete and the present ones would not; `days` null takes the life of the scope away. A life of a
     * conversation goes before that of its department, and the company's is the longest.
     */
    async countGoing(
      companyId: CompanyId,
      { department, conversation }: RetentionScope,
      { days, companyDays }: { days: number | null; companyDays: number },
    ): Promise<{ messages: number; conversations: number }> {
      const present = 'least(coalesce(conversation.retention_days, department.retention_days), :companyDays)';
      const own = ':days::double precision';
      const [inScope, wanted] =
        conversation !== undefined
          ? ['conversation.number = :conversation', `least(coalesce(${own}, department.retention_days), :companyDays)`]
          : department !== undefined
            ? ['department.key = :department', `least(coalesce(conversation.retention_days, ${own}), :companyDays)`]
            : ['true', `least(coalesce(conversation.retention_days, department.retention_days), ${own})`];
      const result = await database.raw<{ rows: { messages: string; conversations: string }[] }>(
        `select count(*) as messages, count(distinct conversation.id) as conversations
           from conversation
           left join department on department.id = conversation.department
           join conversation_event as event on event.conversation_id = conversation.id and event.room_id = conversation.room_id
          where conversation.company_id = :companyId and conversation.hidden_at is null and ${inScope}
            and event.type = 'm.room.message'
            and event.at < now() - make_interval(secs => ${wanted} * 86400)
            and event.at >= now() - make_interval(secs => ${present} * 86400)`,
        { companyId, days, companyDays, conversation: conversation ?? 0, department: department ?? '' },
      );
      const [row] = result.rows;
      return { messages: Number(row?.messages ?? 0), conversations: Number(row?.conversations ?? 0) };
    },
  };
}
