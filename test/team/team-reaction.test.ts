import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readReaction } from '../../appservice/team/team-reaction.ts';

const reaction = (key: unknown) => readReaction({ 'm.relates_to': { rel_type: 'm.annotation', event_id: '$a', key } });

test('hands, eyes and ticks mean something, whatever colour and gender a keyboard gives them', () => {
  for (const key of ['👀', '✋', '✋🏽', '🙋', '🙋‍♀️', '🙋🏿‍♂️']) assert.is(reaction(key)?.meaning, 'claim', key);
  for (const key of ['✅', '✅️', '☑️', '✔️', '✔']) assert.is(reaction(key)?.meaning, 'close', key);
});

test('other reactions mean nothing', () => {
  for (const key of ['👍', 'close', '', '✅✅', 'constructor', '__proto__']) assert.is(reaction(key)?.meaning, undefined, key);
});

test('content that is no reaction is none', () => {
  for (const relation of [
    undefined,
    null,
    'x',
    {},
    { rel_type: 'm.thread', event_id: '$a', key: '✅' },
    { rel_type: 'm.annotation', key: '✅' },
  ]) {
    assert.is(readReaction({ 'm.relates_to': relation }), undefined);
  }
  assert.is(reaction(5), undefined);
});

test.run();
