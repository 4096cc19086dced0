import { randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { newNumber } from '../accounts/person-fixture.ts';
import { fromNetwork } from '../stack/from-network.ts';
import { authorization } from '../openid/openid-fixture.ts';
import { signInAt } from '../stack/openid/begun-sign-in.ts';
import { breathe, median } from './alternation.ts';
import { timeToArrive } from './arrivals.ts';
import { makeBenchCompany } from './bench-company.ts';
import type { BenchStack } from './bench-stack.ts';
import type { Figure } from './figure.ts';

const PER_SECOND = 50;

/** Messages that are timed in a round, quiet or not. */
const MESSAGES = 10;

/** Sign-ins that nobody has answered yet; people do not come faster than they are answered without end. */
const MOST_OPEN = 200;

/** How many sign-ins the service answered with which status. */
type Answered = Map<number, number>;

/**
 * Each from a network of its own, so that no network's limit takes the load away. From where Synapse sends people to: what it takes for
 * the redirect itself is nothing that our service could refuse.
 */
async function signIn(stack: BenchStack, answered: Answered): Promise<void> {
  const ask = fromNetwork(randomInt(30, 250), randomInt(1, 250));
  const begun = await ask(`${stack.appUrl}${authorization(stack.config).address}`);
  const password = { identifier: newNumber(), password: 'lauter zimt und blaue segel' };
  const { status } = begun.status === 429 ? begun : await signInAt(stack, ask, begun).ask('methods/password', password);
  answered.set(status, (answered.get(status) ?? 0) + 1);
}

/** Begins fifty sign-ins a second until it is stopped; then waits for those that have begun. */
function burst(stack: BenchStack, answered: Answered): { stop(): Promise<void> } {
  const begun = new Set<Promise<void>>();
  let isOver = false;
  const done = (async () => {
    const start = performance.now();
    for (let count = 0; !isOver; count += 1) {
      if (begun.size < MOST_OPEN) {
        const one = signIn(stack, answered).finally(() => begun.delete(one));
        begun.add(one);
      }
      // By the clock: a machine that lags behind is not spared.
      await wait(Math.max(0, start + ((count + 1) * 1000) / PER_SECOND - performance.now()));
    }
  })();
  return {
    async stop() {
      isOver = true;
      await done;
      await Promise.all(begun);
    },
  };
}

/**
 * From a visitor's send until an agent's `/sync` shows it while fifty people a second sign in with a password, against the same when
 * nobody does: what exceeds the share of sign-ins is refused, so that conversations go on (issue 5 section 7).
 */
export const chatUnderSignIns: Figure = {
  name: 'chat-under-sign-ins',
  unit: 'ratio',
  goal: { atMost: 2 },
  usualSamples: 6,
  async measure({ stack: open, samples }) {
    const stack = await open();
    const company = await makeBenchCompany(stack);
    const visitor = await company.newVisitor();
    await company.settle();
    const atAgent = await company.agent.follow();
    const answered: Answered = new Map();
    const times = async (): Promise<number[]> => {
      const taken: number[] = [];
      for (let index = 0; index < MESSAGES; index += 1) {
        taken.push(await timeToArrive(atAgent, (text) => visitor.send(text)));
        await breathe();
      }
      return taken;
    };
    try {
      await times();
      const idle: number[] = [];
      const busy: number[] = [];
      for (let round = 0; round < samples; round += 1) {
        idle.push(...(await times()));
        const load = burst(stack, answered);
        try {
          // Until the burst has filled what it may fill.
          await wait(500);
          busy.push(...(await times()));
        } finally {
          await load.stop();
        }
      }
      return {
        value: median(busy) / median(idle),
        details: {
          idleMs: median(idle),
          busyMs: median(busy),
          busyMaxMs: Math.max(...busy),
          comparedPasswords: answered.get(403) ?? 0,
          refusedSignIns: answered.get(429) ?? 0,
        },
      };
    } finally {
      await atAgent.stop();
    }
  },
};
