import type { Database } from '../database/database.ts';
import type { CompanyId, ConversationId, PersonId, UserId } from '../ids.ts';
import type { NotificationAddress } from '../notifications/notification.ts';
import type { ContactLink } from './contact-link-store.ts';

/** A wish to be told of an answer. */
export type StoredNotice = ContactLink &
  NotificationAddress & {
    readonly locale: string;
    readonly codeHash: string | null;
    readonly codeExpiresAt: Date | null;
    readonly isProven: boolean;
  };

type Row = {
  conversation_id: ConversationId;
  person_id: PersonId;
  user_id: UserId;
  way: NotificationAddress['way'];
  address: string;
  locale: string;
  code_hash: string | null;
  code_expires_at: Date | null;
  code_tries: number;
  proven_at: Date | null;
};

const toDomain = (row: Row): StoredNotice => ({
  conversationId: row.conversation_id,
  personId: row.person_id,
  userId: row.user_id,
  way: row.way,
  address: row.address,
  locale: row.locale,
  codeHash: row.code_hash,
  codeExpiresAt: row.code_expires_at,
  isProven: row.proven_at !== null,
});

const ANSWERS = `conversation join company on company.id = conversation.company_id
  join conversation_event as answer on answer.conversation_id = conversation.id and answer.at = conversation.spoken_at`;

/** The last word is a human's of the company, and the person has neither read it nor been told since they read last. */
const IS_UNTOLD = `conversation.id = contact_notice.conversation_id and proven_at is not null and conversation.hidden_at is null
  and company.closed_at is null and company.suspended_at is null
  and spoken_by = 'company' and spoken_at <= :before
  and answer.about_person is null and answer.seq > read_by_person_seq and told_seq <= read_by_person_seq`;

/** Rows of `contact_notice`. */
export function createContactNoticeStore(database: Database) {
  const notice = (id: ConversationId) => database<Row>('contact_notice').where({ conversation_id: id });

  return {
    async find(id: ConversationId): Promise<StoredNotice | undefined> {
      const row = await notice(id).first();
      return row === undefined ? undefined : toDomain(row);
    },
    /** Keeps a wish; false where the same address is proven already, or was given after `since`. */
    async ask(wish: ContactLink & NotificationAddress & { locale: string }, now: Date, since: Date): Promise<boolean> {
      const result = await database.raw<{ rows: unknown[] }>(
        `insert into contact_notice (conversation_id, person_id, user_id, way, address, locale, asked_at)
         values (:conversationId, :personId, :userId, :way, :address, :locale, :now)
         on conflict (conversation_id) do update set way = excluded.way, address = excluded.address, locale = excluded.locale,
           asked_at = excluded.asked_at, code_hash = null, code_expires_at = null, code_tries = 0, proven_at = null
         where contact_notice.address <> excluded.address or (contact_notice.proven_at is null and contact_notice.asked_at <= :since)
         returning 1`,
        { ...wish, now, since },
      );
      return result.rows.length > 0;
    },
    /** Keeps the hash of a code that is about to be sent; the one before is worth nothing any more. */
    async setCode(id: ConversationId, codeHash: string, expiresAt: Date): Promise<void> {
      await notice(id).whereNull('proven_at').update({ code_hash: codeHash, code_expires_at: expiresAt, code_tries: 0 });
    },
    /** Tries a code, of which `mostTries` may be tried; true where it was the right one. */
    async prove(id: ConversationId, codeHash: string, { now, mostTries }: { now: Date; mostTries: number }): Promise<boolean> {
      const result = await database.raw<{ rows: { proven: boolean }[] }>(
        `update contact_notice set code_tries = code_tries + 1,
           proven_at = case when code_hash = :codeHash then cast(:now as timestamptz) end,
           code_hash = case when code_hash = :codeHash then null else code_hash end
         where conversation_id = :id and proven_at is null and code_hash is not null and code_expires_at > :now and code_tries < :mostTries
         returning proven_at is not null as proven`,
        { id, codeHash, now, mostTries },
      );
      return result.rows[0]?.proven ?? false;
    },
    async remove(id: ConversationId): Promise<void> {
      await notice(id).delete();
    },
    /** Conversations with an answer from before a time that its person is to be told of. */
    async listUntold(before: Date, limit: number): Promise<{ id: ConversationId; personId: PersonId; companyId: CompanyId }[]> {
      const result = await database.raw<{ rows: { id: ConversationId; personId: PersonId; companyId: CompanyId }[] }>(
        `select distinct conversation.id, conversation.person_id as "personId", company_id as "companyId"
         from contact_notice cross join ${ANSWERS} where ${IS_UNTOLD} limit :limit`,
        { before, limit },
      );
      return result.rows;
    },
    /** Notes that the person is told; false where there is nothing to tell (any more). */
    async noteTold(id: ConversationId, before: Date): Promise<boolean> {
      const result = await database.raw<{ rows: unknown[] }>(
        `update contact_notice set told_seq = answer.seq from ${ANSWERS}
         where ${IS_UNTOLD} and contact_notice.conversation_id = :id returning 1`,
        { id, before },
      );
      return result.rows.length > 0;
    },
    /** Whether the person has not come back since they were told. */
    async isAway(id: ConversationId): Promise<boolean> {
      const row = await database('contact_notice')
        .join('conversation', 'conversation.id', 'contact_notice.conversation_id')
        .where({ conversation_id: id })
        .whereNotNull('proven_at')
        .whereRaw('told_seq > read_by_person_seq')
        .first<object | undefined>('conversation.id');
      return row !== undefined;
    },
    /** Forgets addresses that nobody proved, and those of conversations that were closed long ago. */
    async deleteOld({ askedBefore, closedBefore }: { askedBefore: Date; closedBefore: Date }): Promise<void> {
      await database('contact_notice').whereNull('proven_at').where('asked_at', '<=', askedBefore).delete();
      const closed = database('conversation').where({ status: 'closed' }).where('closed_at', '<=', closedBefore);
      await database('contact_notice').whereIn('conversation_id', closed.select('id')).delete();
    },
  };
}
