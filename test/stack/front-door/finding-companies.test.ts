import { setTimeout as wait } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Agent } from '../agents/agent.ts';
import { callJson, sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { newCompany, newMatrixUser, type TestCompany } from '../test-company.ts';
import { openVisitor } from '../visitor-client.ts';
import { eventually } from '../waiting.ts';

type Context = { stack: StackAccess; company: TestCompany; customer: Agent };

const finding = suite<Context>('finding a company');

finding.before(async (context) => {
  context.stack = sharedStackAccess();
  context.company = await newCompany(context.stack);
  context.customer = await newMatrixUser(context.stack);
});
finding.after(({ customer }) => customer.stop());

type Found = { user_id: string; display_name: string };

/** Searches as a client does: slowly, for the homeserver lets nobody collect names. */
const search = (person: Agent, term: string): Promise<Found[]> =>
  eventually('an answer of the user directory', async () => {
    const { status, body } = await person.call('POST', '/_matrix/client/v3/user_directory/search', { search_term: term, limit: 50 });
    if (status === 429) await wait(Number(body['retry_after_ms']));
    return status === 200 ? (body['results'] as Found[]) : undefined;
  });

const untilFound = (person: Agent, company: TestCompany, isFound: boolean): Promise<true> =>
  eventually(`the company to be found: ${String(isFound)}`, async () =>
    (await search(person, company.slug)).some(({ user_id: id }) => id === company.userId) === isFound ? true : undefined,
  );

finding('who shares no room with it finds an open company by its name', async ({ customer, company }) => {
  await untilFound(customer, company, true);
  const [found] = await search(customer, company.name);
  assert.equal([found?.user_id, found?.display_name], [company.userId, company.name]);
});

finding('its name is shown to whoever asks, and that of other people is not', async ({ customer, company, stack }) => {
  const profile = await customer.call('GET', `/_matrix/client/v3/profile/${encodeURIComponent(company.userId)}`);
  assert.equal([profile.status, profile.body['displayname']], [200, company.name]);
  const stranger = await newMatrixUser(stack);
  const refused = await customer.call('GET', `/_matrix/client/v3/profile/${encodeURIComponent(stranger.userId)}`);
  assert.equal([refused.status, refused.errcode], [403, 'M_FORBIDDEN']);
  await stranger.stop();
  const anybody = await callJson(`${stack.homeserverUrl}/_matrix/client/v3/profile/${encodeURIComponent(company.userId)}`);
  assert.is(anybody.status, 401);
});

finding('a company that is suspended is not found, and is found again afterwards', async ({ customer, company }) => {
  await untilFound(customer, company, true);
  assert.is((await company.operate('POST', '/suspend')).status, 200);
  await untilFound(customer, company, false);
  assert.is((await company.operate('POST', '/resume')).status, 200);
  await untilFound(customer, company, true);
});

finding('a draft is not found', async ({ customer, stack }) => {
  const draft = await newCompany(stack, { status: 'draft' });
  const later = await newCompany(stack);
  // Whatever would have listed the draft has run by now.
  await untilFound(customer, later, true);
  assert.equal(await search(customer, draft.slug), []);
});

finding('a new name is found', async ({ customer, company }) => {
  const name = `Umbenannt ${company.slug}`;
  await company.operate('PUT', '/name', { name });
  await eventually('the new name', async () =>
    (await search(customer, 'Umbenannt')).some((one) => one.display_name === name) ? true : undefined,
  );
});

finding('visitors, service accounts and other people are not found', async ({ customer, company, stack }) => {
  const visitor = await openVisitor(stack, company.slug);
  await visitor.say('kanari');
  assert.is((await company.operate('POST', '/service-accounts', { name: 'bot' })).status, 201);
  const other = await newMatrixUser(stack);
  for (const term of ['visitor', 'service', 'smoope', 'kanari', other.userId]) {
    const found = await search(customer, term);
    assert.equal(
      // Who has made a room of their own public can be found; another suite does.
      found.filter(({ user_id: id }) => /^@(visitor|service)_/.test(id) || id === other.userId),
      [],
      term,
    );
  }
  await other.stop();
});

finding('the room that lists them is silent: nobody enters it, nobody speaks in it', async ({ customer, stack }) => {
  const alias = encodeURIComponent(`#smoope_companies:${stack.serverName}`);
  const entered = await customer.call('POST', `/_matrix/client/v3/join/${alias}`);
  assert.equal([entered.status, entered.errcode], [403, 'M_FORBIDDEN']);
  const { body } = await customer.call('GET', `/_matrix/client/v3/directory/room/${alias}`);
  const room = encodeURIComponent(String(body['room_id']));
  const said = await customer.call('PUT', `/_matrix/client/v3/rooms/${room}/send/m.room.message/kanari1`, {
    msgtype: 'm.text',
    body: 'kanari',
  });
  assert.is(said.status, 403);
});

finding('clients are told not to encrypt new direct chats by themselves', async ({ stack }) => {
  const { status, body } = await callJson(`${stack.homeserverUrl}/.well-known/matrix/client`);
  assert.equal([status, body['io.element.e2ee']], [200, { default: false }]);
});

finding.run();
