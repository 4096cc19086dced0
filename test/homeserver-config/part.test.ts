import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createPart, type Part, type PartSettings } from '../../homeserver-config/embedded/part.ts';
import { processIdentity } from '../../homeserver-config/embedded/process-identity.ts';
import { superviseParts } from '../../homeserver-config/embedded/supervision.ts';

const parts = suite<{ folder: string; make: (script: string, changes?: Partial<PartSettings>) => Part; made: Part[] }>('part of the stack');

/** Writes its number to `ready` when it runs, and ends in good order when it is asked. */
const OBEDIENT = `
  const fs = require('node:fs');
  fs.writeFileSync('ready', String(process.pid));
  process.on('SIGTERM', () => { fs.writeFileSync('ended', 'in good order'); process.exit(0); });
  setInterval(() => {}, 1000);`;

parts.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'smoope-part-'));
  context.made = [];
  const ready = join(context.folder, 'ready');
  context.make = (script, changes = {}) => {
    const part = createPart({
      name: 'Example',
      command: process.execPath,
      args: ['-e', script],
      env: process.env,
      cwd: context.folder,
      logFile: join(context.folder, 'logs', 'example.log'),
      pidFile: join(context.folder, 'run', 'example.pid'),
      stopSignal: 'SIGTERM',
      stopBoundMs: 5000,
      isReady: async () => existsSync(ready) && readFileSync(ready, 'utf8') === String(part.pid()),
      readyBoundMs: 30_000,
      ...changes,
    });
    context.made.push(part);
    return part;
  };
});
parts.after.each(async ({ folder, made }) => {
  for (const part of made) await part.kill();
  rmSync(folder, { recursive: true });
});

parts('start resolves when it answers, stop lets it end in good order', async ({ folder, make }) => {
  const part = make(OBEDIENT);
  await part.start();
  assert.type(part.pid(), 'number');
  await part.stop();
  assert.is(part.pid(), undefined);
  assert.is(readFileSync(join(folder, 'ended'), 'utf8'), 'in good order');
  assert.not(existsSync(join(folder, 'run', 'example.pid')));
  await part.stop();
});

parts('a program that ends instead of answering fails the start and names its log', async ({ make }) => {
  const error = await make('console.error("no such setting"); process.exit(3)')
    .start()
    .catch((refusal: unknown) => refusal);
  assert.ok(error instanceof Error);
  assert.match(error.message, 'Example did not start');
  assert.match(readFileSync(/of (\S+) say why/.exec(error.message)?.[1] ?? '', 'utf8'), 'no such setting');
});

parts('a program that never answers is ended after the bound', async ({ make }) => {
  const part = make('setInterval(() => {}, 1000)', { readyBoundMs: 300 });
  const error = await part.start().catch((refusal: unknown) => refusal);
  assert.ok(error instanceof Error && error.message.includes('did not answer within 0.3 s'));
  assert.is(part.pid(), undefined);
});

parts('a program that cannot be run at all fails the start', async ({ make }) => {
  const error = await make('', { command: '/nowhere/at/all' })
    .start()
    .catch((refusal: unknown) => refusal);
  assert.ok(error instanceof Error && error.message.includes('Example did not start'));
});

parts('a program that ignores being asked is killed after the bound', async ({ make }) => {
  const part = make(OBEDIENT.replace("fs.writeFileSync('ended', 'in good order'); process.exit(0);", ''), { stopBoundMs: 200 });
  await part.start();
  await part.stop();
  assert.is(part.pid(), undefined);
});

parts('a process that an earlier start left behind is ended before the next begins', async ({ folder, make }) => {
  const leftover = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  await once(leftover, 'spawn');
  const gone = once(leftover, 'exit');
  const part = make(OBEDIENT);
  await part.start();
  await part.stop();
  writeFileSync(join(folder, 'run', 'example.pid'), `${processIdentity(leftover.pid ?? 0)}\n`);
  await part.start();
  await gone;
  assert.is(leftover.signalCode, 'SIGTERM');
});

parts('supervision starts a part again that was killed from outside', async ({ folder, make }) => {
  const part = make(OBEDIENT);
  await part.start();
  const lines: string[] = [];
  superviseParts([part], { say: (line) => lines.push(line), giveUp: () => lines.push('gave up') });
  const first = part.pid() ?? 0;
  process.kill(first, 'SIGKILL');
  while (!lines.some((line) => line.includes('runs again'))) await wait(20);
  assert.is.not(part.pid(), first);
  await part.stop();
  assert.is(lines.length, 2, 'a part that was stopped on purpose is not started again');
  assert.ok(existsSync(join(folder, 'ended')));
});

parts('supervision that was ended starts nothing again, not even what it was about to', async ({ make }) => {
  const part = make(OBEDIENT);
  await part.start();
  const lines: string[] = [];
  const supervision = superviseParts([part], { say: (line) => lines.push(line), giveUp: () => lines.push('gave up') });
  process.kill(part.pid() ?? 0, 'SIGKILL');
  while (lines.length === 0) await wait(20);
  supervision.end();
  await part.stop();
  await wait(700);
  assert.is(part.pid(), undefined);
  assert.is(lines.length, 1);
});

parts('a stop that comes before the program was launched is obeyed', async ({ make }) => {
  const part = make(OBEDIENT);
  const start = part.start().catch((error: unknown) => error);
  await part.stop();
  assert.instance(await start, Error);
  assert.is(part.pid(), undefined);
});

parts('supervision gives up a part that ends again and again', async ({ make }) => {
  const part = make(OBEDIENT);
  await part.start();
  const gaveUp = new Promise<Part>((resolve) => superviseParts([part], { say: () => undefined, giveUp: resolve }, 0));
  process.kill(part.pid() ?? 0, 'SIGKILL');
  assert.is(await gaveUp, part);
  assert.is(part.pid(), undefined);
});

parts.run();
