import { setTimeout as wait } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { codeOf, continueIn, whenMoved } from '../continuations/continuation-fixture.ts';
import { whenOutboxIsDone } from '../conversation-facts.ts';
import type { SendEventResponse } from '../../../appservice/conversations/conversation-wire.ts';
import { newNumber } from '../../accounts/person-fixture.ts';
import { pushTransaction } from '../homeserver-transactions.ts';
import { openConversation } from '../open-conversation.ts';
import { newSignedInPerson } from '../openid/signed-in-person.ts';
import { callJson } from '../stack-access.ts';
import { CANARY, newCompany, type TestCompany } from '../test-company.ts';
import { openVisitor, type Visitor, type VisitorStream } from '../visitor-client.ts';
import { eventually } from '../waiting.ts';
import { bodiesInHistory, bodiesInRoom, sayUntilTaken } from './delivery.ts';
import { assertLogIsSilent, onFaultyStack, type FaultyCompany } from './faulty-company.ts';
import type { FaultyStack } from './faulty-stack.ts';
import { beginRegistration } from './interrupted-registration.ts';

const faults = suite<FaultyCompany>('when the appservice or its database fails');

faults.before(onFaultyStack.open);
faults.after(onFaultyStack.close);

const kept = new Set<() => Promise<void>>();

/** A stream that comes back by itself, as the panel's does; `bodies` is everything it ever showed from `seq` on. It ends with its test. */
function keepStreaming(visitor: Visitor, { conversationId, seq }: SendEventResponse): { bodies: () => string[] } {
  const bodies: string[] = [];
  let cursor = `${conversationId}:${seq - 1}`;
  let current: VisitorStream | undefined;
  let isOver = false;
  const done = (async () => {
    while (!isOver) {
      current = await visitor.openStream(cursor).catch(() => undefined);
      await (current?.ended ?? wait(100));
      bodies.push(...(current?.bodies() ?? []));
      cursor = current === undefined || current.cursor() === '' ? cursor : current.cursor();
      current = undefined;
    }
  })();
  kept.add(async () => {
    isOver = true;
    await current?.close();
    await done;
  });
  return { bodies: () => [...bodies, ...(current?.bodies() ?? [])] };
}

faults.after.each(async () => {
  for (const end of kept) await end();
  kept.clear();
});

faults(
  'the appservice killed again and again under traffic both ways loses nothing and doubles nothing',
  async ({ stack, agent, talk }) => {
    const stream = keepStreaming(talk.visitor, await talk.visitor.say(`${CANARY} Hallo`));
    const asked = Array.from({ length: 30 }, (_, index) => `${CANARY} Frage ${index}`);
    const answered = Array.from({ length: 30 }, (_, index) => `${CANARY} Antwort ${index}`);
    const traffic = Promise.all([
      (async () => {
        for (const body of asked) await sayUntilTaken(talk.visitor, body);
      })(),
      (async () => {
        for (const body of answered) await agent.say(talk.roomId, body);
      })(),
    ]);
    for (let round = 0; round < 3; round += 1) {
      await wait(700);
      await stack.appservice.kill();
      await stack.appservice.start();
    }
    await traffic;
    const all = [...asked, ...answered].toSorted();
    const mine = (bodies: readonly string[]): string[] => bodies.filter((body) => /Frage|Antwort/.test(body)).toSorted();
    assert.equal(mine(await bodiesInRoom(agent, talk.roomId)), all, "in the agent's client");
    await eventually(
      'everything to be in the history',
      async () => (mine(await bodiesInHistory(talk)).length >= all.length ? true : undefined),
      30_000,
    );
    assert.equal(mine(await bodiesInHistory(talk)), all, 'in the history');
    await eventually(
      'everything to have been streamed',
      async () => (new Set(mine(stream.bodies())).size >= all.length ? true : undefined),
      30_000,
    );
    assert.equal(mine(stream.bodies()), all, 'on the stream');
  },
);

