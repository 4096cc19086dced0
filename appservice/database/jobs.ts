import { PgBoss } from 'pg-boss';
import type { Logger } from '../logger.ts';

/** Work that is done at set times, or when it is asked for, once among all processes. */
export type JobDeclaration = {
  /** `<noun>.<verb>`; name of its queue. */
  readonly name: string;
  /** When it runs of itself (cron, UTC); absent: only when `send` asks for it. */
  readonly cron?: string;
  /** May run again after a crash at any point; throws where it is to be tried again. `data` holds ids only. */
  run(data: Readonly<Record<string, unknown>>): Promise<void>;
};

/** Jobs of all nouns on `pg-boss` (design 11), in the schema `pgboss` of our database. */
export type Jobs = {
  /** Makes what is missing in the database and begins to work; every job is declared before. */
  start(): Promise<void>;
  /** Asks for a job to run; `data` holds ids only. */
  send(name: string, data?: Readonly<Record<string, unknown>>): Promise<void>;
  /** Finishes what is under way. */
  stop(): Promise<void>;
};

/** Schema of our database that the library keeps its queues in. */
export const JOBS_SCHEMA = 'pgboss';

/** A finished job says nothing new after a day. */
const KEPT_SECONDS = 86_400;

const STOP_BOUND_MS = 10_000;

/** What the library stores of a failure: a message or stack may quote data, and the log has its place in the code. */
function withoutWords(name: string): Error {
  const failure = new Error(`${name} failed; see the log`);
  failure.stack = '';
  return failure;
}

/** See `Jobs`; holds two connections of its own. */
export function createJobs({ url, log, declarations }: { url: string; log: Logger; declarations: readonly JobDeclaration[] }): Jobs {
  const boss = new PgBoss({ connectionString: url, application_name: 'smoope-jobs', schema: JOBS_SCHEMA, max: 2 });
  // The library goes on by itself once the database is back.
  boss.on('error', (cause) => log.warn('jobs_disturbed', {}, cause));
  let isStarted = false;

  async function declare({ name, cron, run }: JobDeclaration): Promise<void> {
    const options = { retryLimit: 5, retryBackoff: true, deleteAfterSeconds: KEPT_SECONDS, retentionSeconds: KEPT_SECONDS };
    await boss.createQueue(name, { policy: cron === undefined ? 'standard' : 'exclusive', ...options });
    await boss.work<Record<string, unknown>>(name, async (jobs) => {
      for (const job of jobs) {
        try {
          await run(job.data ?? {});
        } catch (cause) {
          log.warn('job_failed', { step: name, jobId: job.id }, cause);
          throw withoutWords(name);
        }
      }
    });
    if (cron === undefined) await boss.unschedule(name);
    else await boss.schedule(name, cron);
  }

  return {
    async start() {
      await boss.start();
      isStarted = true;
      for (const declaration of declarations) await declare(declaration);
    },
    async send(name, data = {}) {
      await boss.send(name, data);
    },
    async stop() {
      if (isStarted) await boss.stop({ graceful: true, timeout: STOP_BOUND_MS });
    },
  };
}
