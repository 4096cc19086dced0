import type { Conversation } from '../conversations/conversation.ts';
import type { ChangeStatus } from '../conversations/conversation-status.ts';
import type { Effect } from '../conversations/effect.ts';
import type { Database } from '../database/database.ts';
import type { JobDeclaration } from '../database/jobs.ts';
import { inTransaction } from '../database/transaction.ts';
import type { ConversationId } from '../ids.ts';
import type { AddToOutbox } from '../matrix/outbox-store.ts';
import type { Assignment } from './assignment.ts';
import type { TeamNeighbours } from './team-neighbours.ts';
import { createTeamScheduleStore } from './team-schedule-store.ts';

type Dependencies = {
  readonly database: Database;
  readonly neighbours: TeamNeighbours;
  readonly assignment: Assignment;
  readonly changeStatus: ChangeStatus;
  readonly addToOutbox: AddToOutbox;
  readonly publish: (effects: readonly Effect[]) => void;
  readonly now: () => Date;
};

/** Most conversations of one run; the next one goes on. */
const BATCH = 500;

/** What time itself does to conversations. Each run looks at the rows anew, so that it may be repeated, or be missed. */
export function createTeamJobs(dependencies: Dependencies): readonly JobDeclaration[] {
  const { database, neighbours, assignment, changeStatus, addToOutbox, publish, now } = dependencies;
  const schedule = createTeamScheduleStore(database);

  /** Runs `work` for each conversation in a transaction of its own: one that fails stops the run, what came before stands. */
  async function forEach(
    ids: readonly ConversationId[],
    work: (transaction: Database, conversation: Conversation) => Promise<Effect[]>,
  ): Promise<void> {
    for (const id of ids) {
      const effects = await inTransaction(database, async (transaction) => {
        const conversation = await neighbours.conversations(transaction).findById(id);
        return conversation === undefined ? [] : work(transaction, conversation);
      });
      publish(effects);
    }
  }

  async function endSilence(transaction: Database, conversation: Conversation): Promise<Effect[]> {
    const store = createTeamScheduleStore(transaction);
    const { id, roomId } = conversation;
    const step = await store.findSilenceStep(id, now());
    if (step === undefined) return [];
    if (step === 'close') return changeStatus(transaction, conversation, { from: ['open'], to: 'closed', template: 'closedAfterSilence' });
    const at = now();
    await store.noteWarned(id, at);
    const payload = { conversationId: id, text: { kind: 'silenceWarning' }, cause: String(at.getTime()) } as const;
    await addToOutbox(transaction, [{ lane: roomId, action: 'sendCompanyText', payload }]);
    return [];
  }

  async function release(transaction: Database, { id, roomId }: Conversation): Promise<Effect[]> {
    await addToOutbox(transaction, [{ lane: roomId, action: 'releaseAgents', payload: { conversationId: id } }]);
    return [];
  }

  async function route(): Promise<void> {
    await forEach(await schedule.listOrphaned(BATCH), async (transaction, conversation) => {
      await assignment.unassign(transaction, conversation);
      return [];
    });
    for (const companyId of await schedule.listTakingTurns()) {
      await inTransaction(database, async (transaction) => {
        const company = await neighbours.findCompany(transaction, companyId);
        if (company !== undefined) await assignment.assignWaiting(transaction, company);
      });
    }
  }

  return [
    { name: 'team.route', cron: '* * * * *', run: route },
    { name: 'team.silence', cron: '* * * * *', run: async () => forEach(await schedule.listSilent(now(), BATCH), endSilence) },
    { name: 'team.release', cron: '7 * * * *', run: async () => forEach(await schedule.listToRelease(now(), BATCH), release) },
  ];
}