/** Sends messages as a company's ghost, which no rate limit holds back. */
async function makeBacklog({ access, database }: FaultyStack, company: TestCompany, conversationId: string, count: number): Promise<void> {
  const { room_id: roomId } = await database('conversation').where({ id: conversationId }).first<{ room_id: string }>('room_id');
  const room = `${access.homeserverUrl}/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}`;
  const as = `user_id=${encodeURIComponent(company.userId)}`;
  const send = async (index: number): Promise<void> => {
    // Each says something else: equal events of one millisecond have one id.
    const body = { msgtype: 'm.text', body: `${CANARY} Rückstand ${index}` };
    const { status } = await callJson(`${room}/send/m.room.message/backlog${index}?${as}`, {
      method: 'PUT',
      token: access.secrets.appserviceToken,
      body,
    });
    assert.is(status, 200);
  };
  for (let index = 0; index < count; index += 10) await Promise.all(Array.from({ length: 10 }, (_, step) => send(index + step)));
}

faults(
  'open streams see missed and new messages within 5 s of a restart, while Synapse still hands over its backlog',
  async ({ stack, agent, talk }) => {
    const stream = keepStreaming(talk.visitor, await talk.visitor.say(`${CANARY} Hallo`));
    await eventually('the stream to stand', async () => (stream.bodies().length > 0 ? true : undefined));
    // Another company, which nobody follows: its events come by the backlog alone.
    const noisy = await newCompany(stack.access);
    const { conversationId } = await (await openVisitor(stack.access, noisy.slug)).say(`${CANARY} Lärm`);
    const backlog = async (): Promise<number> => {
      const rows = await stack
        .database('conversation_event')
        .where({ conversation_id: conversationId, sender: noisy.userId, type: 'm.room.message' })
        .whereNull('about_person');
      return rows.length;
    };
    await stack.appservice.kill();
    await makeBacklog(stack, noisy, conversationId, 300);
    await agent.say(talk.roomId, `${CANARY} verpasst`);
    await stack.appservice.start();
    const restarted = Date.now();
    await agent.say(talk.roomId, `${CANARY} neu`);
    await eventually('both messages', async () => (stream.bodies().includes(`${CANARY} neu`) ? true : undefined), 10_000);
    const after = Date.now() - restarted;
    const drained = await backlog();
    assert.ok(after < 5_000, `it took ${after} ms`);
    assert.ok(drained < 300, 'the backlog was through already, so that nothing was proved');
    assert.equal(stream.bodies(), [`${CANARY} Hallo`, `${CANARY} verpasst`, `${CANARY} neu`]);
    await eventually('the backlog to be through', async () => ((await backlog()) === 300 ? true : undefined), 60_000);
    assert.equal(stream.bodies(), [`${CANARY} Hallo`, `${CANARY} verpasst`, `${CANARY} neu`]);
  },
);

faults('PostgreSQL restarted under traffic: the appservice lives on, and nothing is lost', async ({ stack, agent, talk }) => {
  const pid = stack.appservice.pid();
  const stream = keepStreaming(talk.visitor, await talk.visitor.say(`${CANARY} Hallo`));
  const asked = Array.from({ length: 10 }, (_, index) => `${CANARY} weiter ${index}`);
  const traffic = (async () => {
    for (const body of asked) await sayUntilTaken(talk.visitor, body);
  })();
  await stack.parts.restartPostgres();
  await traffic;
  await eventually('an answer to be sent', async () => agent.say(talk.roomId, `${CANARY} wieder da`).catch(() => undefined), 30_000);
  await eventually('the answer to be streamed', async () => (stream.bodies().includes(`${CANARY} wieder da`) ? true : undefined), 15_000);
  assert.is(stack.appservice.pid(), pid);
  const bodies = await bodiesInRoom(agent, talk.roomId);
  for (const body of asked) assert.is(bodies.filter((one) => one === body).length, 1, body);
});

