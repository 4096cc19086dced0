import type { Company } from '../companies/company.ts';
import type { AdvisoryLocks } from '../database/advisory-locks.ts';
import type { Database } from '../database/database.ts';
import type { JobDeclaration } from '../database/jobs.ts';
import { inTransaction } from '../database/transaction.ts';
import type { CompanyId, ConversationId, ErasureId, EventId, PersonId, RoomId } from '../ids.ts';
import type { Logger } from '../logger.ts';
import type { Erasing } from '../matrix/erasing.ts';
import type { Reading } from '../matrix/reading.ts';
import type { Sending } from '../matrix/sending.ts';
import { createErasedConversationStore } from './erased-conversation-store.ts';
import { createErasedMedia } from './erased-media.ts';
import { createErasureStore, ERASURE_STEPS, type Erasure, type ErasureStep } from './erasure-store.ts';

/** What a noun deletes of its own rows, in the transaction in which the rest goes. */
export type RowErasers = {
  readonly ofConversation: readonly ((transaction: Database, id: ConversationId) => Promise<unknown>)[];
  readonly ofPerson: readonly ((transaction: Database, id: PersonId, companyId: CompanyId) => Promise<unknown>)[];
};

type Dependencies = {
  readonly database: Database;
  readonly locks: AdvisoryLocks;
  readonly erasing: Erasing;
  readonly reading: Reading;
  readonly sending: Sending;
  readonly getCompany: (id: CompanyId) => Promise<Company>;
  /** Addresses of files that were uploaded for a conversation, sent or not. */
  readonly listUploads: (id: ConversationId) => Promise<string[]>;
  /** Deletes a file at the homeserver, with what is known of it. */
  readonly deleteMedia: (mxc: string) => Promise<void>;
  readonly rows: RowErasers;
  readonly log: Logger;
};

/** Name of the job that carries out one erasure. */
export const ERASURE_JOB = 'privacy.erase';

/** Erasures that one look takes up again. */
const BATCH = 50;

/** Carries erasures out, step by step; each step may be done again after a crash, and is recorded when it is done. */
export function createErasureWork(dependencies: Dependencies) {
  const { database, locks, erasing, reading, sending, getCompany, listUploads, deleteMedia, rows, log } = dependencies;
  const erasures = createErasureStore(database);
  const conversations = createErasedConversationStore(database);
  const erasedMedia = createErasedMedia({ database, erasing, listUploads });
  const running = new Set<ErasureId>();

  /** An event with all that hangs on it: edits repeat its words, threads are about the person as well. */
  async function redactAll(company: Company, roomId: RoomId, eventId: EventId): Promise<void> {
    const redact = (id: EventId) => sending.redact({ as: company, roomId, eventId: id, txnId: `erase-${id}` });
    for (let from: string | undefined, isFirst = true; isFirst || from !== undefined; isFirst = false) {
      const page = await reading.listRelated({ userId: company.userId }, roomId, eventId, from);
      for (const related of page.events) if (Object.keys(related.content).length > 0) await redact(related.eventId);
      from = page.end ?? undefined;
    }
    await redact(eventId);
  }

  async function eraseNotes({ companyId, conversationIds }: Erasure): Promise<void> {
    const company = await getCompany(companyId);
    for (const { roomId, eventId } of await conversations.listNotes(conversationIds)) await redactAll(company, roomId, eventId);
  }

  async function eraseMedia(erasure: Erasure): Promise<void> {
    for (const mxc of await erasedMedia.list(erasure)) await deleteMedia(mxc);
  }

  async function eraseRooms({ conversationIds }: Erasure): Promise<void> {
    for (const { roomId } of await conversations.list(conversationIds)) await erasing.deleteRoom(roomId);
  }

  async function eraseGhosts({ ghosts }: Erasure): Promise<void> {
    for (const userId of ghosts) await erasing.eraseUser(userId);
  }

  /** Last, because the rows are what leads to all the rest. */
  async function eraseRows({ id, personId, companyId, conversationIds, ghosts, withPerson }: Erasure): Promise<void> {
    await inTransaction(database, async (transaction) => {
      const own = createErasedConversationStore(transaction);
      for (const conversation of await own.list(conversationIds)) {
        for (const erase of rows.ofConversation) await erase(transaction, conversation.id);
        await own.remove(conversation);
      }
      if (withPerson) {
        for (const erase of rows.ofPerson) await erase(transaction, personId, companyId);
        await own.removePerson(personId, ghosts);
      }
      await createErasureStore(transaction).finish(id);
    });
  }

  const steps: Record<ErasureStep, (erasure: Erasure) => Promise<void>> = {
    notes: eraseNotes,
    media: eraseMedia,
    rooms: eraseRooms,
    ghosts: eraseGhosts,
    lateNotes: eraseNotes,
    rows: eraseRows,
  };

  async function carryOut(id: ErasureId): Promise<void> {
    for (let erasure = await erasures.find(id); erasure !== undefined; erasure = await erasures.find(id)) {
      await steps[erasure.step](erasure);
      const next = ERASURE_STEPS[ERASURE_STEPS.indexOf(erasure.step) + 1];
      if (next !== undefined) await erasures.setStep(id, next);
    }
    log.info('erasure_finished', { jobId: id });
  }

  /** One process at a time; what another one is doing is left to it. */
  async function run(id: ErasureId): Promise<void> {
    const name = `erasure ${id}`;
    // The lock holds other processes off, the set this one.
    if (running.has(id)) return;
    running.add(id);
    try {
      if (!(await locks.tryLock(name))) return;
      try {
        await carryOut(id);
      } finally {
        await locks.unlock(name);
      }
    } finally {
      running.delete(id);
    }
  }

  /** Takes up what a crash or a long outage left; one that fails stops no other. */
  async function runUnfinished(): Promise<void> {
    for (const id of await erasures.listUnfinished(BATCH)) {
      await run(id).catch((cause: unknown) => log.warn('erasure_postponed', { jobId: id }, cause));
    }
  }

  const jobs: readonly JobDeclaration[] = [
    { name: ERASURE_JOB, run: ({ erasureId }) => run(erasureId as ErasureId) },
    { name: 'privacy.erase-unfinished', cron: '*/10 * * * *', run: runUnfinished },
  ];
  return { jobs, run, runUnfinished };
}
