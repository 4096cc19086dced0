const REPEAT_MS = 4000;
const IDLE_MS = 5000;

/** Tells the company that the person is writing, at most every four seconds, and once that they stopped. */
export type TypingSignal = {
  /** The person changed the text. */
  readonly wrote: () => void;
  /** The text was sent or emptied. */
  readonly stopped: () => void;
};

/** Makes the signal; `tell` sends it and must not throw. */
export function createTypingSignal(tell: (typing: boolean) => void, now: () => number): TypingSignal {
  let toldAt: number | undefined;
  let idle: ReturnType<typeof setTimeout> | undefined;

  function stopped(): void {
    clearTimeout(idle);
    if (toldAt !== undefined) tell(false);
    toldAt = undefined;
  }

  function wrote(): void {
    clearTimeout(idle);
    idle = setTimeout(stopped, IDLE_MS);
    if (toldAt !== undefined && now() - toldAt < REPEAT_MS) return;
    toldAt = now();
    tell(true);
  }

  return { wrote, stopped };
}
