import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { problemOf } from '../../widget/panel/attachments/upload-queue.ts';
import { emojiGroups, searchEmoji } from '../../widget/panel/emoji/emoji-list.ts';
import { recordableKind } from '../../browser/files/recorder.ts';

test('the kind that is recorded is one that the browser can and the company takes', () => {
  const all = () => true;
  assert.is(recordableKind(['audio/*'], all), 'audio/ogg;codecs=opus');
  assert.is(
    recordableKind(['audio/*'], (kind) => kind.startsWith('audio/webm')),
    'audio/webm;codecs=opus',
  );
  assert.is(recordableKind(['audio/mp4'], all), 'audio/mp4');
  assert.is(recordableKind(['image/*'], all), undefined);
  assert.is(
    recordableKind(['audio/*'], () => false),
    undefined,
  );
});

test('every emoji stands once, is one that the server takes, and can be sought in two languages', () => {
  const all = emojiGroups.flatMap(({ emoji }) => emoji);
  assert.is(new Set(all.map(([key]) => key)).size, all.length);
  for (const [key, words] of all) {
    assert.ok(key.length <= 32 && /^\p{RGI_Emoji}$/v.test(key), key);
    assert.ok(words.trim().length > 0, key);
  }
});

test('emoji are found by the beginning of a word, or by themselves', () => {
  const found = (words: string) => searchEmoji(words).flatMap(({ emoji }) => emoji.map(([key]) => key));
  assert.ok(found('HERZ').includes('❤️'));
  assert.ok(found('hea').includes('❤️'));
  assert.equal(found('☕'), ['☕']);
  assert.equal(found('xyzzy'), []);
  assert.is(searchEmoji(' '), emojiGroups);
});

test('a type of file is taken by name, by group, or with all others', () => {
  const file = (type: string, size = 10) => new File([new Uint8Array(size)], 'x', { type });
  const limits = (...types: string[]) => ({ maxBytes: 100, types });
  assert.is(problemOf(file('application/pdf'), limits('application/pdf')), undefined);
  assert.is(problemOf(file('audio/ogg'), limits('audio/*')), undefined);
  assert.is(problemOf(file(''), limits('*/*')), undefined);
  assert.is(problemOf(file(''), limits('image/*')), 'wrongType');
  assert.is(problemOf(file('application/pdf', 101), limits('application/pdf')), 'tooBig');
  assert.is(problemOf(file('image/png', 101), limits('application/pdf')), undefined);
});

test.run();
