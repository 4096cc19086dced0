import type * as Sdk from '../matrix/matrix-sdk.ts';
import type { MatrixClient, MatrixEvent, Room } from '../matrix/matrix-sdk.ts';

/** Events with which a conversation opens, those that come with a step, and the most that stay drawn. */
const FIRST = 50;
const STEP = 40;
const MOST = 400;

/** The part of a room's events that is shown: the end of them, or those around one that was gone to. */
export type Timeline = {
  events(): MatrixEvent[];
  /** Whether it reaches to the newest event. */
  isLatest(): boolean;
  hasEarlier(): boolean;
  /** Brings some earlier events in; throws where the homeserver does not answer. */
  earlier(): Promise<void>;
  later(): Promise<void>;
  /** Takes in what came since; `mayDrop` says that nobody reads the beginning, which goes where it has become too long. */
  catchUp(mayDrop: boolean): void;
  /** Shows the events around one; false where the homeserver has no such event for this person. */
  goTo(eventId: string): Promise<boolean>;
  goToLatest(): void;
};

/** Opens the end of a room. */
export function openTimeline({ TimelineWindow, Direction }: typeof Sdk, client: MatrixClient, room: Room): Timeline {
  const set = room.getUnfilteredTimelineSet();
  const open = () => new TimelineWindow(client, set, { windowLimit: MOST });
  let shown = open();
  let follows = true;

  function goToLatest(): void {
    shown = open();
    follows = true;
    // The live end is there already: nothing is asked for.
    void shown.load(undefined, FIRST);
  }

  goToLatest();
  return {
    events: () => shown.getEvents(),
    isLatest: () => follows,
    hasEarlier: () => shown.canPaginate(Direction.Backward),
    async earlier() {
      await shown.paginate(Direction.Backward, STEP);
      follows = !shown.canPaginate(Direction.Forward);
    },
    async later() {
      await shown.paginate(Direction.Forward, STEP);
      follows = !shown.canPaginate(Direction.Forward);
    },
    catchUp(mayDrop) {
      if (!follows) return;
      const count = shown.getEvents().length;
      const end = shown.getTimelineIndex(Direction.Forward)?.timeline;
      // After a gap the room has a new end, which does not hang together with the old one.
      if (end !== set.getLiveTimeline() && !shown.canPaginate(Direction.Forward)) return goToLatest();
      if (count >= MOST && !mayDrop) follows = !shown.canPaginate(Direction.Forward);
      else shown.extend(Direction.Forward, MOST);
      if (count < FIRST) shown.extend(Direction.Backward, FIRST - count);
    },
    async goTo(eventId) {
      const around = open();
      try {
        await around.load(eventId, FIRST);
      } catch {
        return false;
      }
      shown = around;
      follows = !shown.canPaginate(Direction.Forward);
      return true;
    },
    goToLatest,
  };
}
