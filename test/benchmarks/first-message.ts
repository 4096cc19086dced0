import { alternate, breathe } from './alternation.ts';
import { newText } from './arrivals.ts';
import { makeBenchCompany } from './bench-company.ts';
import { ratioOfTimes, type Figure } from './figure.ts';
import { openPanel, openSession, type Visitor } from './visitor.ts';

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

/**
 * Session and first message of a new conversation, as the panel makes them at the first "send" (its page was loaded before, so a
 * room is prepared), against a later message of the same visitor; both until the answer.
 */
export const firstMessage: Figure = {
  name: 'first-message',
  unit: 'ratio',
  goal: { atMost: 1.5 },
  usualSamples: 25,
  async measure({ stack: open, samples }) {
    const stack = await open();
    const company = await makeBenchCompany(stack);
    const settle = async (): Promise<void> => {
      await company.settle();
      await breathe();
    };
    let visitor: Visitor | undefined;
    let ticket = await openPanel(stack.appUrl, company.slug);
    await settle();
    const comparison = await alternate(
      { samples, warmUp: 4, settle },
      () =>
        timeOf(async () => {
          visitor = await openSession(stack.appUrl, ticket);
          await visitor.send(newText());
        }),
      async () => {
        const time = await timeOf(async () => visitor?.send(newText()));
        ticket = await openPanel(stack.appUrl, company.slug);
        return time;
      },
    );
    return ratioOfTimes(comparison);
  },
};
