import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ensureAgentPython } from '../agents/agent-python.ts';
import { createWaiting } from '../waiting.ts';

const PROGRAM = fileURLToPath(new URL('nio_single_sign_on.py', import.meta.url));

const lineSchema = z.object({
  flows: z.array(z.string()).optional(),
  open: z.string().optional(),
  back: z.string().optional(),
  userId: z.string().optional(),
  accessToken: z.string().optional(),
  rooms: z.array(z.string()).optional(),
  refused: z.string().optional(),
});
type Line = z.infer<typeof lineSchema>;

/** A Matrix client that is not ours (matrix-nio), in the middle of a single sign-on. */
export type ForeignClient = {
  /** Ways to sign in that the homeserver names. */
  readonly flows: readonly string[];
  /** What a person has to open in a browser. */
  readonly address: string;
  /** Where the browser must come back to: a web server of the client. */
  readonly back: string;
  /** Who it is, once the browser has come back. */
  signedIn(): Promise<{ userId: string; accessToken: string }>;
  /** Result of the first sync, or of one more. */
  firstSync(): Promise<Line>;
  sync(): Promise<Line>;
  stop(): Promise<void>;
};

/** Starts it; it has asked for the flows when this resolves. */
export async function startForeignClient(homeserverUrl: string): Promise<ForeignClient> {
  const child = spawn(await ensureAgentPython(), ['-u', PROGRAM, homeserverUrl], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const heard = createWaiting<Line>();
  createInterface(child.stdout).on('line', (text) => heard.add(lineSchema.parse(JSON.parse(text))));
  const { flows = [] } = await heard.waitFor('the flows', (line) => line.flows !== undefined);
  const { open: address = '', back = '' } = await heard.waitFor('the address to open', (line) => line.open !== undefined);
  const isSync = ({ rooms, refused }: Line): boolean => rooms !== undefined || refused !== undefined;
  return {
    flows,
    address,
    back,
    async signedIn() {
      const { userId = '', accessToken = '' } = await heard.waitFor('the session', (line) => line.userId !== undefined);
      return { userId, accessToken };
    },
    firstSync: () => heard.waitFor('the first sync', isSync),
    async sync() {
      const before = heard.items.length;
      child.stdin.write('sync\n');
      return heard.waitFor('a further sync', (line) => isSync(line) && heard.items.indexOf(line) >= before);
    },
    async stop() {
      child.kill();
      await ended;
    },
  };
}
