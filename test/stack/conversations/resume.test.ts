import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { beginConversation, openConversation, type OpenConversation } from '../open-conversation.ts';
import { sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, type CompanyAgent, type TestCompany } from '../test-company.ts';
import { bodyOf, visitorWith } from '../visitor-client.ts';
import { eventually } from '../waiting.ts';

type Context = { stack: StackAccess; company: TestCompany; agent: CompanyAgent; talk: OpenConversation };

const resume = suite<Context>('history and resuming');

resume.before(async (context) => {
  context.stack = sharedStackAccess();
  context.company = await newCompany(context.stack);
  context.agent = await context.company.newAgent();
  context.talk = await openConversation(context.stack, context.company, context.agent);
});
resume.after(async ({ agent }) => {
  await agent.stop();
});

const numbered = (count: number, word: string): string[] => Array.from({ length: count }, (_, index) => `${CANARY} ${word} ${index}`);

async function sayAll({ agent }: Context, { roomId, visitor, id }: OpenConversation, bodies: readonly string[]): Promise<void> {
  for (const body of bodies) await agent.say(roomId, body);
  const last = bodies.at(-1);
  // Missed means: it has its place before the stream is opened again.
  await eventually('the last message to have its place', async () =>
    (await visitor.history(id)).some((event) => bodyOf(event) === last) ? true : undefined,
  );
}

for (const { count, how } of [
  { count: 3, how: 'one by one' },
  { count: 30, how: 'in pages' },
]) {
  resume(`a stream that was away for ${count} messages gets them in order, none lost and none doubled (read ${how})`, async (context) => {
    const { talk } = context;
    const stream = await talk.visitor.openStream();
    await context.agent.say(talk.roomId, `${CANARY} vorher`);
    await stream.waitForBody(`${CANARY} vorher`);
    await stream.close();
    const missed = numbered(count, `verpasst ${how}`);
    await sayAll(context, talk, missed);
    const again = await talk.visitor.openStream(stream.cursor());
    await context.agent.say(talk.roomId, `${CANARY} danach`);
    await again.waitForBody(`${CANARY} danach`);
    assert.equal(again.bodies(), [...missed, `${CANARY} danach`]);
    const seqs = again.messages.flatMap((message) => (message.name === 'event' ? [message.data.seq ?? 0] : []));
    assert.equal(
      seqs,
      seqs.toSorted((one, other) => one - other),
    );
    await again.close();
  });
}

resume('messages that come while a stream resumes are neither lost nor doubled', async (context) => {
  const { talk } = context;
  const stream = await talk.visitor.openStream();
  await context.agent.say(talk.roomId, `${CANARY} Anfang`);
  await stream.waitForBody(`${CANARY} Anfang`);
  await stream.close();
  const bodies = numbered(20, 'dazwischen');
  const saying = (async () => {
    for (const body of bodies) await context.agent.say(talk.roomId, body);
  })();
  let cursor = stream.cursor();
  const got: string[] = [];
  // Comes and goes all the time, as on a train.
  for (let round = 0; round < 8; round += 1) {
    const short = await talk.visitor.openStream(cursor);
    await short.close();
    got.push(...short.bodies());
    cursor = short.cursor();
  }
  await saying;
  const rest = await talk.visitor.openStream(cursor);
  await eventually('everything to have come', async () => (new Set([...got, ...rest.bodies()]).size >= bodies.length ? true : undefined));
  assert.equal([...new Set([...got, ...rest.bodies()])], bodies);
  assert.is(rest.bodies().filter((body) => got.includes(body)).length, 0);
  await rest.close();
});

resume('after a reload the whole history is there, page by page, oldest first', async (context) => {
  const { talk } = context;
  const unread = (await talk.visitor.conversations())[0]?.unread ?? 0;
  const earlier = await talk.visitor.history(talk.id);
  assert.is(bodyOf(earlier[0] ?? { content: {} }), `${CANARY} Hallo`);
  const bodies = numbered(12, 'Verlauf');
  await sayAll(context, talk, bodies);
  const reloaded = visitorWith(context.stack, talk.visitor.token);
  const [summary] = await reloaded.conversations();
  assert.equal([summary?.id, summary?.unread], [talk.id, unread + 12]);
  for (const size of [5, 100]) {
    const events = await reloaded.history(talk.id, size);
    assert.equal(events.map(bodyOf), [...earlier.map(bodyOf), ...bodies], `in pages of ${size}`);
    assert.equal(
      events.map(({ sender }) => sender.kind),
      [...earlier.map(({ sender }) => sender.kind), ...bodies.map(() => 'agent')],
    );
    assert.is(events[0]?.sender.kind, 'person');
  }
});

resume('two streams of one session both see everything', async (context) => {
  const { talk } = context;
  const streams = [await talk.visitor.openStream(), await talk.visitor.openStream()];
  await context.agent.say(talk.roomId, `${CANARY} für beide`);
  await talk.visitor.say(`${CANARY} von mir`);
  for (const stream of streams) {
    await stream.waitForBody(`${CANARY} für beide`);
    await stream.waitForBody(`${CANARY} von mir`);
    assert.is(stream.bodies().length, 2);
    await stream.close();
  }
});

resume('a malformed cursor is no cursor: the stream begins with what is live', async (context) => {
  const { talk } = context;
  for (const cursor of ['rubbish', `${talk.id}:x`, `${talk.id}:-1`, `__proto__:1,${'x'.repeat(3_000)}`]) {
    const stream = await talk.visitor.openStream(cursor);
    assert.equal(stream.bodies(), []);
    await stream.close();
  }
});

resume('a cursor of another person shows nothing of theirs', async (context) => {
  const mine = await beginConversation(context.stack, context.company);
  const theirs = context.talk;
  const stream = await mine.visitor.openStream(`${theirs.id}:0,${mine.id}:0`);
  assert.equal(stream.bodies(), [`${CANARY} Hallo`]);
  assert.not.match(mine.visitor.everything(), theirs.id);
  await stream.close();
});

resume.run();
