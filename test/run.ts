import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fetchHeadlessShell } from './browser/headless-shell.ts';
import { endAll } from './runner/child-process.ts';
import { adminUrlOf, forgetTheDisk } from './runner/forgetful-disk.ts';
import { single, sum, type Outcome } from './runner/outcome.ts';
import { clearAbandonedFolders } from './runner/stack-folder.ts';
import { PARTS, STEPS, type Means, type Step } from './runner/steps.ts';
import { ensureAgentPython } from './stack/agents/agent-python.ts';
import { startSharedStack, type SharedStack } from './stack/shared-stack.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const seconds = (since: number): string => `${((Date.now() - since) / 1000).toFixed(1)} s`;

function chosenSteps(): { steps: Step[]; only: string | undefined } {
  const { values, positionals } = parseArgs({ options: { only: { type: 'string' } }, allowPositionals: true });
  const unknown = positionals.filter((name) => !PARTS.some((part) => part === name));
  if (unknown.length > 0) throw new Error(`There is no part ${unknown.join(', ')}; the parts are ${PARTS.join(', ')}.`);
  const { only } = values;
  const steps = STEPS.filter(({ part }) =>
    positionals.length === 0 ? only === undefined || !['checks', 'build'].includes(part) : positionals.includes(part),
  );
  return { steps, only };
}

let starting: Promise<SharedStack> | undefined;
let isInterrupted = false;

async function withStack(): Promise<NodeJS.ProcessEnv> {
  // Somebody who works on one suite may keep a stack running and name it.
  if (process.env['SMOOPE_STACK'] !== undefined) return process.env;
  if (isInterrupted) throw new Error('The run was interrupted.');
  const begin = Date.now();
  const isFirst = starting === undefined;
  starting ??= startSharedStack();
  const { file } = await starting;
  if (isFirst) {
    await forgetTheDisk(adminUrlOf(file));
    say(`  stack ready (${seconds(begin)})`);
  }
  return { ...process.env, SMOOPE_STACK: file };
}

async function stopStack(): Promise<string> {
  const stack = await starting?.catch(() => undefined);
  await stack?.stop();
  return stack?.output() ?? '';
}

async function runStep(step: Step, means: Means): Promise<Outcome> {
  const begin = Date.now();
  say(`\n${step.name} …`);
  const outcome = await step
    .run(means)
    .catch((error: unknown) => single(step.name, false, error instanceof Error ? (error.stack ?? '') : ''));
  say(`${step.name}: ${outcome.passed} passed, ${outcome.failed} failed (${seconds(begin)})`);
  outcome.failures.forEach((failure) => say(`\n--- ${failure.trimEnd()}\n---`));
  return outcome;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    isInterrupted = true;
    say(`\nInterrupted by ${signal}; stopping what was started …`);
    void endAll()
      .then(stopStack)
      .then(() => clearAbandonedFolders())
      .finally(() => process.exit(130));
  });
}

function headline(failure: string): string {
  const [first = '', ...rest] = failure.split('\n');
  return [`  ${first}`, ...rest.filter((line) => /^\s+FAIL\s/.test(line)).map((line) => `    ${line.trim()}`)].join('\n');
}

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const outcomes: Outcome[] = [];
const { steps, only } = chosenSteps();
const begin = Date.now();
await clearAbandonedFolders();
// Fetched while the first steps run; what goes wrong is told by the step that needs it.
void ensureAgentPython().catch(() => undefined);
void fetchHeadlessShell().catch(() => undefined);
for (const step of steps) if (!isInterrupted) outcomes.push(await runStep(step, { only, withStack }));
const stackOutput = await stopStack();
await endAll();
const total = sum(outcomes);
if (total.failed > 0 && stackOutput !== '') say(`\nThe end of what the stack wrote:\n${stackOutput.slice(-8000)}`);
if (total.failed > 0) say(`\nFailed:\n${total.failures.map(headline).join('\n')}`);
say(`\nDone in ${seconds(begin)}.`);
say(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