faults(
  'an event that cannot be applied is set aside, holds up nothing, and is applied when the cause is gone',
  async ({ stack, agent, talk }) => {
    await stack.database.raw(`
    create function refuse_poison() returns trigger language plpgsql as $$
    begin
      if new.type = 'com.example.poison' then raise exception 'poison'; end if;
      return new;
    end $$;
    create trigger refuse_poison before insert on conversation_event for each row execute function refuse_poison()`);
    const stream = await talk.visitor.openStream();
    const poison = await agent.send(talk.roomId, 'com.example.poison', { body: `${CANARY} Gift` });
    await agent.say(talk.roomId, `${CANARY} danach`);
    await stream.waitForBody(`${CANARY} danach`);
    const made = (id: string, type: string) => ({
      event_id: `$${id}`,
      room_id: talk.roomId,
      sender: agent.userId,
      type,
      content: { msgtype: 'm.text', body: `${CANARY} ${id}` },
      origin_server_ts: Date.now(),
    });
    await pushTransaction(stack.access, [
      made('before', 'm.room.message'),
      made('bad', 'com.example.poison'),
      made('after', 'm.room.message'),
    ]);
    await stream.waitForBody(`${CANARY} before`);
    await stream.waitForBody(`${CANARY} after`);
    const aside = await eventually('the event to be set aside', async () =>
      stack.database('set_aside_event').where({ event_id: poison }).first<{ room_id: string } | undefined>(),
    );
    assert.is(aside.room_id, talk.roomId);
    await stack.database.raw('drop trigger refuse_poison on conversation_event; drop function refuse_poison()');
    await stack.database('set_aside_event').update({ next_at: new Date() });
    await stream.waitForEvent('the event that was set aside', ({ eventId }) => eventId === poison, 30_000);
    await eventually('nothing to be set aside any more', async () =>
      (await stack.database('set_aside_event').where({ event_id: poison }).first()) === undefined ? true : undefined,
    );
    await stream.close();
  },
);

faults('what has still to be done on Matrix survives a kill, and is done once', async ({ stack, company }) => {
  await stack.database.raw('create rule keep_outbox as on delete to outbox do instead nothing');
  const visitor = await openVisitor(stack.access, company.slug);
  const sent = await visitor.say(`${CANARY} wer kommt`);
  const announced = async () => {
    const row = await stack.database('conversation').where({ id: sent.conversationId }).first<{ announcement_event_id: string | null }>();
    return row.announcement_event_id ?? undefined;
  };
  const first = await eventually('the announcement', announced, 20_000);
  // As if the process died when the call was made and nothing of it was written yet: the call is made again.
  await stack.appservice.kill();
  await stack.database('conversation').where({ id: sent.conversationId }).update({ announcement_event_id: null });
  await stack.database('conversation_event').where({ event_id: first }).delete();
  await stack.database.raw('drop rule keep_outbox on outbox');
  await stack.appservice.start();
  assert.is(await eventually('the announcement again', announced, 20_000), first);
  await whenOutboxIsDone(stack.database, sent.conversationId);
});

/** The line that a team reads when a visitor has become a customer. */
const TOLD = /schreibt jetzt aus der App weiter/;

/** Members who are in a room, as its agent sees them. */
async function joinedIn(agent: FaultyCompany['agent'], roomId: string): Promise<string[]> {
  const { body } = await agent.call('GET', `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/joined_members`);
  return Object.keys(body['joined'] as Record<string, unknown>);
}

/** Lets the database linger over a step in a table; `free` lets it go on, once the process that asked is gone. */
async function lingerOver({ database }: FaultyStack, step: 'insert' | 'update', table: string) {
  await database.raw(`
    create function linger() returns trigger language plpgsql as $$ begin perform pg_sleep(60); return new; end $$;
    create trigger linger before ${step} on ${table} for each row execute function linger()`);
  const asleep = () => database('pg_stat_activity').where({ wait_event: 'PgSleep' }).whereILike('query', `%${step}%${table}%`);
  return {
    reached: (count: number) =>
      eventually(`the ${step} in ${table}`, async () => ((await asleep()).length >= count ? true : undefined), 30_000),
    async free(): Promise<void> {
      // The server's side of a connection that is gone would notice it when its statement ends.
      await database.raw(`select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep'`);
      await database.raw(`drop trigger linger on ${table}; drop function linger()`);
    },
  };
}

