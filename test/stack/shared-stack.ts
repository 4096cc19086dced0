import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { facebookEnvironment, startFacebook } from '../stubs/facebook.ts';
import { collectOutput, endChild, startChild } from '../runner/child-process.ts';
import { freePort } from '../runner/free-port.ts';

/** A whole stack (PostgreSQL, Synapse, appservice, demo) that several suites share; each makes companies of its own in it. */
export type SharedStack = {
  /** Path of `stack.json`, for SMOOPE_STACK. */
  file: string;
  /** What the appservice wrote so far. */
  output: () => string;
  stop: () => Promise<void>;
};

const START_BOUND_MS = 300_000;
const STOP_BOUND_MS = 30_000;

// PostgreSQL and Synapse may stand in groups of their own; each has left its process id here.
function killLeftovers(folder: string): void {
  const run = join(folder, 'run');
  if (!existsSync(run)) return;
  for (const name of readdirSync(run).filter((file) => file.endsWith('.pid'))) {
    const pid = Number(readFileSync(join(run, name), 'utf8').split(/\s/)[0]);
    try {
      if (Number.isSafeInteger(pid) && pid > 1) process.kill(pid, 'SIGKILL');
    } catch {
      // It ended in good order.
    }
  }
}

/** Starts a stack in a folder of its own on free ports; throws with what it wrote when it does not come up. */
export async function startSharedStack(): Promise<SharedStack> {
  const folder = mkdtempSync(join(tmpdir(), 'smoope-test-'));
  // As root, PostgreSQL runs as another user and must reach its part of the folder.
  chmodSync(folder, 0o755);
  const file = join(folder, 'stack.json');
  // Lives as long as the stack: people of any suite go there.
  const facebook = await startFacebook();
  const args = ['appservice/commands/start.ts', '--data', folder, '--port', String(await freePort())];
  const child = startChild(
    process.execPath,
    args,
    // Pictures are for the tests; the service would ask what setting that is.
    { ...process.env, SMOOPE_SCREENSHOTS: undefined, SMOOPE_LOOKS: undefined, ...facebookEnvironment(facebook.origin) },
    { signal: 'SIGINT', graceMs: STOP_BOUND_MS },
  );
  const output = collectOutput(child);
  let ended = false;
  child.once('exit', () => {
    ended = true;
  });
  async function stop(): Promise<void> {
    await endChild(child);
    await facebook.close();
    killLeftovers(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  for (const deadline = Date.now() + START_BOUND_MS; !existsSync(file); await wait(100)) {
    if (!ended && Date.now() < deadline) continue;
    await stop();
    throw new Error(`The stack ${ended ? 'ended' : 'was not ready in time'}:\n${output()}`);
  }
  return { file, output, stop };
}
