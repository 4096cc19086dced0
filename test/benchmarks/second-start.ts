import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { collectOutput, endChild, startChild } from '../runner/child-process.ts';
import { makeStackFolder, removeStackFolder } from '../runner/stack-folder.ts';
import { median, waitUntil } from './alternation.ts';
import type { Figure } from './figure.ts';

const FIRST_START_MS = 300_000;
const STOP_MS = 30_000;

const stackFile = z.object({ appUrl: z.string() });

/** Runs what `npm start` runs, until it is ready, then stops it as Ctrl-C does; answers the seconds until it was ready. */
async function startOnce(folder: string): Promise<number> {
  const file = join(folder, 'stack.json');
  const begin = performance.now();
  const args = ['bootstrap.mjs', 'appservice/commands/start.ts', '--data', folder];
  const child = startChild(process.execPath, args, process.env, { signal: 'SIGINT', graceMs: STOP_MS });
  const output = collectOutput(child);
  const isReady = async (): Promise<boolean> => {
    if (child.exitCode !== null) throw new Error(`npm start ended:\n${output()}`);
    if (!existsSync(file)) return false;
    const { appUrl } = stackFile.parse(JSON.parse(readFileSync(file, 'utf8')));
    return (await fetch(`${appUrl}/health/ready`)).ok;
  };
  try {
    await waitUntil('npm start is ready', isReady, FIRST_START_MS);
    return (performance.now() - begin) / 1000;
  } finally {
    await endChild(child);
  }
}

/** `npm start` on a folder that an earlier start has filled, until everything answers. */
export const secondStart: Figure = {
  name: 'second-start',
  unit: 's',
  goal: { atMost: 10 },
  usualSamples: 3,
  async measure({ samples }) {
    const folder = makeStackFolder('bench');
    try {
      const first = await startOnce(folder);
      const times: number[] = [];
      for (let sample = 0; sample < samples; sample += 1) times.push(await startOnce(folder));
      return { value: median(times), details: { minS: Math.min(...times), maxS: Math.max(...times), firstStartS: first } };
    } finally {
      await removeStackFolder(folder);
    }
  },
};
