import type { Database } from '../database/database.ts';
import type { CompanyId, ConversationId, PersonId, UserId } from '../ids.ts';

/** Where a link leads, and as whom. */
export type ContactLink = { readonly conversationId: ConversationId; readonly personId: PersonId; readonly userId: UserId };

/** Most links of a conversation that wait for their use: each look at the page after sending makes one, and the first may be the one that was kept. */
const MOST_OPEN = 20;

type Row = { code_hash: string; conversation_id: ConversationId; person_id: PersonId; user_id: UserId; expires_at: Date };

/** Rows of `contact_link`. */
export function createContactLinkStore(database: Database) {
  return {
    /** Keeps a link; the oldest of more than twenty is worth nothing any more. */
    async add(hash: string, { conversationId, personId, userId }: ContactLink, expiresAt: Date): Promise<void> {
      await database<Row>('contact_link').insert({
        code_hash: hash,
        conversation_id: conversationId,
        person_id: personId,
        user_id: userId,
        expires_at: expiresAt,
      });
      const ofConversation = () => database<Row>('contact_link').where({ conversation_id: conversationId });
      const kept = ofConversation().orderBy('expires_at', 'desc').limit(MOST_OPEN).select('code_hash');
      await ofConversation().whereNotIn('code_hash', kept).delete();
    },
    /** Uses a link of a company up; undefined when it was used, is too old, never was, or is of another company. */
    async take(hash: string, companyId: CompanyId, now: Date): Promise<ContactLink | undefined> {
      const ofCompany = database('conversation').where({ company_id: companyId }).select('id');
      const [row] = await database<Row>('contact_link')
        .where({ code_hash: hash })
        .whereIn('conversation_id', ofCompany)
        .delete()
        .returning('*');
      if (row === undefined || row.expires_at <= now) return undefined;
      return { conversationId: row.conversation_id, personId: row.person_id, userId: row.user_id };
    },
    async deleteExpired(now: Date): Promise<void> {
      await database<Row>('contact_link').where('expires_at', '<=', now).delete();
    },
  };
}
