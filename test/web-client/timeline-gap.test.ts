import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { judgeGap } from '../../web-client/matrix/timeline-gap.ts';

const gap = suite('gaps between what is known and what was received');
const ask = (known: string, received: string, more: { isAnew?: boolean; knowsReach?: boolean } = {}): string =>
  judgeGap({ known: known.split(''), received: received.split(''), isAnew: true, knowsReach: true, ...more });

gap('what does not touch what is known takes its place, because something may lie between', () => {
  assert.is(ask('abc', 'xyz'), 'reset');
  assert.is(ask('abc', 'x', { knowsReach: false }), 'reset');
});

gap('an answer that reaches back further says where earlier messages begin', () => {
  assert.is(ask('de', 'abcdef'), 'take reach');
  assert.is(ask('abc', 'abcd'), 'take reach');
});

gap('what is known further back keeps where earlier messages begin, unless a snapshot does not know it', () => {
  assert.is(ask('abcd', 'cde'), 'keep reach');
  assert.is(ask('abcd', 'cde', { knowsReach: false }), 'take reach');
});

gap('what goes on from the answer before is taken as it is, and so is the first of a room', () => {
  assert.is(ask('abc', 'd', { isAnew: false }), 'take');
  assert.is(ask('', 'abc'), 'take');
  assert.is(ask('abc', ''), 'take');
});

gap.run();
