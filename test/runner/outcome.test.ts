import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { componentOutcome, sum, unittestOutcome, uvuOutcome, type Ended, type Outcome } from './outcome.ts';

const ended = (output: string, code: number | null = 0, timedOut = false): Ended => ({ code, output, timedOut });
const counts = ({ passed, failed }: Outcome): number[] => [passed, failed];
const totals = (total: number, passed: number, skipped = 0): string =>
  `\n  Total:     ${total}\n  Passed:    ${passed}\n  Skipped:   ${skipped}\n`;

test('passed and failed tests of uvu are counted, with colours too', () => {
  assert.equal(counts(uvuOutcome('x', ended(totals(7, 7)))), [7, 0]);
  const esc = String.fromCharCode(27);
  const coloured = `  Total:     7\n${esc}[31m  Passed:    5${esc}[39m\n  Skipped:   0\n`;
  const outcome = uvuOutcome('x', ended(coloured, 1));
  assert.equal(counts(outcome), [5, 2]);
  assert.match(outcome.failures[0] ?? '', 'ended with code 1');
});

test('a process that ran nothing is a failure', () => {
  assert.equal(counts(uvuOutcome('x', ended('', 0))), [0, 1]);
  assert.equal(counts(uvuOutcome('x', ended(totals(0, 0)))), [0, 1]);
  assert.match(uvuOutcome('x', ended('SyntaxError', 1)).failures[0] ?? '', 'SyntaxError');
});

test('a skipped test is a failure', () => {
  assert.equal(counts(uvuOutcome('x', ended(totals(3, 3, 2)))), [3, 2]);
});

test('a process that hangs or exits badly after its tests passed is a failure', () => {
  assert.equal(counts(uvuOutcome('x', ended(totals(3, 3), null, true))), [3, 1]);
  assert.equal(counts(uvuOutcome('x', ended(totals(3, 3), 1))), [3, 1]);
});

test('tests of unittest are counted', () => {
  assert.equal(counts(unittestOutcome('x', ended('Ran 12 tests in 0.1s\n\nOK\n'))), [12, 0]);
  assert.equal(counts(unittestOutcome('x', ended('Ran 12 tests in 0.1s\n\nFAILED (failures=2, errors=1)\n', 1))), [9, 3]);
  assert.equal(counts(unittestOutcome('x', ended('Ran 12 tests in 0.1s\n\nOK (skipped=1)\n'))), [11, 1]);
  assert.equal(counts(unittestOutcome('x', ended('Ran 0 tests in 0.0s\n\nOK\n'))), [0, 1]);
  assert.equal(counts(unittestOutcome('x', ended('No module named unittest', 1))), [0, 1]);
});

test('tests of the browser are counted', () => {
  assert.equal(counts(componentOutcome('x', ended('components: 9 passed, 0 failed\n'))), [9, 0]);
  assert.equal(counts(componentOutcome('x', ended('components: 8 passed, 1 failed\n', 1))), [8, 1]);
  assert.equal(counts(componentOutcome('x', ended('components: 8 passed, 0 failed\n', 1))), [8, 1]);
  assert.equal(counts(componentOutcome('x', ended('could not find Chromium', 1))), [0, 1]);
});

test('outcomes add up', () => {
  const outcome = sum([uvuOutcome('x', ended(totals(3, 3))), uvuOutcome('y', ended(''))]);
  assert.equal([outcome.passed, outcome.failed, outcome.failures.length], [3, 1, 1]);
});

test.run();
