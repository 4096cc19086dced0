import { setTimeout as wait } from 'node:timers/promises';
import type { AdvisoryLocks } from '../database/advisory-locks.ts';
import { isUnreachable, type Database } from '../database/database.ts';
import type { Logger } from '../logger.ts';
import { HomeserverUnavailable, MatrixError } from './homeserver-client.ts';
import { createOutboxStore, type OutboxActions, type StoredOutboxEntry } from './outbox-store.ts';
import { codeOf } from './receiving.ts';

/** What each action does; all are repeatable, because a crash may fall between the call and the row's removal. */
export type OutboxHandlers = { [Action in keyof OutboxActions]: (payload: OutboxActions[Action]) => Promise<void> };

/** Lanes worked on at once: a lane is a room or a company, and Synapse works on rooms side by side. */
const CONCURRENT_LANES = 8;

/** Wakes without a notice this often, for entries whose wait is over. */
const POLL_MS = 1_000;

const STOP_MS = 8_000;

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 60_000;

/** A refusal that stays after so many tries (about five minutes) is set aside, so that its lane goes on. */
const MAX_REFUSALS = 12;

/** The same for a homeserver that cannot carry out this call, while it carries out others (about a quarter of an hour). */
const MAX_FAULTS = 20;

/** A call that succeeded so recently says that the homeserver is there. */
const WELL_MS = 2 * LONGEST_WAIT_MS;

/** Carries the outbox out after commit. */
export type OutboxWorker = {
  start(): void;
  /** Looks for work at once; called at a notice. */
  wake(): void;
  /** Finishes what is under way, as far as that takes no longer than a few seconds. */
  stop(): Promise<void>;
};

type Dependencies = {
  readonly database: Database;
  readonly locks: AdvisoryLocks;
  readonly handlers: OutboxHandlers;
  readonly onDepth: (depth: number) => void;
  readonly log: Logger;
};

/**
 * See `OutboxWorker`. Entries of one lane go out in order. A lane belongs to one process at a time by an advisory lock,
 * which a killed process gives back by itself; no transaction is open while Matrix is called.
 */
export function createOutboxWorker({ database, locks, handlers, onDepth, log }: Dependencies): OutboxWorker {
  const store = createOutboxStore(database);
  const busy = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let lastSuccess = 0;

  // The handler of an action takes the payload of that action; TypeScript cannot see the two together.
  const carryOut = ({ action, payload }: StoredOutboxEntry) => (handlers[action] as (given: typeof payload) => Promise<void>)(payload);

  async function workOn(lane: string): Promise<void> {
    for (let entry = await store.findNext(lane); entry !== undefined && !stopped; entry = await store.findNext(lane)) {
      try {
        await carryOut(entry);
        lastSuccess = Date.now();
        await store.remove(entry.id);
      } catch (cause) {
        await afterFailure(entry, cause);
      }
    }
  }

  async function afterFailure({ id, action, attempts }: StoredOutboxEntry, cause: unknown): Promise<void> {
    const limited = cause instanceof MatrixError && cause.errcode === 'M_LIMIT_EXCEEDED';
    const code = cause instanceof MatrixError ? cause.errcode : codeOf(cause);
    const isAway = cause instanceof HomeserverUnavailable || isUnreachable(cause);
    const isFault = isAway && Date.now() - lastSuccess < WELL_MS;
    if ((!isAway && !limited && attempts + 1 >= MAX_REFUSALS) || (isFault && attempts + 1 >= MAX_FAULTS)) {
      log.error('outbox_failed', { step: action, code, attempt: attempts + 1 }, cause);
      return store.fail(id, code);
    }
    log.warn('outbox_postponed', { step: action, code, attempt: attempts + 1 }, cause);
    const waitMs = limited && cause.retryAfterMs !== undefined ? cause.retryAfterMs : FIRST_WAIT_MS * 2 ** attempts;
    return store.postpone(id, Math.min(waitMs, LONGEST_WAIT_MS));
  }

  /** Answers whether the lane was ours to work on. */
  async function withLaneLock(lane: string, work: () => Promise<void>): Promise<boolean> {
    if (!(await locks.tryLock(lane))) return false;
    try {
      await work();
    } finally {
      await locks.unlock(lane);
    }
    return true;
  }

  async function run(): Promise<void> {
    const lanes = (await store.listDueLanes(64)).filter((lane) => !busy.has(lane)).slice(0, CONCURRENT_LANES - busy.size);
    for (const lane of lanes) {
      busy.add(lane);
      void withLaneLock(lane, () => workOn(lane))
        .catch((cause: unknown) => {
          log.warn('outbox_lane_failed', {}, cause);
          return false;
        })
        .then((worked) => {
          busy.delete(lane);
          // A lane that another process has is looked at again with the next poll; looking at once would never end.
          if (worked) wake();
        });
    }
  }

  /** Counted once a second and not at every wake, because it reads the whole outbox. */
  async function measure(): Promise<void> {
    try {
      onDepth((await store.count()).waiting);
    } catch {
      // The figure stays as it was; the work itself says what is wrong.
    }
  }

  function wake(): void {
    again = true;
    if (stopped || current !== undefined) return;
    again = false;
    current = run()
      .catch((cause: unknown) => log.warn('outbox_unreadable', {}, cause))
      .finally(() => {
        current = undefined;
        if (again) wake();
      });
  }

  return {
    start() {
      timer = setInterval(() => {
        wake();
        void measure();
      }, POLL_MS);
      wake();
    },
    wake,
    async stop() {
      stopped = true;
      clearInterval(timer);
      await current;
      // A call that takes longer is made again after the next start; every one may be repeated.
      for (const deadline = Date.now() + STOP_MS; busy.size > 0 && Date.now() < deadline; await wait(20));
    },
  };
}
