/** What a step of the run came to. */
export type Outcome = {
  passed: number;
  failed: number;
  /** What to show of each failure, in full. */
  failures: string[];
};

/** The outcome of a step that is one test. */
export function single(name: string, ok: boolean, output: string): Outcome {
  return ok ? { passed: 1, failed: 0, failures: [] } : { passed: 0, failed: 1, failures: [`${name}\n${output}`] };
}

/** Several outcomes as one. */
export function sum(outcomes: readonly Outcome[]): Outcome {
  return {
    passed: outcomes.reduce((total, { passed }) => total + passed, 0),
    failed: outcomes.reduce((total, { failed }) => total + failed, 0),
    failures: outcomes.flatMap(({ failures }) => failures),
  };
}

const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

/** How a test process ended. */
export type Ended = { code: number | null; output: string; timedOut: boolean };

/** What uvu's closing lines say; undefined where they are missing. */
function uvuTotals(output: string): { total: number; passed: number; skipped: number } | undefined {
  const match = /Total: +(\d+)\s+Passed: +(\d+)\s+Skipped: +(\d+)/.exec(output.replaceAll(COLOURS, ''));
  return match === null ? undefined : { total: Number(match[1]), passed: Number(match[2]), skipped: Number(match[3]) };
}

/**
 * The outcome of a process that ran uvu suites. No totals, no tests at all, a skipped one or a bad exit after passing are failures:
 * none of them may look like success.
 */
export function uvuOutcome(name: string, { code, output, timedOut }: Ended): Outcome {
  const totals = uvuTotals(output);
  const reason = timedOut ? 'did not end in time' : `ended with code ${String(code)}`;
  if (totals === undefined || totals.total === 0) return single(`${name}: ran no test and ${reason}`, false, output);
  const notPassed = totals.total - totals.passed + totals.skipped;
  const failed = notPassed === 0 && (code !== 0 || timedOut) ? 1 : notPassed;
  return { passed: totals.passed, failed, failures: failed === 0 ? [] : [`${name}: ${reason}\n${output}`] };
}

/** The outcome of Python's unittest. */
export function unittestOutcome(name: string, { code, output, timedOut }: Ended): Outcome {
  const total = Number(/^Ran (\d+) tests?/m.exec(output)?.[1] ?? 0);
  if (total === 0 || timedOut) return single(`${name}: ran no test to its end`, false, output);
  const bad = /^FAILED \((.*)\)/m.exec(output)?.[1] ?? '';
  const counted = [...bad.matchAll(/(failures|errors|unexpected successes)=(\d+)/g)].reduce((all, match) => all + Number(match[2]), 0);
  const skipped = Number(/skipped=(\d+)/.exec(output)?.[1] ?? 0);
  const failed = Math.min(total, Math.max(counted + skipped, code === 0 ? 0 : 1));
  return { passed: total - failed, failed, failures: failed === 0 ? [] : [`${name}\n${output}`] };
}

/** The outcome of the browser's component tests, from the line `test/runner/component-reporter.ts` writes. */
export function componentOutcome(name: string, { code, output, timedOut }: Ended): Outcome {
  const match = /^components: (\d+) passed, (\d+) failed$/m.exec(output);
  const [passed, counted] = [Number(match?.[1] ?? 0), Number(match?.[2] ?? 0)];
  if (timedOut || passed + counted === 0) return single(`${name}: ran no test to its end`, false, output);
  const failed = counted === 0 && code !== 0 ? 1 : counted;
  return { passed, failed, failures: failed === 0 ? [] : [`${name}\n${output}`] };
}
