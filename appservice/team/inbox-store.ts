import type { Database } from '../database/database.ts';
import type { ConversationId, EventId } from '../ids.ts';

/** How a conversation stands in the team room. */
export type InboxEntry = {
  /** Counts changes of what the announcement shows. */
  readonly revision: number;
  /** Highest revision that the announcement has shown. */
  readonly shownRevision: number;
  readonly waitingSince: Date | null;
  /** Reaction by which it was claimed. */
  readonly claimEventId: EventId | null;
  /** By name, in the order in which they were given. */
  readonly labels: readonly string[];
};

type Row = {
  conversation_id: ConversationId;
  revision: number;
  shown_revision: number;
  waiting_since: Date | null;
  claim_event_id: EventId | null;
};

/** Rows of `conversation_inbox` and `conversation_label`. */
export function createInboxStore(database: Database) {
  const listLabels = (id: ConversationId): Promise<string[]> =>
    database<{ conversation_id: ConversationId; label: string }>('conversation_label')
      .where({ conversation_id: id })
      .orderBy('added_at')
      .orderBy('label')
      .pluck('label');
  return {
    async find(id: ConversationId): Promise<InboxEntry> {
      const row = await database<Row>('conversation_inbox').where({ conversation_id: id }).first();
      return {
        revision: row?.revision ?? 0,
        shownRevision: row?.shown_revision ?? 0,
        waitingSince: row?.waiting_since ?? null,
        claimEventId: row?.claim_event_id ?? null,
        labels: await listLabels(id),
      };
    },
    /** Notes a change of what the announcement shows; answers its number. */
    async nextRevision(id: ConversationId): Promise<number> {
      const result = await database.raw<{ rows: { revision: number }[] }>(
        `insert into conversation_inbox (conversation_id, revision) values (:id, 1)
         on conflict (conversation_id) do update set revision = conversation_inbox.revision + 1 returning revision`,
        { id },
      );
      return result.rows[0]?.revision ?? 0;
    },
    async noteShown(id: ConversationId, revision: number): Promise<void> {
      await database('conversation_inbox')
        .where({ conversation_id: id })
        .where('shown_revision', '<', revision)
        .update({ shown_revision: revision });
    },
    /** Since when it waits, null when it does not; who waits anew has been told nothing yet. */
    async setWaiting(id: ConversationId, since: Date | null): Promise<void> {
      await database('conversation_inbox')
        .insert({ conversation_id: id, waiting_since: since })
        .onConflict('conversation_id')
        .merge({ waiting_since: since, agents_left_at: null });
    },
    async setClaim(id: ConversationId, eventId: EventId | null): Promise<void> {
      await database('conversation_inbox')
        .insert({ conversation_id: id, claim_event_id: eventId })
        .onConflict('conversation_id')
        .merge({ claim_event_id: eventId });
    },
    /** The conversation that was claimed by a reaction. */
    async findClaimed(eventId: EventId): Promise<ConversationId | undefined> {
      const row = await database<{ conversation_id: ConversationId; claim_event_id: EventId }>('conversation_inbox')
        .where({ claim_event_id: eventId })
        .first();
      return row?.conversation_id;
    },
    /** Notes that the person was told of an absence until `until`; false when they had been told of it before. */
    async noteAbsence(id: ConversationId, now: Date, until: Date | null): Promise<boolean> {
      const result = await database.raw<{ rowCount: number }>(
        `insert into conversation_inbox (conversation_id, absence_until) values (:id, coalesce(cast(:until as timestamptz), 'infinity'))
         on conflict (conversation_id) do update set absence_until = excluded.absence_until
         where conversation_inbox.absence_until is null or conversation_inbox.absence_until <= :now`,
        { id, now, until },
      );
      return result.rowCount > 0;
    },
    listLabels,
    async addLabel(id: ConversationId, label: string): Promise<boolean> {
      const result = await database.raw<{ rowCount: number }>(
        // The clock and not the transaction's time: two that come at once are shown in the order in which they were given.
        `insert into conversation_label (conversation_id, label, added_at) values (:id, :label, clock_timestamp())
         on conflict (conversation_id, lower(label)) do nothing`,
        { id, label },
      );
      return result.rowCount > 0;
    },
    async removeLabel(id: ConversationId, label: string): Promise<boolean> {
      return (
        (await database('conversation_label').where({ conversation_id: id }).whereRaw('lower(label) = lower(?)', [label]).delete()) > 0
      );
    },
  };
}
