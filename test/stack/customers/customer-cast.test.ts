import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openApi, openIdTokenOf, type ApiClient } from '../api-sessions/api-client.ts';
import { callJson, sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, type CompanyAgent, type TestCompany } from '../test-company.ts';
import { roomOfAnnouncement, waitForAnnouncement } from '../conversation-facts.ts';
import { newCustomer } from '../continuations/continuation-fixture.ts';
import { eventually } from '../waiting.ts';

type Context = {
  stack: StackAccess;
  company: TestCompany;
  agent: CompanyAgent;
  roomId: string;
  mine: ApiClient; /** Somebody of the company, who is in the room too: names for customers are for customers. */
  other: ApiClient;
};

const casts = suite<Context>('who answers a customer');

casts.before(async (context) => {
  const stack = sharedStackAccess();
  const company = await newCompany(stack);
  const [agent, customer] = await Promise.all([company.newAgent(), newCustomer({ stack })]);
  Object.assign(context, { stack, company, agent });
  const mine = await openApi(stack, await customer.openIdToken());
  const opened = await mine.call('POST', '/customer-conversations', { company: company.slug });
  const roomId = String(opened.body['roomId']);
  const body = { msgtype: 'm.text', body: `${CANARY} Hallo` };
  await customer.matrix('PUT', `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/send/m.room.message/t1`, body);
  assert.is(roomOfAnnouncement(await waitForAnnouncement(agent, company, 1)), roomId);
  await agent.join(roomId);
  await agent.say(roomId, `${CANARY} Guten Tag`);
  Object.assign(context, { roomId, mine, other: await openApi(stack, await openIdTokenOf(stack, agent)) });
});
casts.after(({ agent }) => agent.stop());

const castOf = (api: ApiClient, roomId: string) => api.call('GET', `/customer-conversations/${encodeURIComponent(roomId)}/cast`);

casts('they read the name that the company chose, and not that of the Matrix profile', async ({ mine, roomId, company, agent }) => {
  const members = await eventually('the agent in the cast', async () => {
    const { status, body } = await castOf(mine, roomId);
    assert.is(status, 200, JSON.stringify(body));
    assert.equal(body['company'], { slug: company.slug, name: company.name, pictureUrl: null });
    const told = body['members'] as unknown[];
    return told.length > 0 ? told : undefined;
  });
  assert.equal(members, [{ userId: agent.userId, name: agent.displayName, pictureUrl: null }]);
  const listed = await mine.call('GET', '/customer-conversations');
  assert.equal(listed.body, { conversations: [{ roomId, company: { slug: company.slug, name: company.name, pictureUrl: null } }] });
});

casts('rooms of others, rooms that are no conversations and rooms that do not exist are not found', async (context) => {
  const { stack, mine, other, roomId, company } = context;
  for (const [api, room] of [
    [other, roomId],
    [mine, company.teamRoomId],
    [mine, '!nowhere'],
  ] as const) {
    const { status, body } = await castOf(api, room);
    assert.equal([status, body['errcode']], [404, 'M_NOT_FOUND']);
  }
  assert.equal((await other.call('GET', '/customer-conversations')).body, { conversations: [] });
  for (const path of ['', `/${encodeURIComponent(roomId)}/cast`])
    assert.is((await callJson(`${stack.appUrl}/api/v1/customer-conversations${path}`)).status, 401);
});

casts.run();
