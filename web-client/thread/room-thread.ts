import { companyName } from '../conversations/conversation-summary.ts';
import type * as Sdk from '../matrix/matrix-sdk.ts';
import type { Room } from '../matrix/matrix-sdk.ts';
import type { Opened } from '../session/opened-matrix.ts';
import { createMessageItems } from './message-items.ts';
import type { LogView } from './message-log.ts';
import { createPeople, type NamesOf } from './people.ts';
import { plainName } from './plain-name.ts';
import { createQuotes } from './quotes.ts';
import { createReading, firstUnread, readUpTo } from './reading.ts';
import { openTimeline } from './timeline.ts';

/** What a room needs to be shown. */
export type RoomThreadSettings = {
  readonly sdk: typeof Sdk;
  readonly opened: Opened;
  readonly room: Room;
  readonly names: NamesOf;
  /** What the reader is called in their own messages. */
  readonly you: string;
  /** Called when there is something new to draw that is no change of Matrix. */
  readonly hear: () => void;
};

/** One room as it is shown: which part of it, to whom its people are known how, and how far it was read. */
export function openRoomThread({ sdk, opened, room, names, you, hear }: RoomThreadSettings) {
  const { client } = opened.matrix;
  const { userId } = opened.session;
  const company = plainName(companyName(room.name));
  const timeline = openTimeline(sdk, client, room);
  const itemsOf = createMessageItems(room, userId, opened.matrix.refusalOf);
  const people = createPeople({ client, room, userId, names, companyName: company, hear });
  const quoteOf = createQuotes(client, room, hear);
  const reading = createReading(client, room, userId);
  const nameOf = (id: string): string => (id === userId ? you : people.personOf(id).name);
  // Where one stopped reading stays marked while one reads on.
  let readBefore = readUpTo(room, userId);
  let loading: LogView['loading'] = 'idle';

  async function load(step: () => Promise<void>): Promise<void> {
    if (loading === 'loading') return;
    loading = 'loading';
    hear();
    try {
      await step();
      loading = 'idle';
    } catch {
      loading = 'failed';
    }
    hear();
  }

  return {
    room,
    nameOf,
    people,
    companyName: (): string => people.company()?.name ?? company,
    /** What is shown now; `isAtEnd` says that the reader is where new messages come in. */
    view(isAtEnd: boolean): LogView {
      timeline.catchUp(isAtEnd);
      readBefore ??= readUpTo(room, userId);
      const events = timeline.events();
      const isLatest = timeline.isLatest();
      const items = itemsOf(events, isLatest ? room.getPendingEvents() : []);
      const isOfOthers = (count: number, item: { isOwn: boolean; manner: string }): number =>
        count + (item.isOwn || item.manner === 'notice' ? 0 : 1);
      return {
        items,
        company,
        personOf: people.personOf,
        quoteOf: (eventId) => quoteOf(eventId, nameOf),
        firstNew: firstUnread(readBefore, events, items),
        hasEarlier: items.length > 0 && timeline.hasEarlier(),
        isLatest,
        loading,
        newCount: isAtEnd && isLatest ? 0 : reading.countNew((since) => itemsOf(since, []).reduce(isOfOthers, 0)),
      };
    },
    earlier: (): Promise<void> => load(timeline.earlier),
    later: (): Promise<void> => load(timeline.later),
    toLatest: timeline.goToLatest,
    goTo: timeline.goTo,
    /** The reader sees the newest message. */
    see: reading.see,
    /** The reader looks away: what comes from now on is new. */
    lookAway(): void {
      readBefore = reading.last() ?? readBefore;
    },
    /** The reader has answered: nothing before is new any more. */
    forgetNew(): void {
      readBefore = room.getLiveTimeline().getEvents().at(-1)?.getId();
    },
  };
}

/** See `openRoomThread`. */
export type RoomThread = ReturnType<typeof openRoomThread>;
