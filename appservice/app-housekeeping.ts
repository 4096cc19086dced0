import { deleteOldEntries } from './audit/audit-log.ts';
import type { Database } from './database/database.ts';
import { createFrontDoorStore } from './front-door/front-door-store.ts';
import type { Logger } from './logger.ts';
import { createOutboxStore } from './matrix/outbox-store.ts';
import { createReceivingStore } from './matrix/receiving-store.ts';
import type { VisitorSessionService } from './visitors/visitor-session-service.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The first time: a process that is started again every day must do it too. */
const FIRST_MS = 60_000;

/** A transaction that is repeated later than this is not the homeserver's retry of one we know. */
const TRANSACTIONS_KEPT_MS = 7 * DAY_MS;

/** Calls and events that failed for good are kept for somebody to look at them. */
const FAILED_KEPT_MS = 30 * DAY_MS;

/** For so long it is known who invited a company how often, and what was carried over. */
const DOORS_KEPT_MS = DAY_MS;

/** A file that was taken and never sent: whoever wanted to send it has long gone. */
const UNSENT_KEPT_MS = DAY_MS;

/** Deletes what has lived as long as the data catalogue says; the words themselves are the homeserver's and go by its retention. */
export type Housekeeping = { start(): void; stop(): void; /** Once, now. */ run(): Promise<void> };

/** See `Housekeeping`. */
export function createHousekeeping({
  database,
  sessions,
  visitors,
  accounts,
  passkeys,
  networks,
  profiles,
  apiSessions,
  agentInvitations,
  uploads,
  contactForm,
  phones,
  log,
}: {
  database: Database;
  sessions: VisitorSessionService;
  visitors: { codes: { deleteExpired(): Promise<void> }; identities: { deleteExpired(): Promise<void> } };
  accounts: { housekeep(): Promise<void> };
  passkeys: { deleteExpired(): Promise<void> };
  networks: { housekeep(): Promise<void> };
  profiles: { housekeep(): Promise<void> };
  apiSessions: { deleteExpired(): Promise<void> };
  agentInvitations: { deleteExpired(): Promise<void> };
  uploads: { deleteUnsent(before: Date): Promise<void> };
  contactForm: { deleteExpired(): Promise<void> };
  phones: { codes: { deleteExpired(): Promise<void> }; spend: { deleteOld(): Promise<void> } };
  log: Logger;
}): Housekeeping {
  const before = (age: number): Date => new Date(Date.now() - age);
  const steps: readonly (() => Promise<unknown>)[] = [
    () => visitors.codes.deleteExpired(),
    () => sessions.deleteExpired(),
    () => visitors.identities.deleteExpired(),
    () => accounts.housekeep(),
    () => passkeys.deleteExpired(),
    () => networks.housekeep(),
    () => profiles.housekeep(),
    () => apiSessions.deleteExpired(),
    () => agentInvitations.deleteExpired(),
    () => uploads.deleteUnsent(before(UNSENT_KEPT_MS)),
    () => contactForm.deleteExpired(),
    () => createFrontDoorStore(database).deleteLeft(before(DOORS_KEPT_MS)),
    () => phones.codes.deleteExpired(),
    () => phones.spend.deleteOld(),
    () => createReceivingStore(database).deleteTransactions(before(TRANSACTIONS_KEPT_MS)),
    () => createReceivingStore(database).deleteGivenUp(before(FAILED_KEPT_MS)),
    () => createOutboxStore(database).deleteFailed(before(FAILED_KEPT_MS)),
    () => deleteOldEntries(database),
  ];

  /** One step that fails stops no other. */
  async function run(): Promise<void> {
    for (const step of steps) await step().catch((cause: unknown) => log.warn('housekeeping_failed', {}, cause));
  }

  const timers: NodeJS.Timeout[] = [];
  return {
    run,
    start() {
      timers.push(setTimeout(() => void run(), FIRST_MS).unref(), setInterval(() => void run(), HOUR_MS).unref());
    },
    stop: () => timers.forEach((timer) => clearTimeout(timer)),
  };
}
