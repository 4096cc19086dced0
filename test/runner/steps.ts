import { availableParallelism } from 'node:os';
import { ensurePythonEnvironment } from '../../homeserver-config/embedded/python-environment.ts';
import { synapseEnvironment } from '../../homeserver-config/embedded/synapse.ts';
import { startCluster } from '../companies/test-database.ts';
import { checkBudgets } from './budgets.ts';
import { runChild } from './child-process.ts';
import { componentOutcome, single, sum, unittestOutcome, uvuOutcome, type Outcome } from './outcome.ts';
import { warningsSince } from './service-warnings.ts';
import { sharingGroups, suiteFiles, unitGroups } from './suite-files.ts';

/** Parts of the run that can be asked for by name. */
export const PARTS = ['checks', 'build', 'unit', 'python', 'homeserver', 'migrations', 'stack', 'browser'] as const;

/** Name of a part of the run. */
export type PartName = (typeof PARTS)[number];

/** What a step may use. */
export type Means = {
  /** Keeps only test files whose path holds this. */
  only: string | undefined;
  /** Environment with SMOOPE_STACK; starts the shared stack at the first call. */
  withStack: () => Promise<NodeJS.ProcessEnv>;
};

/** One step of the run. */
export type Step = { name: string; part: PartName; run: (means: Means) => Promise<Outcome> };

const MINUTE = 60_000;
// One more than there are cores: a suite waits for the homeserver's disk and clocks as often as it works.
const SUITES_AT_ONCE = availableParallelism() + 1;
const ARCHITECTURE = ['test/architecture.test.ts', 'test/architecture/rules.test.ts'];
const bin = (name: string): string => `node_modules/.bin/${name}`;

async function check(name: string, command: string, args: readonly string[]): Promise<Outcome> {
  const { code, output } = await runChild(command, args, 3 * MINUTE);
  return single(name, code === 0, output);
}

/** What looks at the text of all files, side by side: none of them uses both cores all the time. */
async function runChecks(): Promise<Outcome> {
  const checks = [
    check('format: npx prettier --write . puts it right', bin('prettier'), ['--check', '.']),
    check('lint', bin('oxlint'), ['--type-aware', '--deny-warnings']),
    check('types', bin('tsc'), ['--project', '.']),
  ];
  return sum(await Promise.all(checks));
}

const picked = (files: readonly string[], only: string | undefined): string[] =>
  files.filter((file) => only === undefined || file.includes(only));

async function runUvu(name: string, files: readonly string[], boundMs: number, env?: NodeJS.ProcessEnv): Promise<Outcome> {
  return uvuOutcome(name, await runChild(process.execPath, ['test/runner/uvu-group.ts', ...files], boundMs, env));
}

/** Runs some at a time. */
async function runSome<Item>(width: number, items: readonly Item[], run: (item: Item) => Promise<Outcome>): Promise<Outcome> {
  const waiting = [...items];
  const outcomes: Outcome[] = [];
  const work = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) outcomes.push(await run(item));
  };
  await Promise.all(Array.from({ length: width }, work));
  return sum(outcomes);
}

async function runUnits({ only }: Means): Promise<Outcome> {
  const groups = [...unitGroups()].map(([name, files]) => ({ name, files: picked(files, only) })).filter(({ files }) => files.length > 0);
  if (groups.length < 2) return runSome(2, groups, ({ name, files }) => runUvu(name, files, 2 * MINUTE));
  // One PostgreSQL for all groups: making one takes longer than most of them.
  const { adminUrl, stop } = await startCluster();
  const env = { ...process.env, SMOOPE_TEST_POSTGRES: adminUrl };
  try {
    return await runSome(2, groups, ({ name, files }) => runUvu(name, files, 2 * MINUTE, env));
  } finally {
    await stop();
  }
}

/** Runs suites in processes of their own, a few in each, some processes at a time. */
function each(folder: string, boundMs: number, needsStack: boolean): Step['run'] {
  return async ({ only, withStack }) => {
    const groups = sharingGroups(picked(suiteFiles(folder), only));
    if (groups.length === 0) return sum([]);
    const env = needsStack ? await withStack() : undefined;
    return runSome(SUITES_AT_ONCE, groups, async (files) => {
      const begin = Date.now();
      const outcome = await runUvu(files.join(', '), files, boundMs * files.length, env);
      const took = ((Date.now() - begin) / 1000).toFixed(1);
      process.stdout.write(`  ${files.join(', ')}: ${outcome.passed} passed, ${outcome.failed} failed (${took} s)\n`);
      const warnings = outcome.failed > 0 ? warningsSince(begin, env?.['SMOOPE_STACK']) : '';
      return { ...outcome, failures: outcome.failures.map((failure) => failure + warnings) };
    });
  };
}

async function runPython(): Promise<Outcome> {
  const python = await ensurePythonEnvironment(() => undefined);
  const args = ['-m', 'unittest', 'discover', '-s', 'homeserver-config/synapse/module/tests', '-t', 'homeserver-config/synapse/module'];
  return unittestOutcome('Synapse module', await runChild(python, args, 3 * MINUTE, synapseEnvironment(process.env)));
}

async function runComponents({ only }: Means): Promise<Outcome> {
  const files = picked(suiteFiles('test/browser/components'), only);
  if (files.length === 0) return sum([]);
  return componentOutcome('components', await runChild(bin('wtr'), ['--files', ...files], 5 * MINUTE));
}

/** All steps in their order: what fails fast comes first. */
export const STEPS: readonly Step[] = [
  { name: 'format, lint, types', part: 'checks', run: runChecks },
  { name: 'architecture', part: 'checks', run: () => runUvu('architecture', ARCHITECTURE, MINUTE) },
  { name: 'build', part: 'build', run: () => check('build', 'npm', ['run', 'build']) },
  { name: 'byte budgets', part: 'build', run: async () => checkBudgets() },
  { name: 'unit', part: 'unit', run: runUnits },
  { name: 'Synapse module', part: 'python', run: runPython },
  { name: 'homeserver', part: 'homeserver', run: each('test/homeserver-config', 5 * MINUTE, false) },
  { name: 'migrations', part: 'migrations', run: each('test/migrations', 2 * MINUTE, true) },
  { name: 'stack', part: 'stack', run: each('test/stack', 8 * MINUTE, true) },
  { name: 'components', part: 'browser', run: runComponents },
  { name: 'journeys', part: 'browser', run: each('test/browser/journeys', 4 * MINUTE, true) },
  // Last: it looks at what all the others made the service log.
  { name: 'logs', part: 'stack', run: each('test/logs', MINUTE, true) },
];
