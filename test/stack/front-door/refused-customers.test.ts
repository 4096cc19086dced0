import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Database } from '../../../appservice/database/database.ts';
import type { Agent } from '../agents/agent.ts';
import { openRows } from '../conversation-facts.ts';
import { sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, newMatrixUser, type CompanyAgent, type TestCompany } from '../test-company.ts';
import { eventually } from '../waiting.ts';
import { inviteCompany, waitForNotice, waitForWords, waitUntilLeft } from './front-door-fixture.ts';

type Context = {
  stack: StackAccess;
  rows: Database;
  company: TestCompany;
  /** A company that takes its own users only, and somebody who works for it. */
  strict: TestCompany;
  agent: CompanyAgent;
  customer: Agent;
  /** The customer's conversation with the company. */
  roomId: string;
  number: number;
};

const refusals = suite<Context>('customers from whom a company takes nothing');

refusals.before(async (context) => {
  context.stack = sharedStackAccess();
  context.rows = openRows(context.stack);
  context.company = await newCompany(context.stack);
  context.strict = await newCompany(context.stack, { settings: { identity: { required: true } } });
  context.agent = await context.strict.newAgent();
  context.customer = await newMatrixUser(context.stack);
  context.roomId = await beginConversation(context.customer, context.company);
  context.number = await numberOf(context.rows, context.roomId);
});
refusals.after(async ({ rows, customer, agent }) => {
  await Promise.all([customer.stop(), agent.stop()]);
  await rows.destroy();
});

/** Says something as a client does; answers how the homeserver took it. */
async function trySaying(person: Agent, roomId: string, words: string): Promise<{ status: number; errcode: string | undefined }> {
  const path = `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/send/m.room.message/${CANARY}${Math.random()}`;
  const { status, errcode } = await person.call('PUT', path, { msgtype: 'm.text', body: `${CANARY} ${words}` });
  return { status, errcode };
}

const untilRefused = (person: Agent, roomId: string): Promise<true> =>
  eventually('the homeserver to refuse a message', async () => {
    const { status, errcode } = await trySaying(person, roomId, 'noch da?');
    return status === 403 && errcode === 'M_FORBIDDEN' ? true : undefined;
  });

const untilTaken = (person: Agent, roomId: string): Promise<true> =>
  eventually('the homeserver to take a message', async () =>
    (await trySaying(person, roomId, 'wieder da')).status === 200 ? true : undefined,
  );

/** The conversation that somebody has begun with a company, entered. */
async function beginConversation(person: Agent, company: TestCompany): Promise<string> {
  const room = await inviteCompany(person, company);
  const { roomId } = await waitForNotice(person, company, room);
  await person.join(roomId);
  assert.is((await trySaying(person, roomId, 'Guten Tag')).status, 200);
  return roomId;
}

const numberOf = async (rows: Database, roomId: string): Promise<number> =>
  eventually('the row of the conversation', async () => {
    const row = await rows<{ room_id: string; number: number }>('conversation').where({ room_id: roomId }).first('number');
    return row?.number;
  });

const countPeople = async (rows: Database, userId: string): Promise<number> =>
  (await rows('person_identity').where({ user_id: userId })).length;

const sayingsIn = async (person: Agent, company: TestCompany, room: string): Promise<string[]> =>
  (await person.messages(room, 50)).flatMap(({ sender, type, content }) =>
    sender === company.userId && type === 'm.room.message' ? [String(content['body'])] : [],
  );

