import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { z } from 'zod';
import { photo, picture } from '../../media/sample-files.ts';
import { codeOf, continueIn, newCustomer, whenMoved, withCompany, type Moving } from '../continuations/continuation-fixture.ts';
import { whenOutboxIsDone } from '../conversation-facts.ts';
import { openConversation, type OpenConversation } from '../open-conversation.ts';
import type { SignedInPerson } from '../openid/signed-in-person.ts';
import { callJson, type StackAccess } from '../stack-access.ts';
import { CANARY } from '../test-company.ts';
import { downloadAsAgent } from '../visitor-media.ts';
import { eventually } from '../waiting.ts';

type Context = Moving & { customer: SignedInPerson; talk: OpenConversation; ghost: string };

const profiles = suite<Context>('what a person says of themselves, as companies see it');

profiles.before(withCompany.open);
profiles.before(async (context) => {
  const { stack, rows, company, agent } = context;
  context.talk = await openConversation(stack, company, agent);
  const members = await agent.call('GET', `/_matrix/client/v3/rooms/${encodeURIComponent(context.talk.roomId)}/joined_members`);
  context.ghost = Object.keys(members.body['joined'] as object).find((userId) => userId.startsWith('@visitor_')) ?? '';
  context.customer = await newCustomer(context);
  assert.is((await continueIn(context.customer, await codeOf(context.talk.visitor), company.slug)).status, 201);
  await whenMoved(rows, context.talk.id);
});
profiles.after(withCompany.close);

const PROFILE = '/api/v1/account/profile';
const PICTURE = `${PROFILE}/picture`;
const NAMES = { firstName: `${CANARY}first`, lastName: `${CANARY}last`, alias: null, locale: 'de' };

const change = async ({ customer }: Context, changes: Record<string, unknown>): Promise<void> => {
  const { status, body } = await customer.page('PUT', PROFILE, { ...NAMES, ...changes });
  assert.is(status, 200, JSON.stringify(body));
};

/** Waits until the agent's client is told that the person is called so in the room, and answers the picture. */
async function whenCalled({ agent, customer, talk }: Context, name: string, isPicture: (mxc: unknown) => boolean): Promise<string> {
  const { content } = await agent.waitForEvent(
    talk.roomId,
    `${name} in the room`,
    ({ type, state_key: who, content: told }) =>
      type === 'm.room.member' && who === customer.userId && told['displayname'] === name && isPicture(told['avatar_url']),
  );
  assert.is(content['membership'], 'join');
  return z.string().catch('').parse(content['avatar_url']);
}

const isNone = (mxc: unknown): boolean => mxc === undefined || mxc === null;
const isThere = async ({ homeserverUrl, secrets }: StackAccess, mxc: string): Promise<boolean> =>
  (await callJson(`${homeserverUrl}/_synapse/admin/v1/media/${mxc.slice('mxc://'.length)}`, { token: secrets.adminToken })).status === 200;

async function profileOf({ stack }: Context, userId: string): Promise<[unknown, unknown]> {
  const url = `${stack.homeserverUrl}/_synapse/admin/v2/users/${encodeURIComponent(userId)}`;
  const { body } = await callJson(url, { token: stack.secrets.adminToken });
  return [body['displayname'], body['avatar_url'] ?? null];
}

profiles('an alias, and its end, reach the room, the agent’s look-up, and the ghost of the time before the account', async (context) => {
  const { agent, customer, rows } = context;
  assert.match(context.ghost, /^@visitor_/);
  await change(context, { alias: `${CANARY} Alias` });
  await whenCalled(context, `${CANARY} Alias`, isNone);
  const profile = await agent.call('GET', `/_matrix/client/v3/profile/${encodeURIComponent(customer.userId)}`);
  assert.is(profile.body['displayname'], `${CANARY} Alias`);
  await whenOutboxIsDone(rows, customer.id);
  assert.is((await profileOf(context, context.ghost))[0], `${CANARY} Alias`);

  await change(context, { firstName: `${CANARY}corrected` });
  await whenCalled(context, `${CANARY}corrected`, isNone);
  const seen = JSON.stringify(agent.heard);
  assert.not.match(seen, `${CANARY}last`, 'the surname reaches nobody');
});

