import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import pg from 'pg';
import { freePort } from '../runner/free-port.ts';
import { startSharedStack } from '../stack/shared-stack.ts';
import { sharedStackAccess, type StackAccess } from '../stack/stack-access.ts';
import { waitUntil } from './alternation.ts';
import { callJson } from './json-call.ts';
import { createMatrixClient, type MatrixClient } from './matrix-client.ts';

/** A running stack with the keys to it. */
export type BenchStack = StackAccess & {
  /** Folder of the stack's data. */
  readonly folder: string;
  readonly database: pg.Pool;
  /** Loopback port that the appservice's debugger takes when it is opened. */
  readonly debuggerPort: number;
  /** A new user of the homeserver, without limits: a limit on the plain side would be what is measured, as ghosts have none. */
  newUser(): Promise<MatrixClient>;
  /** Waits until no Matrix call waits in the outbox. */
  emptyOutbox(): Promise<void>;
  stop(): Promise<void>;
};

/** Port of Node's debugger where nothing else was said. */
const USUAL_DEBUGGER_PORT = 9229;

/** Uses the stack that SMOOPE_STACK names, or starts one that `stop` ends. */
export async function openBenchStack(): Promise<BenchStack> {
  if (process.env['SMOOPE_STACK'] !== undefined) return connect(USUAL_DEBUGGER_PORT, async () => undefined);
  const debuggerPort = await freePort();
  // Every Node process of the stack inherits it; it opens nothing by itself.
  process.env['NODE_OPTIONS'] = `${process.env['NODE_OPTIONS'] ?? ''} --inspect-port=${debuggerPort}`.trim();
  const own = await startSharedStack();
  process.env['SMOOPE_STACK'] = own.file;
  const stop = async (): Promise<void> => {
    delete process.env['SMOOPE_STACK'];
    await own.stop();
  };
  try {
    return connect(debuggerPort, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

function connect(debuggerPort: number, stopStack: () => Promise<void>): BenchStack {
  const stack = sharedStackAccess();
  const { homeserverUrl, serverName } = stack;
  const { adminToken } = stack.secrets;
  if (adminToken === undefined) throw new Error('the stack has no server-admin account');
  const database = new pg.Pool({ connectionString: stack.databaseUrl, max: 4 });
  // A connection that the end of the stack closes is no error.
  database.on('error', () => undefined);

  const admin = (method: 'POST' | 'PUT', path: string, body: unknown): Promise<unknown> =>
    callJson({ method, url: `${homeserverUrl}/_synapse/admin/${path}`, token: adminToken, body });

  async function waiting(): Promise<number> {
    const { rows } = await database.query<{ count: number }>('select count(*)::int as count from outbox where failed_at is null');
    return rows[0]?.count ?? 0;
  }

  return {
    ...stack,
    folder: dirname(process.env['SMOOPE_STACK'] ?? ''),
    database,
    debuggerPort,
    async newUser() {
      const userId = `@b${randomBytes(6).toString('hex')}:${serverName}`;
      const name = encodeURIComponent(userId);
      await admin('PUT', `v2/users/${name}`, { admin: false });
      await admin('POST', `v1/users/${name}/override_ratelimit`, { messages_per_second: 0, burst_count: 0 });
      const { access_token: token } = (await admin('POST', `v1/users/${name}/login`, {})) as { access_token: string };
      return createMatrixClient({ homeserverUrl, userId, token });
    },
    emptyOutbox: () => waitUntil('the outbox is empty', async () => (await waiting()) === 0),
    async stop() {
      await database.end();
      await stopStack();
    },
  };
}
