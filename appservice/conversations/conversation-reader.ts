import type { Database } from '../database/database.ts';
import type { EventId, UserId } from '../ids.ts';
import type { MatrixEvent } from '../matrix/matrix-event.ts';
import type { Ghost } from '../matrix/homeserver-client.ts';
import type { Reading } from '../matrix/reading.ts';
import type { LoadCast } from './cast.ts';
import type { Conversation } from './conversation.ts';
import { createConversationAgentsStore } from './conversation-agents-store.ts';
import { toConversationEvent, toSummary } from './conversation-view.ts';
import type { ConversationEvent, ConversationSummary, EventsResponse } from './conversation-wire.ts';
import { isEdit } from './event-relation.ts';
import { createEventIndexStore, type IndexedEvent } from './event-index-store.ts';
import { targetOf, withShownRelation } from './shown-relation.ts';

/** Reads conversations: places from our rows, words from Matrix. */
export type ConversationReader = {
  summarize(conversation: Conversation): Promise<ConversationSummary>;
  /** A page of events as the ghost sees them, oldest first; only those that have a place. */
  listEvents(conversation: Conversation, as: Ghost, options: { before?: string | undefined; limit: number }): Promise<EventsResponse>;
  /** What came after a place, in order, a batch at a time; `next` is the place from which to go on where there is more. */
  listMissed(conversation: Conversation, as: Ghost, afterSeq: number): Promise<MissedEvents>;
  /** The whole conversation as it reads by now, oldest first, page by page: what was corrected stands in its first place, once. */
  readAll(conversation: Conversation, as: Ghost): AsyncGenerator<readonly ConversationEvent[], void>;
  /** One event with its place; undefined where it cannot be seen. */
  findEvent(conversation: Conversation, as: Ghost, indexed: IndexedEvent): Promise<ConversationEvent | undefined>;
  /** Shows an event that is in memory already; undefined where it is not for the person. */
  show(conversation: Conversation, event: MatrixEvent, seq: number): Promise<ConversationEvent | undefined>;
};

/** A batch of events that a reader lacks. */
export type MissedEvents = { readonly events: readonly ConversationEvent[]; readonly next: number | undefined };

/** Most events of a batch. */
const BATCH = 200;

/** Up to here single events are asked for; beyond, pages of the room cost less. */
const SINGLE_READS = 4;

const PAGE = 100;

type PlacedEvent = { readonly event: MatrixEvent; readonly seq: number };

type Dependencies = { readonly database: Database; readonly reading: Reading; readonly loadCast: LoadCast; readonly processId: string };