faults('killed while visitors become customers, each move is whole after the restart, or not begun', async (context) => {
  const { stack, company, agent } = context;
  const { access, database } = stack;
  const moves = await Promise.all(
    [context.talk, await openConversation(access, company, agent)].map(async (talk, index) => {
      const customer = await newSignedInPerson(access, { firstName: `${CANARY}first`, lastName: `${CANARY}last${index}` });
      const ghost = (await joinedIn(agent, talk.roomId)).find((userId) => userId.startsWith('@visitor_')) ?? '';
      return { talk, customer, ghost, code: await codeOf(talk.visitor) };
    }),
  );
  const lines = async () =>
    (await agent.messages(company.teamRoomId, 100)).filter(({ content }) => TOLD.test(String(content['body']))).length;

  const rows = await lingerOver(stack, 'insert', 'continued_conversation');
  const asked = moves.map(({ customer, code }) => continueIn(customer, code, company.slug).catch(() => undefined));
  await rows.reached(moves.length);
  await stack.appservice.kill();
  assert.equal(
    await Promise.all(asked),
    moves.map(() => undefined),
  );
  await rows.free();
  await stack.appservice.start();
  for (const { talk, customer, ghost } of moves) {
    assert.is((await database('continued_conversation').where({ conversation_id: talk.id })).length, 0, 'not begun');
    const present = await joinedIn(agent, talk.roomId);
    assert.ok(present.includes(ghost) && !present.includes(customer.userId));
    assert.is((await talk.visitor.call('GET', '/conversations')).status, 200, 'the visitor is one still');
  }

  const rooms = await lingerOver(stack, 'update', 'continued_conversation');
  for (const { customer, code } of moves) assert.is((await continueIn(customer, code, company.slug)).status, 201, 'the code is good still');
  await rooms.reached(1);
  await stack.appservice.kill();
  await rooms.free();
  assert.is(await lines(), 0, 'the kill came before the team was told');
  await stack.appservice.start();
  for (const { talk, customer, ghost, code } of moves) {
    await whenMoved(database, talk.id);
    await whenOutboxIsDone(database, talk.id);
    const present = await joinedIn(agent, talk.roomId);
    assert.ok(present.includes(customer.userId) && !present.includes(ghost), 'the account is there, the ghost has left');
    assert.is((await database('conversation').where({ id: talk.id, room_id: talk.roomId })).length, 1, 'in the same room');
    assert.is((await continueIn(customer, code, company.slug)).status, 403, 'the code is used up');
  }
  await eventually('a line for each move', async () => ((await lines()) >= moves.length ? true : undefined), 30_000);
  assert.is(await lines(), moves.length, 'once each');
});

faults('killed at the end of a registration, whoever asked goes on with the same number and has one account', async ({ stack }) => {
  const { database, access } = stack;
  const number = newNumber();
  const person = await beginRegistration(access, number);
  assert.is((await person.proveNumber())?.body['register'], true);
  const accounts = async (): Promise<string[]> => database('account').orderBy('id').pluck('id');
  const before = await accounts();

  const making = await lingerOver(stack, 'insert', 'account_number');
  const half = person.complete();
  await making.reached(1);
  await stack.appservice.kill();
  assert.is(await half, undefined);
  await making.free();
  await stack.appservice.start();
  assert.equal(await accounts(), before, 'there is no half account');

  const ending = await lingerOver(stack, 'insert', 'openid_record');
  const whole = person.complete();
  await ending.reached(1);
  await stack.appservice.kill();
  assert.is(await whole, undefined);
  await ending.free();
  await stack.appservice.start();
  const [made, ...more] = (await accounts()).filter((id) => !before.includes(id));
  assert.equal([made === undefined, more], [false, []], 'what was known of the registration was good still, and made one account');
  assert.is((await person.complete())?.status, 410, 'it makes no second one');

  await database('phone_code_text').delete();
  const proved = await person.proveNumber();
  assert.is(proved?.status, 200, 'the same number, in the same sign-in');
  assert.is(await person.goOn(String(proved?.body['continueAt'])), `@${made}:${access.serverName}`);
  assert.is((await accounts()).length, before.length + 1);
});

faults('whatever went wrong, no line of the log holds a word, a name, a token or a Matrix id', assertLogIsSilent);

faults.run();
