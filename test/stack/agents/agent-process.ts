import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ensureAgentPython } from './agent-python.ts';

const PROGRAM = fileURLToPath(new URL('nio_agent.py', import.meta.url));
const ANSWER_BOUND_MS = 60_000;

const lineSchema = z.object({
  id: z.string().optional(),
  agent: z.string().optional(),
  result: z.record(z.string(), z.unknown()).optional(),
  error: z.string().optional(),
  heard: z.unknown().optional(),
});

type Command = Readonly<Record<string, unknown>> & { readonly do: string };
type Result = Record<string, unknown>;

/** A client of matrix-nio in the process that all agents of a suite share. */
export type AgentLine = {
  /** Asks for something; throws with the error code of a refusal, or when no answer comes. */
  ask(command: Command): Promise<Result>;
  /** Says something that has no answer. */
  tell(command: Command): void;
  /** Ends the client. */
  close(): Promise<void>;
};

type AgentProcess = {
  readonly open: (settings: { homeserver: string; userId: string }, onHeard: (heard: unknown) => void) => AgentLine;
};

async function startProcess(): Promise<AgentProcess> {
  const child = spawn(await ensureAgentPython(), ['-u', PROGRAM], { stdio: ['pipe', 'pipe', 'inherit'] });
  // A test that fails before it stops its agents must not wait for them; at the end of their input they end by themselves.
  child.unref();
  for (const pipe of [child.stdin, child.stdout]) (pipe as Socket).unref();
  const answers = new Map<string, PromiseWithResolvers<Result>>();
  const listeners = new Map<string, (heard: unknown) => void>();

  createInterface(child.stdout).on('line', (text) => {
    const { id = '', agent = '', result, error, heard } = lineSchema.parse(JSON.parse(text));
    if (heard !== undefined) listeners.get(agent)?.(heard);
    if (result !== undefined) answers.get(id)?.resolve(result);
    if (error !== undefined) answers.get(id)?.reject(new Error(error));
    answers.delete(id);
  });
  void once(child, 'exit').then(() => answers.forEach((answer) => answer.reject(new Error('the clients of the agents have ended'))));

  const write = (command: Command, more: Readonly<Record<string, string>>): void => {
    child.stdin.write(`${JSON.stringify({ ...command, ...more })}\n`);
  };

  async function ask(agent: string, command: Command): Promise<Result> {
    const id = randomUUID();
    const answer = Promise.withResolvers<Result>();
    answers.set(id, answer);
    write(command, { agent, id });
    const timer = setTimeout(() => answer.reject(new Error(`the client of an agent did not answer to ${command.do}`)), ANSWER_BOUND_MS);
    try {
      return await answer.promise;
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    open(settings, onHeard) {
      const agent = randomUUID();
      listeners.set(agent, onHeard);
      write({ do: 'start', ...settings }, { agent });
      return {
        ask: (command) => ask(agent, command),
        tell: (command) => write(command, { agent }),
        async close() {
          await ask(agent, { do: 'stop' });
          listeners.delete(agent);
        },
      };
    },
  };
}

let shared: Promise<AgentProcess> | undefined;

/** Starts a client; the first one starts the process, which ends with the suite. Loading the library takes longer than most tests. */
export async function openAgentLine(
  settings: { homeserver: string; userId: string },
  onHeard: (heard: unknown) => void,
): Promise<AgentLine> {
  shared ??= startProcess();
  return (await shared).open(settings, onHeard);
}
