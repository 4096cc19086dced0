import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { collectOutput, endAll, runChild, startChild } from './child-process.ts';

const script = (text: string): [string, string[]] => [process.execPath, ['--eval', text]];

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function assertGone(pid: number): Promise<void> {
  for (let i = 0; i < 40 && isAlive(pid); i += 1) await wait(50);
  assert.not.ok(isAlive(pid), `process ${pid} lives on`);
}

test('output and exit code of a process are reported', async () => {
  const ended = await runChild(...script('console.log("out"); console.error("err"); process.exit(3)'), 10_000);
  assert.is(ended.code, 3);
  assert.match(ended.output, 'out');
  assert.match(ended.output, 'err');
  assert.not.ok(ended.timedOut);
});

test('a process that does not end is ended, with what it started', async () => {
  const parent = `
    const child = require('node:child_process').spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
    console.log('pid', child.pid);
    process.on('SIGTERM', () => {});
    setInterval(() => {}, 1000);`;
  const ended = await runChild(...script(parent), 500);
  assert.ok(ended.timedOut);
  await assertGone(Number(/pid (\d+)/.exec(ended.output)?.[1]));
});

test('what a process leaves behind when it ends is ended too', async () => {
  const parent = `
    const child = require('node:child_process').spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    console.log('pid', child.pid);
    child.unref();`;
  const ended = await runChild(...script(parent), 10_000);
  assert.is(ended.code, 0);
  await assertGone(Number(/pid (\d+)/.exec(ended.output)?.[1]));
});

test('a command that does not exist is reported', async () => {
  const ended = await runChild('no-such-command-anywhere', [], 1000);
  assert.is(ended.code, null);
  assert.match(ended.output, 'no-such-command-anywhere');
});

test('at the end everything that still runs is ended', async () => {
  const child = startChild(...script('console.log("up"); setInterval(() => {}, 1000)'));
  const output = collectOutput(child);
  const exited = once(child, 'exit');
  while (!output().includes('up')) await wait(20);
  await endAll();
  await exited;
  assert.not.ok(isAlive(child.pid ?? 0));
});

test.run();
