import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { endAll } from '../runner/child-process.ts';
import { clearAbandonedFolders } from '../runner/stack-folder.ts';
import { agentToVisitor } from './agent-to-visitor.ts';
import { openBenchStack, type BenchStack } from './bench-stack.ts';
import { chatUnderSignIns } from './chat-under-sign-ins.ts';
import { toLine, type Figure, type FigureLine } from './figure.ts';
import { firstMessage } from './first-message.ts';
import { secondStart } from './second-start.ts';
import { streamMemory } from './stream-memory.ts';
import { throughput } from './throughput.ts';
import { visitorToAgent } from './visitor-to-agent.ts';

const FIGURES: readonly Figure[] = [streamMemory, visitorToAgent, agentToVisitor, firstMessage, throughput, chatUnderSignIns, secondStart];

const USAGE = `Usage: npm run bench -- [--only FIGURE] [--samples N]

  --only FIGURE   one of ${FIGURES.map(({ name }) => name).join(', ')}
  --samples N     how often to measure, in place of each figure's usual number

SMOOPE_STACK=DIR/stack.json uses a running stack; otherwise one is started and ended.`;

/** No figure takes longer than this, its stack not counted. */
const FIGURE_BOUND_MS = 10 * 60_000;

// The figures alone go to standard output, so that it can be read by a program.
const say = (text: string): void => void process.stderr.write(`${text}\n`);

function readArguments(): { figures: readonly Figure[]; samples: number | undefined } {
  const { values } = parseArgs({ options: { only: { type: 'string' }, samples: { type: 'string' } } });
  const samples = values.samples === undefined ? undefined : Number(values.samples);
  if (samples !== undefined && !(Number.isInteger(samples) && samples >= 1 && samples <= 1000)) {
    throw new Error(`--samples must be a whole number from 1 to 1000, not "${values.samples ?? ''}"`);
  }
  const figures = FIGURES.filter(({ name }) => values.only === undefined || name === values.only);
  if (figures.length === 0) throw new Error(`--only must name a figure, not "${values.only ?? ''}"`);
  return { figures, samples };
}

let opened: Promise<BenchStack> | undefined;

function stack(): Promise<BenchStack> {
  opened ??= openBenchStack();
  return opened;
}

async function stopStack(): Promise<void> {
  const running = await opened?.catch(() => undefined);
  await running?.stop();
}

async function measure(figure: Figure, samples: number): Promise<FigureLine> {
  const tooLong = Promise.withResolvers<never>();
  const timer = setTimeout(() => tooLong.reject(new Error('took too long')), FIGURE_BOUND_MS);
  try {
    return toLine(figure, samples, await Promise.race([figure.measure({ stack, samples }), tooLong.promise]));
  } finally {
    clearTimeout(timer);
  }
}

async function measureAll(figures: readonly Figure[], asked: number | undefined): Promise<number> {
  const missed: string[] = [];
  let failed = 0;
  for (const figure of figures) {
    const samples = asked ?? figure.usualSamples;
    say(`${figure.name} (${samples} samples) …`);
    try {
      const line = await measure(figure, samples);
      process.stdout.write(`${JSON.stringify(line)}\n`);
      if (!line.reached) missed.push(`${line.figure} is ${line.value}, wanted ${line.goal}`);
    } catch (error) {
      failed += 1;
      say(`${figure.name} could not be measured: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }
  if (missed.length > 0) say(`Not reached: ${missed.join('; ')}.`);
  else if (failed === 0) say(figures.length === 1 ? 'The goal is reached.' : 'All goals are reached.');
  return failed;
}

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
await clearAbandonedFolders();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    say(`Interrupted by ${signal}; stopping what was started …`);
    void endAll()
      .then(stopStack)
      .finally(() => process.exit(130));
  });
}

let wanted;
try {
  wanted = readArguments();
} catch (error) {
  say(`${error instanceof Error ? error.message : 'the arguments cannot be read'}\n\n${USAGE}`);
  process.exit(2);
}
// A goal that is missed is a result; only a figure that could not be measured is a failure.
const failures = await measureAll(wanted.figures, wanted.samples);
await stopStack();
await endAll();
process.exit(failures > 0 ? 1 : 0);
