import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Database } from '../../../appservice/database/database.ts';
import { openRows } from '../conversation-facts.ts';
import { newSignedInPerson, type SignedInPerson } from '../openid/signed-in-person.ts';
import { sharedStackAccess, type JsonAnswer, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, newMatrixUser, newPlainUser, OTHER_SLUG, type PlainUser, type TestCompany } from '../test-company.ts';
import { openApi, openIdTokenOf, tryOpenApi } from './api-client.ts';

type Context = {
  stack: StackAccess;
  rows: Database;
  company: TestCompany;
  admin: PlainUser;
  agent: PlainUser;
  /** Somebody with an account who works for nobody. */
  person: SignedInPerson;
};

const sessions = suite<Context>('sessions of the API');

sessions.before(async (context) => {
  context.stack = sharedStackAccess();
  context.rows = openRows(context.stack);
  context.company = await newCompany(context.stack);
  for (const role of ['admin', 'agent'] as const) {
    const member = await newPlainUser(context.stack);
    const added = await context.company.operate('POST', '/members', { userId: member.userId, role, displayName: `${CANARY} ${role}` });
    assert.is(added.status, 200);
    context[role] = member;
  }
  context.person = await newPerson(context);
});
sessions.after(({ rows }) => rows.destroy());

const newPerson = ({ stack }: Context): Promise<SignedInPerson> =>
  newSignedInPerson(stack, { firstName: `${CANARY}first`, lastName: `${CANARY}last` });

const said = ({ status, body }: JsonAnswer): unknown[] => [status, body['errcode']];

sessions('an OpenID token of our homeserver opens a session for its holder, kept as a hash and for an hour', async (context) => {
  const { person } = context;
  const answer = await tryOpenApi(context.stack, await person.openIdToken());
  assert.is(answer.status, 201);
  assert.is(answer.body['userId'], person.userId);
  assert.ok(Math.abs(Number(answer.body['expiresAt']) - Date.now() - 3_600_000) < 10_000);
  const rows = JSON.stringify(await context.rows('api_session').where({ user_id: person.userId }));
  assert.not.match(rows, String(answer.body['token']));
  const { call } = await openApi(context.stack, await person.openIdToken());
  const { status, body } = await call('GET', '/api-session');
  assert.is(status, 200);
  assert.equal([body['userId'], body['accountId'], body['companies']], [person.userId, person.id, []]);
});

sessions('a member whose Matrix user has no account has a session too, and reads their role', async ({ stack, company, admin }) => {
  const { call } = await openApi(stack, await openIdTokenOf(stack, admin));
  const { body } = await call('GET', '/api-session');
  assert.equal([body['accountId'], body['companies']], [null, [{ slug: company.slug, name: company.name, role: 'admin' }]]);
});

sessions('a token opens one session; used, made up and malformed ones open none', async (context) => {
  const { stack, person } = context;
  const token = await person.openIdToken();
  const both = await Promise.all([tryOpenApi(stack, token), tryOpenApi(stack, token)]);
  assert.equal(
    both.map(({ status }) => status).toSorted((a, b) => a - b),
    [201, 403],
  );
  const again = await tryOpenApi(stack, token);
  const madeUp = await tryOpenApi(stack, { ...token, access_token: 'xQhQmfLdYmFvKjYuJmDkQpSc' });
  assert.equal(said(again), [403, 'M_FORBIDDEN']);
  assert.equal(madeUp.body, again.body, 'nobody learns why');
  assert.equal(said(await tryOpenApi(stack, { ...token, access_token: 'a b' })), [400, 'M_INVALID_PARAM']);
  assert.is((await tryOpenApi(stack, {})).status, 400);
});

sessions('a token of another homeserver is refused, and nobody is asked about it', async (context) => {
  const token = await context.person.openIdToken();
  for (const server of [
    'elsewhere.example',
    `${context.stack.serverName}.elsewhere.example`,
    '127.0.0.1:1',
    `x@${context.stack.serverName}`,
  ]) {
    const { status, body } = await tryOpenApi(context.stack, { ...token, matrix_server_name: server });
    assert.equal([status, body['errcode'], body['field']], [403, 'M_FORBIDDEN', 'body.matrix_server_name'], server);
  }
  assert.is((await tryOpenApi(context.stack, token)).status, 201, 'the refusals have not used it up');
});

sessions('no token, a made-up one, one of a visitor, and one that was given back are worth nothing', async (context) => {
  const { stack, person } = context;
  const { call } = await openApi(stack, await person.openIdToken());
  assert.is((await call('DELETE', '/api-session')).status, 204);
  assert.equal(said(await call('GET', '/api-session')), [401, 'M_UNKNOWN_TOKEN']);
  const plain = await fetch(`${stack.appUrl}/api/v1/api-session`);
  assert.is(plain.status, 401);
  const madeUp = await fetch(`${stack.appUrl}/api/v1/api-session`, { headers: { authorization: `Bearer m_${'A'.repeat(43)}` } });
  assert.is(madeUp.status, 401);
});

sessions('a session that is an hour old has ended', async (context) => {
  const { person } = context;
  const { call } = await openApi(context.stack, await person.openIdToken());
  await context
    .rows('api_session')
    .where({ user_id: person.userId })
    .update({ expires_at: new Date(Date.now() - 1) });
  assert.equal(said(await call('GET', '/api-session')), [401, 'M_UNKNOWN_TOKEN']);
});

