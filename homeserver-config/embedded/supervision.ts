import { setTimeout as wait } from 'node:timers/promises';
import type { Part } from './part.ts';

const WINDOW_MS = 60_000;
const PAUSE_MS = 500;

/** What supervision tells whoever watches. */
export type SupervisionListener = {
  /** A sentence for the terminal. */
  say(line: string): void;
  /** A part ends again and again: nothing more can be done. */
  giveUp(part: Part): void;
};

/** Supervision that goes on until it is ended. */
export type Supervision = {
  /** From now on a part that ends stays ended; call it before the parts are stopped. */
  readonly end: () => void;
};

/**
 * Starts a part again that ended without having been asked to (a crash, `kill -9`), up to `limit` times a minute. Each part
 * finds its own way back: PostgreSQL by its log, Synapse and the appservice by what is stored.
 */
export function superviseParts(parts: readonly Part[], listener: SupervisionListener, limit = 5): Supervision {
  let isOn = true;
  for (const part of parts) {
    let recent: number[] = [];
    const revive = async (): Promise<void> => {
      if (!isOn) return;
      recent = [...recent.filter((at) => Date.now() - at < WINDOW_MS), Date.now()];
      if (recent.length > limit) {
        listener.giveUp(part);
        return;
      }
      listener.say(`${part.name} ended unexpectedly; starting it again (its log: ${part.logFile}).`);
      await wait(PAUSE_MS);
      if (!isOn) return;
      try {
        await part.start();
        listener.say(`${part.name} runs again.`);
      } catch {
        await revive();
      }
    };
    part.onUnexpectedEnd(() => void revive());
  }
  return {
    end: () => {
      isOn = false;
    },
  };
}
