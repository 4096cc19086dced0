import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { processIdentity } from '../../homeserver-config/embedded/process-identity.ts';
import { clearAbandonedFolders, makeStackFolder, removeStackFolder } from './stack-folder.ts';

type Context = { parent: string; programs: ChildProcess[] };

const test = suite<Context>('folders of programs that tests start', { parent: '', programs: [] });

test.before.each((context) => {
  context.parent = mkdtempSync(join(tmpdir(), 'folders-'));
  context.programs = [];
});

test.after.each(({ parent, programs }) => {
  for (const program of programs) program.kill('SIGKILL');
  rmSync(parent, { recursive: true });
});

async function startProgram({ programs }: Context): Promise<{ program: ChildProcess; identity: string }> {
  const program = spawn('sleep', ['60'], { stdio: 'ignore' });
  programs.push(program);
  await once(program, 'spawn');
  return { program, identity: processIdentity(program.pid ?? 0) ?? '' };
}

async function startIn(folder: string, context: Context): Promise<ChildProcess> {
  const { program, identity } = await startProgram(context);
  mkdirSync(join(folder, 'run'));
  writeFileSync(join(folder, 'run', 'postgres.pid'), identity);
  return program;
}

test('a program goes with the folder that is removed', async (context) => {
  const folder = makeStackFolder('a', context.parent);
  const program = await startIn(folder, context);
  await Promise.all([once(program, 'exit'), removeStackFolder(folder)]);
  assert.not(existsSync(folder));
});

test('a folder whose process was killed is cleared with its program', async (context) => {
  const folder = makeStackFolder('a', context.parent);
  const owner = await startProgram(context);
  writeFileSync(join(folder, 'owner'), owner.identity);
  const program = await startIn(folder, context);
  owner.program.kill('SIGKILL');
  await once(owner.program, 'exit');
  await Promise.all([once(program, 'exit'), clearAbandonedFolders(context.parent)]);
  assert.not(existsSync(folder));
});

test('a folder of a process that lives, or of nobody known, stays', async (context) => {
  const mine = makeStackFolder('a', context.parent);
  const program = await startIn(mine, context);
  const unknown = join(context.parent, 'smoope-b');
  mkdirSync(unknown);
  await clearAbandonedFolders(context.parent);
  assert.ok(existsSync(mine) && existsSync(unknown));
  assert.is(program.exitCode ?? program.signalCode, null);
});

test.run();
