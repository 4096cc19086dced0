import type { MSC3575RoomData, Room } from './matrix-sdk.ts';

/** What has to happen before the library takes an answer about a room of which events are known already. */
export type GapVerdict = 'take' | 'reset' | 'keep reach' | 'take reach';

/** What the decision depends on; ids are in the order of the timeline. */
export type GapQuestion = {
  readonly known: readonly string[];
  readonly received: readonly string[];
  /** Whether the answer begins anew with the room instead of going on from the one before. */
  readonly isAnew: boolean;
  /** Whether it is known from where earlier messages would be asked for. */
  readonly knowsReach: boolean;
};

/**
 * Whether what is known and what was received belong together. Where they do not touch, there may be a gap between them: what is known is
 * dropped, and "earlier messages" leads back to it. Where they do, what reaches back further says where earlier messages begin.
 */
export function judgeGap({ known, received, isAnew, knowsReach }: GapQuestion): GapVerdict {
  const [first] = received;
  if (!isAnew || first === undefined || known.length === 0) return 'take';
  const ids = new Set(known);
  if (!received.some((id) => ids.has(id))) return 'reset';
  return knowsReach && known.indexOf(first) > 0 ? 'keep reach' : 'take reach';
}

type Answer = MSC3575RoomData & { unstable_expanded_timeline?: boolean };

/** Prepares a room and an answer about it for the library, which would append what was received behind a gap. */
export function closeGap(room: Room, data: Answer, isFromSnapshot: boolean): void {
  const verdict = judgeGap({
    known: room
      .getLiveTimeline()
      .getEvents()
      .flatMap((event) => event.getId() ?? []),
    received: data.timeline.map(({ event_id: id }) => id),
    isAnew: data.initial === true || data.limited === true || data.unstable_expanded_timeline === true,
    knowsReach: !isFromSnapshot,
  });
  if (verdict === 'reset') room.resetLiveTimeline(data.prev_batch ?? null, null);
  if (verdict === 'keep reach') {
    // Said to be new, so that what is known twice is not appended; not limited, so that the library leaves the token alone.
    data.initial = true;
    data.limited = false;
  }
  if (verdict === 'take reach') {
    data.initial = true;
    data.limited = true;
  }
}