profiles('a picture is seen by the agent, replaced and taken away; the file goes with it', async (context) => {
  const { agent, customer, stack, rows } = context;
  await change(context, { alias: `${CANARY} Bild` });
  assert.is((await customer.putFile(PICTURE, await photo())).status, 200);
  const first = await whenCalled(context, `${CANARY} Bild`, (mxc) => !isNone(mxc));
  const file = await downloadAsAgent(stack, agent, first);
  assert.is(file.status, 200);
  assert.not.ok(file.bytes.includes('KanariPhone'));

  assert.is((await customer.putFile(PICTURE, await picture('png'))).status, 200);
  const second = await whenCalled(context, `${CANARY} Bild`, (mxc) => !isNone(mxc) && mxc !== first);
  await whenOutboxIsDone(rows, customer.id);
  assert.equal([await isThere(stack, first), await isThere(stack, second)], [false, true]);

  const before = agent.heard.length;
  assert.is((await customer.page('DELETE', PICTURE)).status, 204);
  await eventually('the room without a picture', async () =>
    agent.heard.slice(before).some(({ event }) => event?.state_key === customer.userId && isNone(event.content['avatar_url']))
      ? true
      : undefined,
  );
  await whenOutboxIsDone(rows, customer.id);
  assert.is(await isThere(stack, second), false);
  for (const userId of [customer.userId, context.ghost]) assert.is((await profileOf(context, userId))[1], null);
});

profiles('a Matrix client is told that it changes neither, and is refused, also in one room', async (context) => {
  const { customer, talk, stack } = context;
  const before = await profileOf(context, customer.userId);
  const { body } = await customer.matrix('GET', '/_matrix/client/v3/capabilities');
  const { 'm.set_displayname': names, 'm.set_avatar_url': pictures } = body['capabilities'] as Record<string, { enabled: boolean }>;
  assert.equal([names?.enabled, pictures?.enabled], [false, false]);
  const own = `/_matrix/client/v3/profile/${encodeURIComponent(customer.userId)}`;
  const mxc = `mxc://${stack.serverName}/kanari`;
  for (const [field, value] of [
    ['displayname', 'Boss'],
    ['avatar_url', mxc],
  ] as const) {
    assert.is((await customer.matrix('PUT', `${own}/${field}`, { [field]: value })).status, 403, field);
    assert.is((await customer.matrix('DELETE', `${own}/${field}`)).status, 403, field);
  }
  const member = `/_matrix/client/v3/rooms/${encodeURIComponent(talk.roomId)}/state/m.room.member/${encodeURIComponent(customer.userId)}`;
  await customer.matrix('PUT', member, { membership: 'join', displayname: 'Boss', avatar_url: mxc });
  const seen = await customer.matrix('GET', member);
  assert.equal([seen.body['displayname'], seen.body['avatar_url'] ?? null], before);
  assert.equal(await profileOf(context, customer.userId), before);
});

profiles('a step that is done again after a crash changes nothing', async (context) => {
  const { customer, rows } = context;
  const before = await profileOf(context, customer.userId);
  await rows('outbox').insert({ lane: customer.id, action: 'publishProfile', payload: JSON.stringify({ accountId: customer.id }) });
  await whenOutboxIsDone(rows, customer.id);
  assert.equal(await profileOf(context, customer.userId), before);
});

profiles('pages speak the language of the account from the next load on, whatever the browser prefers', async (context) => {
  const { customer } = context;
  const languageOf = async (path: string): Promise<string | undefined> => /<html lang="(\w+)"/.exec(await customer.read(path))?.[1];
  await change(context, { locale: 'en' });
  assert.equal([await languageOf('/account/profile'), await languageOf('/privacy'), await languageOf('/')], ['en', 'en', 'en']);
  await change(context, { locale: 'de' });
  assert.equal([await languageOf('/account/profile'), await languageOf('/privacy'), await languageOf('/?locale=en')], ['de', 'de', 'en']);
});

profiles.run();
