import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Database } from '../../../appservice/database/database.ts';
import { openApi, openIdTokenOf, type ApiClient } from '../api-sessions/api-client.ts';
import { openRows } from '../conversation-facts.ts';
import { beginConversation } from '../open-conversation.ts';
import { callJson, sharedStackAccess, type JsonAnswer, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, newPlainUser, OTHER_SLUG, type PlainUser, type TestCompany } from '../test-company.ts';
import { newSignedInPerson } from '../openid/signed-in-person.ts';
import { eventually } from '../waiting.ts';

type Member = { readonly user: Pick<PlainUser, 'userId'>; readonly api: ApiClient };
type Context = { stack: StackAccess; rows: Database; company: TestCompany; admin: Member; agent: Member; customer: Member };

const management = suite<Context>('a company run by its admins');

/** Somebody with a session of the API; they need none of the rooms. */
async function newMember({ stack, company }: Context, role: 'admin' | 'agent'): Promise<Member> {
  const user = await newPlainUser(stack);
  assert.is((await company.operate('POST', '/members', { userId: user.userId, role, displayName: `${CANARY} ${role}` })).status, 200);
  return { user, api: await openApi(stack, await openIdTokenOf(stack, user)) };
}

management.before(async (context) => {
  context.stack = sharedStackAccess();
  context.rows = openRows(context.stack);
  context.company = await newCompany(context.stack);
  context.admin = await newMember(context, 'admin');
  context.agent = await newMember(context, 'agent');
  // Whoever is no member has a session by their account alone.
  const person = await newSignedInPerson(context.stack, { firstName: `${CANARY}first`, lastName: `${CANARY}last` });
  context.customer = { user: person, api: await openApi(context.stack, await person.openIdToken()) };
});
management.after(({ rows }) => rows.destroy());

const manage = ({ company }: Context, path = ''): string => `/companies/${company.slug}/manage${path}`;
const said = ({ status, body }: JsonAnswer): unknown[] => [status, body['errcode']];
const FORBIDDEN = [403, 'M_FORBIDDEN'];
const NOT_FOUND = [404, 'M_NOT_FOUND'];

const CALLS: readonly (readonly [string, string, unknown?])[] = [
  ['GET', ''],
  ['PUT', '/name', { name: 'Other' }],
  ['PATCH', '/settings', { color: '#123456' }],
  ['PUT', '/logo', { image: null }],
  ['POST', '/agreement', { version: '2026-11', acceptedBy: 'Somebody' }],
  ['GET', '/agreement'],
  ['GET', '/colors?color=%23123456'],
  ['GET', '/departments'],
  ['POST', '/departments', { key: 'sales', name: 'Sales' }],
  ['PUT', '/departments/sales/name', { name: 'Other' }],
  ['POST', '/departments/sales/archive'],
  ['PUT', '/departments/sales/retention', { days: 3 }],
  ['GET', '/identity-keys'],
  ['POST', '/identity-keys', {}],
  ['DELETE', '/identity-keys/some'],
  ['GET', '/retention'],
  ['GET', '/retention/preview?days=2'],
  ['PUT', '/conversations/1/retention', { days: 3 }],
  ['PUT', '/conversations/1/block'],
  ['DELETE', '/conversations/1/block'],
  ['GET', '/satisfaction'],
  ['GET', '/audit'],
];

management('an agent may do nothing of it, and who is no member of the company learns not even that it is there', async (context) => {
  for (const [method, path, body] of CALLS) {
    assert.equal(said(await context.agent.api.call(method, manage(context, path), body)), FORBIDDEN, `agent ${method} ${path}`);
    assert.equal(said(await context.customer.api.call(method, manage(context, path), body)), NOT_FOUND, `customer ${method} ${path}`);
    const elsewhere = `/companies/${OTHER_SLUG}/manage${path}`;
    assert.equal(said(await context.admin.api.call(method, elsewhere, body)), NOT_FOUND, `admin of another ${method} ${path}`);
  }
});

management("the operator's token opens none of it, and no token neither", async ({ stack, company }) => {
  const url = `${stack.appUrl}/api/v1/companies/${company.slug}/manage`;
  assert.is((await callJson(url, { method: 'GET', token: stack.operatorToken })).status, 401);
  assert.is((await callJson(url, { method: 'GET' })).status, 401);
});

management('an admin changes settings as the operator does, and the log names them', async (context) => {
  const { admin, company } = context;
  const answer = await admin.api.call('PATCH', manage(context, '/settings'), { color: '#aa3355' });
  assert.is(answer.status, 200);
  assert.is((answer.body['settings'] as { color: string }).color, '#aa3355');
  const shown = (await company.operate('GET', '')).body['settings'] as { color: string };
  assert.is(shown.color, '#aa3355', 'the operator sees the same');
  const { body } = await admin.api.call('GET', manage(context, '/audit'));
  const entries = body['entries'] as { actor: string; action: string; detail: { settings?: string[] } }[];
  const members = (await admin.api.call('GET', `/companies/${company.slug}/members`)).body['members'] as { id: string; userId: string }[];
  const id = members.find(({ userId }) => userId === admin.user.userId)?.id;
  const entry = entries.find(({ action, detail }) => action === 'company.set' && detail.settings?.[0] === 'color');
  assert.is(entry?.actor, `member:${id}`);
});

