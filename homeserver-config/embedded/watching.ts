import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Part } from './part.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** An editor writes a file in several steps; a build begins by emptying its folder and takes seconds. */
const SETTLE_MS = { appservice: 300, dist: 3_000 } as const;

/** Starts the appservice again when its sources or the bundles change, and rebuilds the bundles when theirs do; answers how to end that. */
export function watchSources(appservice: Part, say: (line: string) => void): () => Promise<void> {
  const rollup = spawn(join(ROOT, 'node_modules/.bin/rollup'), ['--config', 'rollup.config.js', '--watch', '--silent'], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  let restarting = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  async function restart(): Promise<void> {
    say('Something changed; starting the appservice again.');
    await appservice.stop();
    await appservice.start().catch((error: unknown) => say(error instanceof Error ? error.message : 'It did not start.'));
  }

  const changed = (folder: keyof typeof SETTLE_MS): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      restarting = restarting.then(restart);
    }, SETTLE_MS[folder]);
  };
  const watchers = (['appservice', 'dist'] as const).map((folder) => watch(join(ROOT, folder), { recursive: true }, () => changed(folder)));
  return async () => {
    clearTimeout(timer);
    watchers.forEach((watcher) => watcher.close());
    rollup.kill();
    await restarting;
  };
}
