import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const SOURCE = fileURLToPath(new URL('../../bootstrap.mjs', import.meta.url));

const bootstrap = suite<{ folder: string; env: NodeJS.ProcessEnv }>('bootstrap');

/** Stands for npm: notes how it was called and "installs" the Node that runs this test. */
const NPM = `#!/bin/sh
echo "$@" >> npm-calls
[ -f npm-fails ] && exit 7
mkdir -p node_modules/.bin && ln -sf "$REAL_NODE" node_modules/.bin/node`;

bootstrap.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'smoope-bootstrap-'));
  const bin = join(context.folder, 'bin');
  mkdirSync(bin);
  copyFileSync(SOURCE, join(context.folder, 'bootstrap.mjs'));
  writeFileSync(join(context.folder, 'package-lock.json'), '{"version": 1}');
  writeFileSync(join(bin, 'npm'), NPM);
  chmodSync(join(bin, 'npm'), 0o755);
  const { npm_execpath: _npm, ...env } = process.env;
  context.env = { ...env, PATH: `${bin}:/usr/bin:/bin`, REAL_NODE: realpathSync(process.execPath) };
});
bootstrap.after.each(({ folder }) => rmSync(folder, { recursive: true }));

type Place = { folder: string; env: NodeJS.ProcessEnv };

function run({ folder, env }: Place, ...args: string[]) {
  return spawnSync(process.execPath, ['bootstrap.mjs', ...args], { cwd: folder, env, encoding: 'utf8' });
}

function calls(folder: string): string[] {
  const file = join(folder, 'npm-calls');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}

/** As after an installation. */
function install({ folder }: Place): void {
  mkdirSync(join(folder, 'node_modules', '.bin'), { recursive: true });
  symlinkSync(process.execPath, join(folder, 'node_modules', '.bin', 'node'));
  const hash = createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');
  writeFileSync(join(folder, 'node_modules', '.smoope-lock-hash'), hash);
}

async function begin(place: Place, script: string): Promise<{ child: ChildProcess; ended: Promise<unknown[]> }> {
  writeFileSync(join(place.folder, 'script.mjs'), script);
  const child = spawn(process.execPath, ['bootstrap.mjs', 'script.mjs'], {
    ...place,
    cwd: place.folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  if (child.stdout !== null) await once(child.stdout, 'data');
  return { child, ended };
}

bootstrap('a fresh clone is installed once, then the file runs on the installed Node with its arguments', (place) => {
  writeFileSync(join(place.folder, 'script.mjs'), 'console.log(process.execPath, JSON.stringify(process.argv.slice(2)))');
  const first = run(place, 'script.mjs', '--port', '1');
  assert.is(first.status, 0, first.stderr);
  assert.match(first.stdout, 'Installing packages');
  assert.match(first.stdout, '["--port","1"]');
  const second = run(place, 'script.mjs');
  assert.is(second.status, 0);
  assert.not.match(second.stdout, 'Installing');
  assert.is(calls(place.folder).length, 1);
  assert.match(calls(place.folder)[0] ?? '', /^install --no-save /);
});

bootstrap('another package-lock.json is installed anew', (place) => {
  install(place);
  writeFileSync(join(place.folder, 'script.mjs'), '');
  writeFileSync(join(place.folder, 'package-lock.json'), '{"version": 2}');
  assert.is(run(place, 'script.mjs').status, 0);
  assert.is(calls(place.folder).length, 1);
});

bootstrap('an installation that fails is told, starts nothing and is tried again next time', (place) => {
  writeFileSync(join(place.folder, 'npm-fails'), '');
  writeFileSync(join(place.folder, 'script.mjs'), 'console.log("started")');
  const failed = run(place, 'script.mjs');
  assert.is(failed.status, 1);
  assert.match(failed.stderr, 'npm install ended with code 7');
  assert.not.match(failed.stdout, 'started');
  rmSync(join(place.folder, 'npm-fails'));
  assert.match(run(place, 'script.mjs').stdout, 'started');
});

bootstrap('without npm it says what is missing', (place) => {
  const env = { ...place.env, PATH: join(place.folder, 'empty') };
  const { status, stderr } = run({ ...place, env }, 'script.mjs');
  assert.is(status, 1);
  assert.match(stderr, 'npm was not found. Install Node.js 20 or later together with npm');
});

bootstrap('a Node that is too old is told in one sentence', (place) => {
  const old = join(place.folder, 'old.cjs');
  writeFileSync(old, "Object.defineProperty(process.versions, 'node', { value: '18.19.0' });");
  const { status, stderr } = spawnSync(process.execPath, ['--require', old, 'bootstrap.mjs', 'script.mjs'], {
    cwd: place.folder,
    env: place.env,
    encoding: 'utf8',
  });
  assert.is(status, 1);
  assert.is(stderr, 'Node.js 20 or later is needed to start; this is 18.19.0.\n');
});

bootstrap('without a file it says how it is meant', (place) => {
  const { status, stderr } = run(place);
  assert.is(status, 1);
  assert.match(stderr, 'Usage: node bootstrap.mjs FILE');
});

bootstrap('the exit code of the program is its own', (place) => {
  install(place);
  writeFileSync(join(place.folder, 'script.mjs'), 'process.exit(42)');
  assert.is(run(place, 'script.mjs').status, 42);
});

for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) {
  bootstrap(`${signal} reaches the program once, and its end is waited for`, async (place) => {
    install(place);
    const { child, ended } = await begin(
      place,
      `let count = 0;
       process.on('${signal}', () => { count += 1; setTimeout(() => process.exit(10 + count), 300); });
       setInterval(() => {}, 1000);
       console.log('up');`,
    );
    child.kill(signal);
    assert.equal(await ended, [11, null]);
  });
}

bootstrap('a program ended by a signal gives the code that shells give', async (place) => {
  install(place);
  const { child, ended } = await begin(place, 'setInterval(() => {}, 1000); console.log(process.pid);');
  child.kill('SIGTERM');
  assert.equal(await ended, [143, null]);
});

bootstrap.run();
