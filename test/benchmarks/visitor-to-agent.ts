import { alternate, breathe } from './alternation.ts';
import { timeToArrive } from './arrivals.ts';
import { makeBenchCompany } from './bench-company.ts';
import { ratioOfTimes, type Figure } from './figure.ts';

/**
 * From a visitor's send through the widget's API until an agent's `/sync` shows it, against the same from a plain Matrix user
 * in a room alike: what the service costs on the way to the company.
 */
export const visitorToAgent: Figure = {
  name: 'visitor-to-agent',
  unit: 'ratio',
  goal: { atMost: 1.25 },
  usualSamples: 60,
  async measure({ stack: open, samples }) {
    const stack = await open();
    const company = await makeBenchCompany(stack);
    const visitor = await company.newVisitor();
    await company.settle();
    const user = await stack.newUser();
    const room = await company.newRoomLike(visitor.roomId, user);
    const atAgent = await company.agent.follow();
    try {
      const comparison = await alternate(
        { samples, warmUp: 10, settle: breathe },
        () => timeToArrive(atAgent, (text) => visitor.send(text)),
        () => timeToArrive(atAgent, (text) => user.send(room, text)),
      );
      return ratioOfTimes(comparison);
    } finally {
      await atAgent.stop();
    }
  },
};
