import { z } from 'zod';
import { waitUntil } from './alternation.ts';

/** Lets a Node process collect its garbage now; a quiet process does not, and its memory would tell of work long done. */
export type GarbageCollector = { collect(): Promise<void>; close(): void };

const targets = z.array(z.object({ webSocketDebuggerUrl: z.url() })).min(1);
const answer = z.object({ id: z.int().optional(), result: z.unknown().optional(), error: z.object({ message: z.string() }).optional() });

const BOUND_MS = 10_000;

/**
 * Opens the debugger of a running process by SIGUSR1 (https://nodejs.org/learn/getting-started/debugging) on the loopback port
 * that `--inspect-port` gave it. Throws when another process has that port.
 */
export async function connectGarbageCollector(pid: number, port: number): Promise<GarbageCollector> {
  process.kill(pid, 'SIGUSR1');
  let url: string | undefined;
  await waitUntil(
    'the debugger of the appservice answers',
    async () => {
      const response = await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => undefined);
      if (response?.ok === true) url = targets.parse(await response.json())[0]?.webSocketDebuggerUrl;
      return url !== undefined;
    },
    BOUND_MS,
  );
  const socket = new WebSocket(url ?? '');
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const opened = Promise.withResolvers<void>();
  socket.addEventListener('open', () => opened.resolve());
  socket.addEventListener('error', () => opened.reject(new Error('the debugger refused the connection')));
  socket.addEventListener('message', ({ data }) => {
    const { id, result, error } = answer.parse(JSON.parse(String(data)));
    const pending = id === undefined ? undefined : waiting.get(id);
    if (error === undefined) pending?.resolve(result);
    else pending?.reject(new Error(error.message));
  });
  await opened.promise;
  let last = 0;

  function call(method: string, params: object = {}): Promise<unknown> {
    last += 1;
    const pending = Promise.withResolvers<unknown>();
    waiting.set(last, pending);
    socket.send(JSON.stringify({ id: last, method, params }));
    return pending.promise;
  }

  const own = z.object({ result: z.object({ value: z.number() }) }).parse(await call('Runtime.evaluate', { expression: 'process.pid' }));
  if (own.result.value !== pid) throw new Error(`port ${port} is the debugger of another process`);
  return {
    async collect() {
      await call('HeapProfiler.collectGarbage');
    },
    close: () => socket.close(),
  };
}
