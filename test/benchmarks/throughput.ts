import { alternate, breathe, median, waitUntil } from './alternation.ts';
import { newText } from './arrivals.ts';
import { makeBenchCompany, type TalkingVisitor } from './bench-company.ts';
import type { BenchStack } from './bench-stack.ts';
import type { Figure } from './figure.ts';

const CONVERSATIONS = 16;
const MESSAGES_EACH = 6;

async function perSecond(senders: readonly ((text: string) => Promise<unknown>)[]): Promise<number> {
  const begin = performance.now();
  await Promise.all(
    senders.map(async (send) => {
      for (let sent = 0; sent < MESSAGES_EACH; sent += 1) await send(newText());
    }),
  );
  return (senders.length * MESSAGES_EACH * 1000) / (performance.now() - begin);
}

/** Number of events in the index for these conversations. */
async function countIndexed({ database }: BenchStack, visitors: readonly TalkingVisitor[]): Promise<number> {
  const ids = visitors.map(({ conversationId }) => conversationId);
  const { rows } = await database.query<{ sum: number }>('select sum(last_seq)::int as sum from conversation where id = any($1)', [ids]);
  return rows[0]?.sum ?? 0;
}

/**
 * Messages a second of 16 visitors who write at once through the widget's API, against the same ghosts sending to the homeserver
 * directly. A round ends for the next one when every event of it has arrived by transaction and stands in the index.
 */
export const throughput: Figure = {
  name: 'throughput',
  unit: 'ratio',
  goal: { atLeast: 0.9 },
  usualSamples: 10,
  async measure({ stack: open, samples }) {
    const stack = await open();
    const company = await makeBenchCompany(stack);
    const visitors: TalkingVisitor[] = [];
    while (visitors.length < CONVERSATIONS) visitors.push(await company.newVisitor());
    await company.settle();
    const ghosts = await Promise.all(visitors.map((visitor) => company.ghostOf(visitor)));
    let expected = await countIndexed(stack, visitors);
    const settle = async (): Promise<void> => {
      expected += CONVERSATIONS * MESSAGES_EACH;
      await waitUntil('all events are indexed', async () => (await countIndexed(stack, visitors)) >= expected);
      await breathe();
    };
    const { ours, plain } = await alternate(
      { samples, warmUp: 2, settle },
      () => perSecond(visitors.map((visitor) => (text) => visitor.send(text))),
      () => perSecond(ghosts.map((ghost, index) => (text) => ghost.send(visitors[index]?.roomId ?? '', text))),
    );
    return {
      value: median(ours) / median(plain),
      details: {
        oursPerSecond: median(ours),
        oursMin: Math.min(...ours),
        oursMax: Math.max(...ours),
        baselinePerSecond: median(plain),
        baselineMin: Math.min(...plain),
        baselineMax: Math.max(...plain),
      },
    };
  },
};
