import type { Company } from '../companies/company.ts';
import type { CompanyId } from '../ids.ts';
import type { Logger } from '../logger.ts';
import type { GapPosition } from './gap-store.ts';
import type { Ghost } from './homeserver-client.ts';
import { decodeEvent, type MatrixEvent } from './matrix-event.ts';
import type { Reading } from './reading.ts';
import type { Receiving } from './receiving.ts';
import type { Sync } from './sync.ts';

/**
 * Reads what was missed while we or the homeserver were away (design 3). After an outage Synapse hands its backlog over one event
 * a transaction, and new events wait behind it (facts 4): until the backlog is gone, every company with open streams is followed
 * by an incremental `/sync` of its ghost. Events are known by their id, so whichever way comes second changes nothing.
 */
export type GapReader = {
  /** Begins to follow, from the position kept before the outage. */
  begin(): Promise<void>;
  /** A company got its first open stream. */
  follow(companyId: CompanyId): void;
  /** Told of every transaction: a fresh event of our own server says that the backlog is gone. */
  noticeTransaction(events: readonly unknown[]): void;
  /** Keeps a position for the next outage; called now and then. */
  keepPosition(): Promise<void>;
  stop(): void;
};

type Dependencies = {
  readonly positions: GapPosition;
  readonly sync: Sync;
  readonly reading: Reading;
  readonly receiving: Receiving;
  readonly receiveEphemeral: (values: readonly unknown[]) => void;
  readonly findCompany: (id: CompanyId) => Promise<Company | undefined>;
  readonly listHeardCompanies: () => readonly CompanyId[];
  /** Whether a user id is of our server, whose clock is ours. */
  readonly isLocal: (userId: string) => boolean;
  readonly log: Logger;
};

/** Transactions come in order: one with an event younger than this has nothing waiting before it. */
const FRESH_MS = 2_000;

/** No transaction for so long after a successful ping: there is no backlog. */
const QUIET_MS = 60_000;

const SYNC_TIMEOUT_MS = 10_000;
const RETRY_MS = 1_000;

/** Pages read for a room whose timeline was cut; a reader that lacks more reads the history again. */
const GAP_PAGES = 5;

/** See `GapReader`. */
export function createGapReader(dependencies: Dependencies): GapReader {
  const { positions, sync, reading, receiving, receiveEphemeral, findCompany, listHeardCompanies, isLocal, log } = dependencies;
  // Each gap has followers of its own: those of the one before may still be finishing what they read.
  let position: { since: string; stop: AbortController; followed: Set<CompanyId> } | undefined;
  let quiet: NodeJS.Timeout | undefined;
  let taken: string | undefined;

  async function fillGap(as: Ghost, room: { roomId: MatrixEvent['roomId']; gapFrom: string | undefined }): Promise<MatrixEvent[]> {
    const older: MatrixEvent[] = [];
    for (let from = room.gapFrom, pages = 0; from !== undefined && pages < GAP_PAGES; pages += 1) {
      const page = await reading.listBackwards(as, room.roomId, { from, limit: 100 });
      older.push(...page.events);
      from = page.end ?? undefined;
    }
    return older.toReversed();
  }

  async function followCompany(companyId: CompanyId, since: string, signal: AbortSignal): Promise<void> {
    const company = await findCompany(companyId);
    if (company === undefined) return;
    const as = { userId: company.userId };
    for (let from = since; !signal.aborted && listHeardCompanies().includes(companyId);) {
      try {
        const answer = await sync.read(as.userId, from, SYNC_TIMEOUT_MS, signal);
        for (const room of answer.rooms) {
          await receiving.receiveEvents([...(await fillGap(as, room)), ...room.events]);
          receiveEphemeral(room.ephemeral);
        }
        from = answer.nextBatch;
      } catch (cause) {
        if (signal.aborted) return;
        log.warn('gap_not_read', { companyId }, cause);
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  function follow(companyId: CompanyId): void {
    if (position === undefined || position.followed.has(companyId)) return;
    const { since, stop, followed } = position;
    followed.add(companyId);
    void followCompany(companyId, since, stop.signal)
      .catch((cause: unknown) => log.warn('gap_not_followed', { companyId }, cause))
      .finally(() => followed.delete(companyId));
  }

  function end(reason: 'fresh' | 'quiet' | 'stopped'): void {
    if (position === undefined) return;
    clearTimeout(quiet);
    // What is being read is finished first; a transaction brings everything after it.
    position.stop.abort();
    position = undefined;
    log.info('gap_closed', { reason });
  }

  const isFresh = (value: unknown): boolean => {
    const event = decodeEvent(value);
    return event !== undefined && isLocal(event.sender) && Date.now() - event.at < FRESH_MS;
  };

  function restartQuiet(): void {
    clearTimeout(quiet);
    quiet = setTimeout(() => end('quiet'), QUIET_MS);
    quiet.unref();
  }

  return {
    async begin() {
      if (position !== undefined) return;
      const since = await positions.findToken();
      if (since === undefined) {
        // The first connection ever: nothing was missed, and an outage may come before the position is kept the usual way.
        await positions.setToken(await sync.takePosition(), new Date());
        return;
      }
      log.info('gap_opened');
      position = { since, stop: new AbortController(), followed: new Set() };
      restartQuiet();
      listHeardCompanies().forEach(follow);
    },
    follow,
    noticeTransaction(events) {
      if (position === undefined) return;
      if (events.some(isFresh)) end('fresh');
      else restartQuiet();
    },
    async keepPosition() {
      if (position !== undefined) return;
      // The position of the time before: events that are on their way right now lie after it.
      if (taken !== undefined) await positions.setToken(taken, new Date());
      taken = await sync.takePosition();
    },
    stop: () => end('stopped'),
  };
}
