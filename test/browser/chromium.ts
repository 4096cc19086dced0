import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fetchHeadlessShell } from './headless-shell.ts';

/** A Chromium that can be started without a screen. */
export type Chromium = { executablePath: string; args: string[] };

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

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

/** The headless Chromium from the npm registry, else the one of this machine; with the arguments to start it with. Throws where there is neither. */
export async function findChromium(): Promise<Chromium> {
  // Chromium's own sandbox refuses to work as root.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const executablePath = await fetchHeadlessShell().catch((error: unknown) => {
    const found = onPath();
    if (found === undefined) throw new Error('There is no Chromium, neither from the npm registry nor on the path.', { cause: error });
    return found;
  });
  return { executablePath, args: [...asRoot, ...QUIET] };
}
