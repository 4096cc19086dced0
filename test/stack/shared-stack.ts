import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { facebookEnvironment, startFacebook } from '../stubs/facebook.ts';
import { collectOutput, endChild, startChild } from '../runner/child-process.ts';
import { freePort } from '../runner/free-port.ts';
import { makeStackFolder, removeStackFolder } from '../runner/stack-folder.ts';

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

/** Starts a stack in a folder of its own on free ports; throws with what it wrote when it does not come up. */
export async function startSharedStack(): Promise<SharedStack> {
  const folder = makeStackFolder('test');
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
    await removeStackFolder(folder);
  }
  for (const deadline = Date.now() + START_BOUND_MS; !existsSync(file); await wait(100)) {
    if (!ended && Date.now() < deadline) continue;
    await stop();
    throw new Error(`The stack ${ended ? 'ended' : 'was not ready in time'}:\n${output()}`);
  }
  return { file, output, stop };
}
