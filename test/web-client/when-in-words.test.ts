import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { dayInWords, isSameDay, whenInWords } from '../../web-client/conversations/when-in-words.ts';

const words = suite('when something was said');
const text = { today: 'Heute', yesterday: 'Gestern' };
const now = new Date(2026, 2, 11, 15, 30).getTime();
const at = (month: number, day: number, hour = 9): number => new Date(2026, month, day, hour, 5).getTime();

words('a list shows the hour of today, then the day, then the date', () => {
  assert.is(whenInWords(at(2, 11), 'de', text, now), '09:05');
  assert.is(whenInWords(at(2, 10, 23), 'de', text, now), 'Gestern');
  assert.is(whenInWords(at(2, 5), 'de', text, now), 'Donnerstag');
  assert.is(whenInWords(at(2, 4), 'de', text, now), '04.03.26');
});

words('a clock that is ahead of ours is today, never a day to come', () => {
  assert.is(whenInWords(now + 90_000, 'de', text, now), '15:31');
  assert.is(dayInWords(now + 90_000, 'de', text, now), 'Heute');
});

words('between messages stands their day', () => {
  assert.is(dayInWords(at(2, 10), 'de', text, now), 'Gestern');
  assert.is(dayInWords(at(2, 6), 'en', text, now), 'Friday');
  assert.is(dayInWords(at(0, 2), 'de', text, now), '2. Januar 2026');
});

words('a day begins at midnight of the reader', () => {
  assert.ok(isSameDay(at(2, 11, 0), at(2, 11, 23)));
  assert.not.ok(isSameDay(at(2, 10, 23), at(2, 11, 0)));
});

words.run();
