/** The first answer has what a screen shows; what follows is asked for in larger steps, until every room is there. */
export const FIRST_RANGE: [number, number] = [0, 49];
const STEP = 150;

/** How far the list of rooms has come. */
export type RoomRange = {
  /** Takes an answer: `count` rooms are there by the homeserver. Answers the range to ask for next, undefined where all are covered. */
  take(count: number): [number, number] | undefined;
  /** Whether every room was there at the last answer. */
  isWhole(): boolean;
};

/** See `RoomRange`. Every range begins at the first room, so that none slips through while the order changes. */
export function growRange(): RoomRange {
  let last = FIRST_RANGE[1];
  let isWhole = false;
  return {
    take(count) {
      isWhole = count <= last + 1;
      if (isWhole) return undefined;
      last += STEP;
      return [0, last];
    },
    isWhole: () => isWhole,
  };
}
