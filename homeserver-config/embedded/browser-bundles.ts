import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MANIFESTS = ['dist/widget/manifest.json', 'dist/web-client/manifest.json'];
/** What a bundle is made from; types of the server (`*-wire.ts`) leave no trace in it. */
const SOURCES = ['widget', 'web-client', 'package-lock.json', 'rollup.config.ts', 'rollup.config.js', 'rollup.config.mjs'];

function newest(path: string): number {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  // The folder itself counts too: its time changes when a file is deleted.
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), stat.mtimeMs);
}

/** Whether a source is newer than what was built from it, or nothing was built yet. */
export function areBundlesStale(root: string = ROOT): boolean {
  const built = MANIFESTS.map((manifest) => join(root, manifest));
  if (!built.every((file) => existsSync(file))) return true;
  const oldest = Math.min(...built.map((file) => statSync(file).mtimeMs));
  return SOURCES.some((source) => newest(join(root, source)) > oldest);
}

/** Builds widget and web client (`npm run build`) where they are stale; rejects with what the build said. */
export function ensureBundles(say: (detail: string) => void, signal?: AbortSignal): Promise<void> {
  if (!areBundlesStale()) return Promise.resolve();
  const npm = process.env['npm_execpath'];
  const [command, args] = npm !== undefined && existsSync(npm) ? [process.execPath, [npm, 'run', 'build']] : ['npm', ['run', 'build']];
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], ...(signal === undefined ? {} : { signal }) });
    let output = '';
    const take = (chunk: Buffer): void => {
      output += chunk.toString();
      say(chunk.toString().trim().split('\n').at(-1) ?? '');
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`npm run build failed:\n${output.trim()}`))));
  });
}