management('what a field refuses is named, and is in the log without its value', async (context) => {
  const { admin } = context;
  const refused = await admin.api.call('PATCH', manage(context, '/settings'), { imprintUrl: `${CANARY} no address` });
  assert.equal([...said(refused), refused.body['field']], [400, 'M_INVALID_PARAM', 'body.imprintUrl']);
  const { body } = await admin.api.call('GET', manage(context, '/audit?limit=1'));
  assert.match(JSON.stringify(body), '"field":"body.imprintUrl"');
  assert.not.match(JSON.stringify(body), 'no address');
});

management("another homeserver is let in by the operator alone, and a life beyond the operator's limits by nobody", async (context) => {
  const { admin } = context;
  assert.equal(said(await admin.api.call('PATCH', manage(context, '/settings'), { homeserver: 'matrix.example' })), FORBIDDEN);
  const days = await admin.api.call('PATCH', manage(context, '/settings'), { retentionDays: 100_000 });
  assert.equal(said(days), [400, 'M_INVALID_PARAM']);
});

management('an admin can neither remove themselves nor give up their own role', async (context) => {
  const { admin, company } = context;
  const members = `/companies/${company.slug}/members`;
  const { userId } = admin.user;
  assert.equal(said(await admin.api.call('DELETE', `${members}/${encodeURIComponent(userId)}`)), [409, 'COM_SMOOPE_CONFLICT']);
  assert.equal(said(await admin.api.call('POST', members, { userId, role: 'agent' })), [409, 'COM_SMOOPE_CONFLICT']);
  assert.is((await admin.api.call('POST', members, { userId, role: 'admin', displayName: `${CANARY} boss` })).status, 200);
});

management('a colour is answered with what it becomes, each contrast enough for text', async (context) => {
  const { body } = await context.admin.api.call('GET', manage(context, '/colors?color=%23ffff00'));
  const { text, color } = body as unknown as { text: { light: number; dark: number }; color: string };
  assert.is.not(color, '#ffff00');
  assert.ok(text.light >= 4.5 && text.dark >= 4.5);
});

management('the agreement is read in words with its annexes, and accepting it anew is recorded', async (context) => {
  const { admin, company } = context;
  const before = (await admin.api.call('GET', manage(context, '/agreement?language=en'))).body as unknown as {
    version: string;
    text: { sections: { title: string }[] };
    acceptances: unknown[];
  };
  assert.match(JSON.stringify(before.text), company.name);
  assert.is(before.text.sections.filter(({ title }) => title.startsWith('Annex')).length, 3);
  const old = await admin.api.call('POST', manage(context, '/agreement'), { version: '1999-01', acceptedBy: 'Erika' });
  assert.equal(said(old), [400, 'M_INVALID_PARAM']);
  await admin.api.call('POST', manage(context, '/agreement'), { version: before.version, acceptedBy: `${CANARY} Erika, director` });
  const after = (await admin.api.call('GET', manage(context, '/agreement'))).body['acceptances'] as { acceptedBy: string }[];
  assert.is(after.length, before.acceptances.length + 1);
  assert.is(after[0]?.acceptedBy, `${CANARY} Erika, director`);
});

management(
  'a preview counts what a shorter life deletes and changes nothing; a life of a conversation reaches its room',
  async (context) => {
    const { admin, company, rows, stack } = context;
    const { visitor, id } = await beginConversation(stack, company, `${CANARY} hello`);
    const number = (await visitor.conversations()).find((conversation) => conversation.id === id)?.number ?? 0;
    await rows('conversation_event')
      .where({ conversation_id: id })
      .update({ at: rows.raw("now() - interval '10 days'") });
    const preview = async (query: string) => (await admin.api.call('GET', manage(context, `/retention/preview?${query}`))).body;
    assert.equal(await preview('days=5'), { messages: 1, conversations: 1 });
    assert.equal(await preview('days=20'), { messages: 0, conversations: 0 });
    assert.equal(await preview(`days=5&conversation=${number}`), { messages: 1, conversations: 1 });
    assert.is((await admin.api.call('GET', manage(context, '/retention'))).body['company'], null, 'nothing was changed');

    const path = manage(context, `/conversations/${number}/retention`);
    assert.equal(said(await admin.api.call('PUT', path, { days: 0.001 })), [400, 'M_INVALID_PARAM']);
    assert.equal(said(await admin.api.call('PUT', path, { days: 3_000 })), [400, 'M_INVALID_PARAM'], "longer than the company's");
    assert.is((await admin.api.call('PUT', path, { days: 30 })).status, 204);
    const { room_id: room } = await rows('conversation').where({ id }).first<{ room_id: string }>('room_id');
    const life = `${stack.homeserverUrl}/_synapse/admin/v1/rooms/${encodeURIComponent(room)}/state`;
    await eventually('the life of the room', async () => {
      const { body } = await callJson(life, { method: 'GET', token: stack.secrets.adminToken });
      const state = body['state'] as { type: string; content: { max_lifetime?: number } }[];
      return state.find(({ type }) => type === 'm.room.retention')?.content.max_lifetime === 30 * 86_400_000 || undefined;
    });
    assert.equal(await preview('days=20'), { messages: 0, conversations: 0 });
  },
);

management('an admin who was removed reads what strangers read, at once', async (context) => {
  const former = await newMember(context, 'admin');
  assert.is((await former.api.call('GET', manage(context))).status, 200);
  const path = `/companies/${context.company.slug}/members/${encodeURIComponent(former.user.userId)}`;
  assert.is((await context.admin.api.call('DELETE', path)).status, 204);
  const { status } = await former.api.call('GET', manage(context));
  assert.ok(status === 404 || status === 401, `answered ${status}`);
});

management.run();
