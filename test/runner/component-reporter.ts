import type { Reporter, TestSession, TestSuiteResult } from '@web/test-runner';

type Counts = { passed: number; failed: number };

const total = (counts: readonly Counts[]): Counts => ({
  passed: counts.reduce((all, { passed }) => all + passed, 0),
  failed: counts.reduce((all, { failed }) => all + failed, 0),
});

function countSuite(suite: TestSuiteResult): Counts {
  const passed = suite.tests.filter((one) => one.passed).length;
  return total([{ passed, failed: suite.tests.length - passed }, ...suite.suites.map(countSuite)]);
}

function countSession({ testResults, errors }: TestSession): Counts {
  const { passed, failed } = testResults === undefined ? { passed: 0, failed: 0 } : countSuite(testResults);
  // A file that could not be loaded has errors and no test.
  return { passed, failed: failed === 0 && (errors.length > 0 || passed === 0) ? 1 : failed };
}

/** Reporter for @web/test-runner: writes the line from which `test/run.ts` counts. */
export function componentReporter(): Reporter {
  return {
    onTestRunFinished({ sessions }) {
      const { passed, failed } = total([...sessions].map(countSession));
      process.stdout.write(`\ncomponents: ${passed} passed, ${failed} failed\n`);
    },
  };
}