sessions('it ends when the Matrix client signs out, and the OpenID token it had asked for opens nothing any more', async (context) => {
  const person = await newPerson(context);
  const { call } = await openApi(context.stack, await person.openIdToken());
  const kept = await person.openIdToken();
  assert.is((await person.matrix('POST', '/_matrix/client/v3/logout', {})).status, 200);
  assert.equal(said(await call('GET', '/api-session')), [401, 'M_UNKNOWN_TOKEN']);
  assert.equal(said(await tryOpenApi(context.stack, kept)), [403, 'M_FORBIDDEN']);
});

sessions('it ends at once when the browser is signed out in which the person had signed in', async (context) => {
  const person = await newPerson(context);
  const { call } = await openApi(context.stack, await person.openIdToken());
  assert.is((await person.page('DELETE', '/api/v1/account/session')).status, 204);
  assert.is((await context.rows('api_session').where({ user_id: person.userId })).length, 0);
  assert.equal(said(await call('GET', '/api-session')), [401, 'M_UNKNOWN_TOKEN']);
});

sessions("a company's routes are its admins'; an agent reads colleagues only; for others there is no such company", async (context) => {
  const { stack, company, admin, agent, person } = context;
  const boss = await openApi(stack, await openIdTokenOf(stack, admin));
  const clerk = await openApi(stack, await openIdTokenOf(stack, agent));
  const customer = await openApi(stack, await person.openIdToken());
  const members = `/companies/${company.slug}/members`;
  const target = { userId: agent.userId, role: 'admin' };
  for (const { call } of [boss, clerk]) {
    const { members: listed } = (await call('GET', members)).body as { members: { userId: string }[] };
    assert.equal(listed.map(({ userId }) => userId).toSorted(), [admin.userId, agent.userId].toSorted());
  }
  assert.equal(said(await clerk.call('POST', members, target)), [403, 'M_FORBIDDEN']);
  assert.equal(said(await clerk.call('DELETE', `${members}/${encodeURIComponent(admin.userId)}`)), [403, 'M_FORBIDDEN']);
  const nobody = await boss.call('GET', '/companies/nobody-has-this/members');
  for (const answer of [
    await boss.call('GET', `/companies/${OTHER_SLUG}/members`),
    await boss.call('POST', `/companies/${OTHER_SLUG}/members`, target),
    await boss.call('DELETE', `/companies/${OTHER_SLUG}/members/${encodeURIComponent(agent.userId)}`),
    await customer.call('GET', members),
  ])
    assert.equal([answer.status, answer.body], [404, nobody.body]);
});

sessions('an admin invites by Matrix id and removes; who is removed has no session and reads nothing any more', async (context) => {
  const { stack, company, admin } = context;
  const { call } = await openApi(stack, await openIdTokenOf(stack, admin));
  const members = `/companies/${company.slug}/members`;
  const newcomer = await newMatrixUser(stack);
  const added = await call('POST', members, { userId: newcomer.userId, role: 'agent', displayName: `${CANARY} neu` });
  assert.is(added.status, 200);
  for (const roomId of [company.spaceId, company.teamRoomId]) {
    await newcomer.waitFor('the invitation', (heard) => heard.kind === 'invite' && heard.roomId === roomId);
    await newcomer.join(roomId);
  }
  const theirs = await openApi(stack, await openIdTokenOf(stack, newcomer));
  assert.is((await theirs.call('GET', members)).status, 200);
  assert.is((await call('DELETE', `${members}/${encodeURIComponent(newcomer.userId)}`)).status, 204);
  assert.equal(said(await theirs.call('GET', members)), [401, 'M_UNKNOWN_TOKEN'], 'at once');
  assert.equal(said(await tryOpenApi(stack, await openIdTokenOf(stack, newcomer))), [403, 'M_FORBIDDEN']);
  await newcomer.waitFor('the end', (heard) => heard.kind === 'leave' && heard.roomId === company.teamRoomId);
  await newcomer.stop();
  const log = await context.rows('audit_log').where({ company_id: company.id, action: 'member.remove' }).first<{ actor: string }>('actor');
  assert.match(log.actor, /^member:/, 'the log names the admin by the id of the membership');
});

sessions('a member who leaves the space by own act loses the session as well', async ({ stack, company }) => {
  const leaver = await company.newAgent();
  const { call } = await openApi(stack, await openIdTokenOf(stack, leaver));
  await leaver.leave(company.spaceId);
  await leaver.waitFor('the end', (heard) => heard.kind === 'leave' && heard.roomId === company.teamRoomId);
  assert.equal(said(await call('GET', '/api-session')), [401, 'M_UNKNOWN_TOKEN']);
  await leaver.stop();
});

sessions('it ends with the account', async (context) => {
  const { person } = context;
  const { call } = await openApi(context.stack, await person.openIdToken());
  await context.rows('account').where({ id: person.id }).delete();
  assert.equal(said(await call('GET', '/api-session')), [401, 'M_UNKNOWN_TOKEN']);
});

sessions('a Matrix user without account and without company has no session, and a bot has none', async ({ stack, company }) => {
  const stranger = await newPlainUser(stack);
  assert.equal(said(await tryOpenApi(stack, await openIdTokenOf(stack, stranger))), [403, 'M_FORBIDDEN']);
  const issued = await company.operate('POST', '/service-accounts', { name: 'bot' });
  const bot = { userId: String(issued.body['userId']), accessToken: String(issued.body['accessToken']) };
  assert.equal(said(await tryOpenApi(stack, await openIdTokenOf(stack, bot))), [403, 'M_FORBIDDEN']);
});

sessions.run();
