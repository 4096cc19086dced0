import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { FolderInUse, lockFolder } from '../../homeserver-config/embedded/folder-lock.ts';
import { endProcess, processIdentity, signalProcess } from '../../homeserver-config/embedded/process-identity.ts';

const locks = suite<{ folder: string; file: string; other: ChildProcess }>('lock of a data folder');

locks.before.each(async (context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'smoope-lock-'));
  context.file = join(context.folder, 'lock');
  context.other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  await once(context.other, 'spawn');
});
locks.after.each(async ({ folder, other }) => {
  if (other.exitCode === null && other.signalCode === null) {
    const gone = once(other, 'exit');
    other.kill('SIGKILL');
    await gone;
  }
  rmSync(folder, { recursive: true });
});

const pidOf = (child: ChildProcess): number => child.pid ?? 0;

locks('a folder held by a living process is refused, with its number and what to do', ({ folder, file, other }) => {
  writeFileSync(file, `${processIdentity(pidOf(other))}\n`);
  assert.throws(
    () => lockFolder(file, folder),
    (error: unknown) =>
      error instanceof FolderInUse && error.message.includes(`process ${pidOf(other)}`) && error.message.includes('--data DIR'),
  );
});

locks('the sign of a process that was killed is swept away', async ({ folder, file, other }) => {
  writeFileSync(file, `${processIdentity(pidOf(other))}\n`);
  const gone = once(other, 'exit');
  other.kill('SIGKILL');
  await gone;
  lockFolder(file, folder);
  assert.is(readFileSync(file, 'utf8').trim(), processIdentity(process.pid));
});

locks('a number that belongs to another program by now holds nothing', ({ folder, file, other }) => {
  writeFileSync(file, `${pidOf(other)} another-boot 12345\n`);
  lockFolder(file, folder);
  assert.is(readFileSync(file, 'utf8').trim(), processIdentity(process.pid));
});

locks('a file that says nothing holds nothing', ({ folder, file }) => {
  writeFileSync(file, '');
  lockFolder(file, folder).release();
  assert.not(existsSync(file));
});

locks('a folder that was let go can be taken again', ({ folder, file }) => {
  lockFolder(file, folder).release();
  assert.not(existsSync(file));
  lockFolder(file, folder).release();
});

locks('a process that ignores the signal is killed after the bound', async ({ other }) => {
  const deaf = spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)"], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const gone = once(deaf, 'exit');
  await once(deaf.stdout, 'data');
  await endProcess(pidOf(deaf), 'SIGTERM', 100);
  await gone;
  assert.is(deaf.signalCode, 'SIGKILL');
  assert.is(processIdentity(pidOf(deaf)), undefined);
  assert.not(signalProcess(pidOf(deaf), 'SIGTERM'));
  assert.type(processIdentity(pidOf(other)), 'string', 'others live on');
});

locks.run();
