import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createTypingSignal } from '../../widget/panel/typing-signal.ts';

function aSignal() {
  const told: boolean[] = [];
  const clock = { now: 0 };
  return {
    told,
    clock,
    signal: createTypingSignal(
      (typing) => told.push(typing),
      () => clock.now,
    ),
  };
}

test('writing is told at most every four seconds', () => {
  const { told, clock, signal } = aSignal();
  for (clock.now = 0; clock.now < 9000; clock.now += 500) signal.wrote();
  signal.stopped();
  assert.equal(told, [true, true, true, false]);
});

test('that nobody is writing is told once, and only after writing was told', () => {
  const { told, signal } = aSignal();
  signal.stopped();
  assert.equal(told, []);
  signal.wrote();
  signal.stopped();
  signal.stopped();
  assert.equal(told, [true, false]);
});

test.run();
