import type { Database } from '../database/database.ts';
import type { ConversationId, PersonId } from '../ids.ts';

/** A file that a visitor uploaded; what it is called stands in the event that carries it. */
export type MediaUpload = {
  readonly mxc: string;
  readonly personId: PersonId;
  readonly conversationId: ConversationId;
  /** Media type found from the content. */
  readonly type: string;
  /** Octets. */
  readonly size: number;
};

type Row = { mxc: string; person_id: PersonId; conversation_id: ConversationId; type: string; size: number; created_at: Date };

const toDomain = (row: Row): MediaUpload => ({
  mxc: row.mxc,
  personId: row.person_id,
  conversationId: row.conversation_id,
  type: row.type,
  size: row.size,
});

/** Rows of `media_upload`. */
export function createMediaUploadStore(database: Database) {
  const uploads = () => database<Row>('media_upload');
  const mxcOf = ({ mxc }: { mxc: string }): string => mxc;
  return {
    async add({ mxc, personId, conversationId, type, size }: MediaUpload): Promise<void> {
      await database('media_upload').insert({ mxc, person_id: personId, conversation_id: conversationId, type, size });
    },
    /** Gives another person all uploads of one. */
    async moveToPerson(from: PersonId, to: PersonId): Promise<void> {
      await uploads().where({ person_id: from }).update({ person_id: to });
    },
    /** A person's upload to a conversation; undefined for all else. */
    async findOwn({ mxc, personId, conversationId }: Pick<MediaUpload, 'mxc' | 'personId' | 'conversationId'>) {
      const row = await uploads().where({ mxc, person_id: personId, conversation_id: conversationId }).first();
      return row === undefined ? undefined : toDomain(row);
    },
    /** Takes the rows of the given addresses out; answers the addresses that had one. */
    async remove(mxc: readonly string[]): Promise<string[]> {
      return (await uploads().whereIn('mxc', mxc).delete().returning('mxc')).map(mxcOf);
    },
    /** Takes the rows of those addresses out that their person sent and no event carries any more; answers the addresses. */
    async removeTakenBack(mxc: readonly string[]): Promise<string[]> {
      // What the team's rooms have about the person keeps nothing alive that the person took back.
      const result = await database.raw<{ rows: { mxc: string }[] }>(
        `delete from media_upload as upload where mxc = any (?)
           and exists (select from conversation_event as event join person_identity as identity on identity.user_id = event.sender
             where event.mxc <> '{}' and event.mxc @> array[upload.mxc] and identity.person_id = upload.person_id)
           and not exists (select from conversation_event as event where event.mxc <> '{}' and event.mxc @> array[upload.mxc] and event.about_person is null
             and not exists (select from conversation_event as redaction
               where redaction.related_event_id = event.event_id and redaction.type = 'm.room.redaction'))
         returning mxc`,
        [[...mxc]],
      );
      return result.rows.map(mxcOf);
    },
    /** Addresses of what was uploaded for a conversation, sent or not. */
    async listOfConversation(conversationId: ConversationId): Promise<string[]> {
      return (await uploads().where({ conversation_id: conversationId }).select('mxc')).map(mxcOf);
    },
    /** Takes the rows of a conversation out, before the conversation goes; answers the addresses, for deletion at the homeserver. */
    async removeOfConversation(conversationId: ConversationId): Promise<string[]> {
      return (await uploads().where({ conversation_id: conversationId }).delete().returning('mxc')).map(mxcOf);
    },
    /** Takes the rows of older uploads out that no event of their conversation carries; answers the addresses. */
    async removeUnsent(before: Date, limit: number): Promise<string[]> {
      const result = await database.raw<{ rows: { mxc: string }[] }>(
        `delete from media_upload where mxc in (
           select upload.mxc from media_upload as upload where upload.created_at < ? and not exists (
             select from conversation_event as event where event.conversation_id = upload.conversation_id and upload.mxc = any (event.mxc))
           order by upload.created_at limit ? for update skip locked)
         returning mxc`,
        [before, limit],
      );
      return result.rows.map(mxcOf);
    },
  };
}
