import { alternate, breathe } from './alternation.ts';
import { timeToArrive } from './arrivals.ts';
import { makeBenchCompany } from './bench-company.ts';
import { ratioOfTimes, type Figure } from './figure.ts';

/** From an agent's send until the visitor's stream shows it, against the same until the `/sync` of a plain client in a room alike does. */
export const agentToVisitor: Figure = {
  name: 'agent-to-visitor',
  unit: 'ratio',
  goal: { atMost: 1.1 },
  usualSamples: 60,
  async measure({ stack: open, samples }) {
    const stack = await open();
    const company = await makeBenchCompany(stack);
    const { agent } = company;
    const visitor = await company.newVisitor();
    await company.settle();
    const user = await stack.newUser();
    const room = await company.newRoomLike(visitor.roomId, user);
    const [atVisitor, atUser] = [await visitor.follow(), await user.follow()];
    try {
      const comparison = await alternate(
        { samples, warmUp: 10, settle: breathe },
        () => timeToArrive(atVisitor, (text) => agent.send(visitor.roomId, text)),
        () => timeToArrive(atUser, (text) => agent.send(room, text)),
      );
      return ratioOfTimes(comparison);
    } finally {
      await atVisitor.stop();
      await atUser.stop();
    }
  },
};