refusals('who is blocked writes no more in the conversation, reads on, and is told once that they are', async (context) => {
  const { customer, company, roomId, number } = context;
  assert.is((await company.operate('PUT', `/conversations/${number}/block`)).status, 204);
  await untilRefused(customer, roomId);
  assert.ok((await customer.messages(roomId, 20)).length > 0);

  const first = await inviteCompany(customer, company);
  await customer.say(first, `${CANARY} warum nicht?`);
  const told = await waitForWords(customer, company, first, 'keine Nachrichten');
  assert.match(told, `${company.name} nimmt von Ihnen hier keine Nachrichten mehr an.`);
  await waitUntilLeft(customer, company, first, 10_000);

  const second = await inviteCompany(customer, company);
  await waitUntilLeft(customer, company, second, 10_000);
  assert.equal(await sayingsIn(customer, company, second), []);
  assert.not.match(JSON.stringify(await customer.messages(roomId, 50)), 'warum nicht?');

  assert.is((await company.operate('DELETE', `/conversations/${number}/block`)).status, 204);
  await untilTaken(customer, roomId);
  const again = await inviteCompany(customer, company);
  assert.is((await waitForNotice(customer, company, again)).roomId, roomId);
});

refusals(
  'what a blocked customer writes at a door that is still open goes nowhere, and they are told',
  async ({ stack, rows, company }) => {
    const person = await newMatrixUser(stack);
    const room = await inviteCompany(person, company);
    const { roomId } = await waitForNotice(person, company, room);
    assert.is((await company.operate('PUT', `/conversations/${await numberOf(rows, roomId)}/block`)).status, 204);
    await person.say(room, `${CANARY} noch schnell`);
    await waitForWords(person, company, room, 'keine Nachrichten');
    await waitUntilLeft(person, company, room, 10_000);
    await person.join(roomId);
    assert.not.match(JSON.stringify(await person.messages(roomId, 50)), 'noch schnell');
    await person.stop();
  },
);

refusals('a company that takes messages of its own users only says so to a Matrix account, and keeps nothing of it', async (context) => {
  const { stack, rows, strict: company } = context;
  const person = await newMatrixUser(stack);
  const room = await inviteCompany(person, company);
  await person.say(room, `${CANARY} ich bin es`);
  const told = await waitForWords(person, company, room, 'angemeldet');
  assert.match(told, 'Ein Matrix-Konto weist das nicht nach');
  assert.match(told, 'https://www.example.org');
  await waitUntilLeft(person, company, room, 10_000);
  assert.is(await countPeople(rows, person.userId), 0);
  assert.equal(await rows('conversation').where({ company_id: company.id }), []);
  await person.stop();
});

refusals('members of such a company are still shown to its team room', async ({ strict: company, agent }) => {
  const room = await inviteCompany(agent, company);
  assert.is((await waitForNotice(agent, company, room)).roomId, company.teamRoomId);
});

refusals('once a company wants its own users only, earlier customers write no more, and again when it does not', async (context) => {
  const { customer: person, company, roomId } = context;
  await untilTaken(person, roomId);
  const set = (required: boolean) => company.operate('PATCH', '/settings', { identity: { required } });
  assert.is((await set(true)).status, 200);
  await untilRefused(person, roomId);
  assert.is((await set(false)).status, 200);
  await untilTaken(person, roomId);
});

refusals('power that somebody gave back to a blocked customer is taken again with their next message', async (context) => {
  const { stack, customer: person, company, roomId, number } = context;
  assert.is((await company.operate('PUT', `/conversations/${number}/block`)).status, 204);
  await untilRefused(person, roomId);
  const path = `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/state/m.room.power_levels/`;
  const as = `?user_id=${encodeURIComponent(company.userId)}`;
  const { appserviceToken } = stack.secrets;
  const url = `${stack.homeserverUrl}${path}${as}`;
  const headers = { authorization: `Bearer ${appserviceToken}`, 'content-type': 'application/json' };
  const levels = (await (await fetch(url, { headers })).json()) as { users: Record<string, number> };
  const users = { ...levels.users, [person.userId]: 0 };
  const given = await fetch(url, { method: 'PUT', headers, body: JSON.stringify({ ...levels, users }) });
  assert.is(given.status, 200);
  await untilTaken(person, roomId);
  await untilRefused(person, roomId);
});

refusals.run();
