// Entry of every npm script: installs what package-lock.json asks for when that is not installed yet, then runs the given
// file on the Node 24 of node_modules. Plain JavaScript without dependencies, because nothing is installed when it starts.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const modules = join(root, 'node_modules');
const runtime = join(modules, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
const marker = join(modules, '.smoope-lock-hash');

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

function isInstalled() {
  return existsSync(runtime) && existsSync(marker) && readFileSync(marker, 'utf8') === lockHash();
}

/** npm as a command: inside an npm script the very npm that runs it, else the one on the path. */
function npmCommand() {
  const npm = process.env.npm_execpath;
  return npm !== undefined && /npm-cli\.c?js$/.test(npm) && existsSync(npm) ? [process.execPath, npm] : ['npm'];
}

function install() {
  process.stdout.write('Installing packages (npm install) …\n');
  const began = Date.now();
  const [command, ...prefix] = npmCommand();
  // Not `npm ci`: it refuses a lock file that lacks the packages of other platforms. `--no-save` leaves the lock file as it is.
  const result = spawnSync(command, [...prefix, 'install', '--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (result.error?.code === 'ENOENT') fail('npm was not found. Install Node.js 20 or later together with npm, then try again.');
  if (result.signal !== null) process.exit(128 + constants.signals[result.signal]);
  if (result.status !== 0) fail(`npm install ended with code ${result.status}; its messages above say why. Nothing was started.`);
  if (!existsSync(runtime))
    fail('npm install ran, but the package "node" brought no Node 24. Are install scripts switched off (ignore-scripts)?');
  writeFileSync(marker, lockHash());
  process.stdout.write(`Packages installed (${((Date.now() - began) / 1000).toFixed(1)} s).\n`);
}

function run(argv) {
  const [file, ...rest] = argv;
  const path = `${join(modules, '.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}`;
  // Every Node process below takes its code compiled from here; that is a third of what it costs to start one.
  const compiled = process.env.NODE_COMPILE_CACHE ?? join(modules, '.cache', 'node');
  const env = { ...process.env, PATH: path, NODE_COMPILE_CACHE: compiled };
  const child = spawn(runtime, [join(root, file), ...rest], { stdio: 'inherit', env });
  // A terminal hands Ctrl-C to the whole foreground group, so the child has it already; a `kill` reaches only this process.
  process.on('SIGINT', () => {
    if (!process.stdin.isTTY) child.kill('SIGINT');
  });
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(`Node 24 could not be started: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 128 + constants.signals[signal]));
}

if (Number(process.versions.node.split('.')[0]) < 20) {
  fail(`Node.js 20 or later is needed to start; this is ${process.versions.node}.`);
}
if (process.argv[2] === undefined) fail('Usage: node bootstrap.mjs FILE [ARGUMENTS]');
if (!isInstalled()) install();
run(process.argv.slice(2));
