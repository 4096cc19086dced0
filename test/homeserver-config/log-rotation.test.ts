import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { rotateLog } from '../../homeserver-config/embedded/log-rotation.ts';

const rotation = suite<{ folder: string; log: string }>('rotation of logs');

const DAY_MS = 86_400_000;
const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

rotation.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'smoope-log-'));
  context.log = join(context.folder, 'synapse.log');
});
rotation.after.each(({ folder }) => rmSync(folder, { recursive: true, force: true }));

rotation('lines of today stay where they are', ({ folder, log }) => {
  writeFileSync(log, 'now\n');
  rotateLog(log);
  assert.equal(readdirSync(folder), ['synapse.log']);
  assert.is(readFileSync(log, 'utf8'), 'now\n');
});

rotation('lines of an earlier day move into a file of that day, and the file itself goes on', ({ folder, log }) => {
  writeFileSync(log, 'then\n');
  const tomorrow = Date.now() + DAY_MS;
  const { ino } = statSync(log);
  rotateLog(log, tomorrow);
  assert.equal(readdirSync(folder).toSorted(), [`synapse-${dayOf(Date.now())}.log`, 'synapse.log']);
  assert.is(readFileSync(join(folder, `synapse-${dayOf(Date.now())}.log`), 'utf8'), 'then\n');
  assert.equal([statSync(log).size, statSync(log).ino], [0, ino]);
  writeFileSync(log, 'of tomorrow\n', { flag: 'a' });
  rotateLog(log, tomorrow);
  assert.is(readFileSync(log, 'utf8'), 'of tomorrow\n');
});

rotation('lines that were written past midnight go with those of the day before', ({ folder, log }) => {
  writeFileSync(log, 'before and after\n');
  const later = Date.now() + 2 * DAY_MS;
  utimesSync(log, new Date(later), new Date(later));
  rotateLog(log, later);
  assert.ok(readdirSync(folder).includes(`synapse-${dayOf(later - DAY_MS)}.log`));
});

rotation('files older than a week go, those of others stay', ({ folder, log }) => {
  const now = Date.now();
  const [old, young] = [`synapse-${dayOf(now - 8 * DAY_MS)}.log`, `synapse-${dayOf(now - 7 * DAY_MS)}.log`];
  const others = ['synapse-notes.log', `postgres-${dayOf(now - 30 * DAY_MS)}.log`];
  for (const name of [old, young, ...others]) writeFileSync(join(folder, name), 'x');
  writeFileSync(log, 'now\n');
  rotateLog(log, now);
  assert.equal(readdirSync(folder).toSorted(), [...others, young, 'synapse.log'].toSorted());
});

rotation('a log that is not there is nothing', ({ log }) => {
  rotateLog(log);
});

rotation.run();