/** See `ConversationReader`. */
export function createConversationReader({ database, reading, loadCast, processId }: Dependencies): ConversationReader {
  const index = createEventIndexStore(database, processId);
  const agents = createConversationAgentsStore(database);
  /** Those of the events that are for the person, as they may see them. */
  async function showAll(conversation: Conversation, placed: readonly PlacedEvent[]): Promise<ConversationEvent[]> {
    if (placed.length === 0) return [];
    const [cast, targets] = await Promise.all([
      loadCast(
        conversation.companyId,
        conversation.personId,
        placed.map(({ event }) => event.sender),
      ),
      conversation.encrypted
        ? undefined
        : index.findTargets(conversation, [...new Set(placed.flatMap(({ event }) => targetOf(event) ?? []))]),
    ]);
    return placed.flatMap(({ event, seq }) => {
      const shown = targets === undefined ? event : withShownRelation(event, targets);
      return shown === undefined ? [] : [toConversationEvent(cast, conversation, shown, seq)];
    });
  }

  /** Those of the events that have a place for the person. */
  async function withPlaces(events: readonly MatrixEvent[]): Promise<PlacedEvent[]> {
    const seqs = await index.findSeqs(events.map(({ eventId }) => eventId));
    return events.flatMap((event) => {
      const seq = seqs.get(event.eventId);
      return seq === undefined ? [] : [{ event, seq }];
    });
  }

  async function readMissed(conversation: Conversation, as: Ghost, missed: readonly IndexedEvent[]): Promise<Map<EventId, MatrixEvent>> {
    const wanted = new Set(missed.map((event) => event.eventId));
    const found = new Map<EventId, MatrixEvent>();
    if (missed.length <= SINGLE_READS) {
      const events = await Promise.all(missed.map(({ eventId }) => reading.findEvent(as, conversation.roomId, eventId)));
      for (const event of events) if (event !== undefined) found.set(event.eventId, event);
      return found;
    }
    // State stands between what is looked for, and what retention took away is found nowhere: twice the way is far enough.
    const furthest = 2 + (2 * (conversation.lastSeq - (missed[0]?.seq ?? 0))) / PAGE;
    for (let from: string | undefined, pages = 0; found.size < wanted.size && pages <= furthest; pages += 1) {
      const page = await reading.listBackwards(as, conversation.roomId, { from, limit: PAGE });
      for (const event of page.events) if (wanted.has(event.eventId)) found.set(event.eventId, event);
      if (page.end === null || page.events.length === 0) break;
      from = page.end;
    }
    return found;
  }

  return {
    async summarize(conversation) {
      const [present, unread] = await Promise.all([agents.listPresent(conversation.id), index.countUnread(conversation)]);
      const cast = await loadCast(conversation.companyId, conversation.personId, present);
      return toSummary(cast, conversation, present, unread);
    },
    async *readAll(conversation, as) {
      for (let from: string | undefined, isFirst = true; isFirst || from !== undefined; isFirst = false) {
        const page = await reading.listForwards(as, conversation.roomId, { from, limit: PAGE });
        yield showAll(conversation, await withPlaces(asCorrected(page.events)));
        // At the live end the homeserver answers an empty page, with or without a mark.
        from = page.events.length === 0 ? undefined : (page.end ?? undefined);
      }
    },
    async listEvents(conversation, as, { before, limit }) {
      const shown: ConversationEvent[] = [];
      let from = before;
      // Pages may hold state only; go on until something can be shown or the room begins.
      do {
        const page = await reading.listBackwards(as, conversation.roomId, { from, limit });
        const placed = await withPlaces(page.events);
        shown.push(...(await showAll(conversation, placed)));
        // Before the first event there is nothing but state; the homeserver goes on with it.
        from = placed.some(({ seq }) => seq === 1) ? undefined : (page.end ?? undefined);
      } while (shown.length === 0 && from !== undefined);
      return { events: shown.toReversed(), before: from ?? null };
    },
    async listMissed(conversation, as, afterSeq) {
      const missed = await index.listAfter(conversation, afterSeq, BATCH);
      if (missed.length === 0) return { events: [], next: undefined };
      const found = await readMissed(conversation, as, missed);
      const placed = missed.flatMap(({ eventId, seq }) => {
        const event = found.get(eventId);
        return event === undefined ? [] : [{ event, seq }];
      });
      return { events: await showAll(conversation, placed), next: missed.length < BATCH ? undefined : missed.at(-1)?.seq };
    },
    async findEvent(conversation, as, indexed) {
      const event = await reading.findEvent(as, conversation.roomId, indexed.eventId);
      return event === undefined ? undefined : (await showAll(conversation, [{ event, seq: indexed.seq }]))[0];
    },
    async show(conversation, event, seq) {
      return (await showAll(conversation, [{ event, seq }]))[0];
    },
  };
}

/** Events with the words of their latest edit, which goes as an event of its own. */
function asCorrected(events: readonly MatrixEvent[]): MatrixEvent[] {
  return events
    .filter(({ content }) => !isEdit(content))
    .map((event) => (event.edit === undefined ? event : { ...event, content: event.edit.content }));
}

/** The ghost of a company as reader: it is in every conversation of it. */
export const asCompany = (company: { userId: UserId }): Ghost => ({ userId: company.userId });
