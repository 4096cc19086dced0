import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formatDay, formatTime } from '../../widget/panel/message-list/times.ts';

const now = new Date(2026, 4, 14, 9, 30).getTime();
const day = (date: number, month = 4) => new Date(2026, month, date, 23, 50).getTime();

test('days are named as people name them', () => {
  assert.is(formatDay(day(14), now, 'de'), 'Heute');
  assert.is(formatDay(day(13), now, 'de'), 'Gestern');
  assert.is(formatDay(day(11), now, 'de'), 'Montag');
  assert.is(formatDay(day(7), now, 'de'), '7. Mai 2026');
  assert.is(formatDay(day(14), now, 'en'), 'Today');
});

test('yesterday is yesterday across a change of the clocks', () => {
  assert.is(formatDay(new Date(2026, 2, 28, 12).getTime(), new Date(2026, 2, 29, 12).getTime(), 'en'), 'Yesterday');
});

test('a clock that runs behind the server does not name the weekday of tomorrow', () => {
  assert.is(formatDay(day(15), now, 'en'), 'May 15, 2026');
});

test('times follow the habit of the region', () => {
  assert.is(formatTime(now, 'de-DE'), '09:30');
  assert.match(formatTime(now, 'en-US'), /^9:30\sAM$/);
});

test.run();
