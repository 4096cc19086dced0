import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { z } from 'zod';
import type { Database } from '../../../appservice/database/database.ts';
import { OUTBOX_FILE } from '../../../appservice/notifications/outbox-adapter.ts';
import { openApi, openIdTokenOf, type ApiClient } from '../api-sessions/api-client.ts';
import { openRows } from '../conversation-facts.ts';
import { newSignedInPerson, type SignedInPerson } from '../openid/signed-in-person.ts';
import { callJson, sharedStackAccess, type JsonAnswer, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, newPlainUser, OTHER_SLUG, type TestCompany } from '../test-company.ts';
import { eventually } from '../waiting.ts';

type Context = {
  stack: StackAccess;
  rows: Database;
  company: TestCompany;
  /** Session of an admin of the company. */
  api: ApiClient;
  /** Somebody who works for the company during a test or not at all. */
  person: SignedInPerson;
  /** Somebody else of that kind. */
  stranger: SignedInPerson;
};

const invitations = suite<Context>('inviting people to work for a company');

invitations.before(async (context) => {
  context.stack = sharedStackAccess();
  context.rows = openRows(context.stack);
  context.company = await newCompany(context.stack);
  context.api = await openApiAs(context, 'admin');
  context.person = await newPerson(context);
  context.stranger = await newPerson(context);
});
invitations.after(({ rows }) => rows.destroy());

/** The session of a new member; they need none of the rooms. */
async function openApiAs({ stack, company }: Context, role: 'admin' | 'agent'): Promise<ApiClient> {
  const member = await newPlainUser(stack);
  assert.is((await company.operate('POST', '/members', { userId: member.userId, role, displayName: `${CANARY} ${role}` })).status, 200);
  return openApi(stack, await openIdTokenOf(stack, member));
}

/** Ends a membership, so that the person may be invited again. */
async function letGo({ company }: Context, ...people: readonly SignedInPerson[]): Promise<void> {
  for (const { userId } of people) await company.operate('DELETE', `/members/${encodeURIComponent(userId)}`);
}

const newMobile = (): string => `+491511${randomInt(2_000_000, 9_999_999)}`;
const newMail = (): string => `${CANARY}${randomInt(1_000_000_000)}@example.org`;
const newPerson = ({ stack }: Context): Promise<SignedInPerson> =>
  newSignedInPerson(stack, { firstName: `${CANARY}first`, lastName: `${CANARY}last` });
const said = ({ status, body }: JsonAnswer): unknown[] => [status, body['errcode']];
const pathOf = ({ slug }: Pick<TestCompany, 'slug'>): string => `/companies/${slug}/invitations`;

const sentSchema = z.object({ way: z.string(), address: z.string(), subject: z.string(), text: z.string() });
type Sent = z.infer<typeof sentSchema>;

/** The texts that went to an address, as soon as there are so many. */
const textsTo = (address: string, count = 1): Promise<Sent[]> =>
  eventually(`${count} texts`, async () => {
    const file = join(dirname(process.env['SMOOPE_STACK'] ?? ''), OUTBOX_FILE);
    const lines = readFileSync(file, { encoding: 'utf8', flag: 'a+' })
      .split('\n')
      .filter((line) => line !== '');
    const found = lines.map((line) => sentSchema.parse(JSON.parse(line))).filter((sent) => sent.address === address);
    return found.length >= count ? found : undefined;
  });

const tokenIn = ({ text }: Sent): string => /\/account\/invitation\/([\w-]+)/.exec(text)?.[1] ?? '';

async function invite({ api, company }: Context, to: string, role = 'agent'): Promise<{ id: string; token: string }> {
  const answer = await api.call('POST', pathOf(company), { to, role, displayName: `${CANARY} Name` });
  assert.is(answer.status, 201, JSON.stringify(answer.body));
  const sent = await textsTo(to);
  return { id: String(answer.body['id']), token: tokenIn(sent.at(-1) as Sent) };
}

const preview = (person: SignedInPerson, token: string) =>
  person.page('POST', '/api/v1/account/agent-invitations/preview', { token, locale: 'de' });

async function accept(person: SignedInPerson, token: string, version?: string): Promise<JsonAnswer> {
  const { terms } = (await preview(person, token)).body as { terms?: { version: string } };
  const accepted = { version: version ?? terms?.version ?? '2026-11', locale: 'de' };
  return person.page('POST', '/api/v1/account/agent-invitations', { token, terms: accepted });
}

invitations(
  'by mobile number: the text has the company and the link; who accepts the terms is a member and in its rooms',
  async (context) => {
    const { stack, rows, company, api, person } = context;
    const mobile = newMobile();
    const { id, token } = await invite(context, mobile);
    const [sent] = await textsTo(mobile);
    assert.is(sent?.text, `Einladung von ${company.name}: ${stack.config.publicOrigin}/account/invitation/${token}`);
    const row = JSON.stringify(await rows('agent_invitation').where({ id }));
    for (const secret of [token, mobile, mobile.slice(3)]) assert.not.match(row, secret);

    const shown = await preview(person, token);
    assert.equal([shown.status, shown.body['company'], shown.body['role']], [200, { slug: company.slug, name: company.name }, 'agent']);
    assert.ok(Math.abs(Number(shown.body['expiresAt']) - Date.now() - 7 * 86_400_000) < 60_000);
    const accepted = await accept(person, token);
    assert.equal([accepted.status, accepted.body], [201, { company: { slug: company.slug, name: company.name }, role: 'agent' }]);
    await eventually('the rooms of the company', async () => {
      const { joined_rooms: joined } = (await person.matrix('GET', '/_matrix/client/v3/joined_rooms')).body as { joined_rooms: string[] };
      return [company.spaceId, company.teamRoomId].every((roomId) => joined.includes(roomId)) ? true : undefined;
    });
    const theirs = await openApi(stack, await person.openIdToken());
    const { members } = (await theirs.call('GET', `/companies/${company.slug}/members`)).body as { members: Record<string, unknown>[] };
    const member = members.find(({ userId }) => userId === person.userId);
    assert.equal([member?.['role'], member?.['displayName']], ['agent', `${CANARY} Name`]);
    const kept = await rows<{ id: string; terms_version: string; terms_hash: string }>('agent_invitation').where({ id }).first();
    assert.match(`${kept?.terms_version} ${kept?.terms_hash}`, /^2026-11 [0-9a-f]{64}$/);
    const log = await rows('audit_log')
      .where({ company_id: company.id })
      .whereIn('action', ['invitation.send', 'member.join'])
      .pluck('action');
    assert.equal(log, ['invitation.send', 'member.join']);
    const { invitations: listed } = (await api.call('GET', pathOf(company))).body as { invitations: Record<string, unknown>[] };
    assert.equal([listed[0]?.['state'], listed[0]?.['hint']], ['accepted', `…${mobile.slice(-3)}`]);
    await letGo(context, person);
  },
);

invitations('by mail: subject and text have the company, the link and nothing else of it', async (context) => {
  const mail = newMail();
  const { token } = await invite(context, mail, 'admin');
  const [sent] = await textsTo(mail);
  assert.is(sent?.subject, `Einladung von ${context.company.name}`);
  assert.match(sent?.text ?? '', `/account/invitation/${token} (gilt einmal und 7 Tage)`);
  assert.not.match(sent?.text ?? '', CANARY);
  assert.equal((await accept(context.person, token)).body['role'], 'admin');
  await letGo(context, context.person);
});

invitations('used, taken back, replaced, expired and made-up links: one and the same answer', async (context) => {
  const { rows, company, api, person, stranger } = context;
  const used = await invite(context, newMobile());
  assert.is((await accept(stranger, used.token)).status, 201);
  const revoked = await invite(context, newMobile());
  assert.is((await api.call('DELETE', `${pathOf(company)}/${revoked.id}`)).status, 204);
  assert.is((await api.call('DELETE', `${pathOf(company)}/${revoked.id}`)).status, 404);
  const mobile = newMobile();
  const replaced = await invite(context, mobile);
  await api.call('POST', pathOf(company), { to: mobile, role: 'agent' });
  await textsTo(mobile, 2);
  const expired = await invite(context, newMobile());
  await rows('agent_invitation')
    .where({ id: expired.id })
    .update({ expires_at: new Date(Date.now() - 1) });
  const first = await accept(person, used.token);
  assert.equal(said(first), [403, 'COM_SMOOPE_CODE_USED']);
  for (const token of [used.token, revoked.token, replaced.token, expired.token, `i_${'A'.repeat(43)}`])
    for (const answer of [await accept(person, token), await preview(person, token)])
      assert.equal([answer.status, answer.body], [403, first.body]);
  await letGo(context, stranger);
});

invitations('of two who accept at once one becomes a member', async (context) => {
  const { token } = await invite(context, newMobile());
  const people = [context.person, context.stranger];
  const answers = await Promise.all(people.map((person) => accept(person, token)));
  assert.equal(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [201, 403],
  );
  await letGo(context, ...people);
});

invitations('nobody accepts without an account, from another website, without the terms of today, or twice', async (context) => {
  const { stack, person } = context;
  const { token } = await invite(context, newMobile());
  const url = `${stack.appUrl}/api/v1/account/agent-invitations`;
  const body = { token, terms: { version: '2026-11', locale: 'de' } };
  assert.is((await callJson(url, { method: 'POST', body, headers: { 'sec-fetch-site': 'same-origin' } })).status, 401);
  const elsewhere = await callJson(`${url}/preview`, {
    method: 'POST',
    body: { token, locale: 'de' },
    headers: { 'sec-fetch-site': 'cross-site' },
  });
  assert.equal(said(elsewhere), [403, 'COM_SMOOPE_CROSS_SITE']);
  const old = await accept(person, token, '2017-01');
  assert.equal([old.status, old.body['field']], [400, 'body.terms.version']);
  const without = await person.page('POST', '/api/v1/account/agent-invitations', { token });
  assert.equal([without.status, without.body['field']], [400, 'body.terms']);
  assert.is((await accept(person, token)).status, 201);
  const second = await invite(context, newMobile());
  assert.equal(said(await accept(person, second.token)), [409, 'COM_SMOOPE_CONFLICT']);
  assert.is((await preview(person, second.token)).status, 200, 'the link stays good for somebody else');
  await letGo(context, person);
});

invitations('only admins of the company invite, read and take back; for others there is no such company', async (context) => {
  const { stack, company, api } = context;
  const clerk = await openApiAs(context, 'agent');
  const customer = await openApi(stack, await context.stranger.openIdToken());
  const { id } = await invite(context, newMobile());
  const body = { to: newMobile(), role: 'agent' };
  for (const [method, path] of [
    ['GET', pathOf(company)],
    ['POST', pathOf(company)],
    ['DELETE', `${pathOf(company)}/${id}`],
  ] as const) {
    const sent = method === 'POST' ? body : undefined;
    assert.equal(said(await clerk.call(method, path, sent)), [403, 'M_FORBIDDEN'], `${method} by an agent`);
    assert.equal(said(await customer.call(method, path, sent)), [404, 'M_NOT_FOUND'], `${method} by a customer`);
    const elsewhere = path.replace(company.slug, OTHER_SLUG);
    assert.equal(said(await api.call(method, elsewhere, sent)), [404, 'M_NOT_FOUND'], `${method} at another company`);
  }
});

invitations('bad addresses are refused by name of the field, and nobody is flooded', async (context) => {
  const { api, company, rows } = context;
  const count = async () => (await rows('agent_invitation').where({ company_id: company.id })).length;
  const before = await count();
  for (const to of ['hello', '+49301234567', 'a@b', 'a@example.org\nBcc: b@example.org', '+49151 1', 'x'.repeat(300)]) {
    const answer = await api.call('POST', pathOf(company), { to, role: 'agent' });
    assert.equal([answer.status, answer.body['field']], [400, 'body.to'], to);
  }
  assert.is((await api.call('POST', pathOf(company), { to: newMobile(), role: 'owner' })).status, 400);
  const twoLines = await api.call('POST', pathOf(company), { to: newMobile(), role: 'agent', displayName: 'A\nB' });
  assert.equal([twoLines.status, twoLines.body['field']], [400, 'body.displayName']);
  assert.is(await count(), before);
  const mobile = newMobile();
  const sent = [];
  for (let turn = 0; turn < 4; turn += 1) sent.push((await api.call('POST', pathOf(company), { to: mobile, role: 'agent' })).status);
  assert.equal(sent, [201, 201, 201, 429]);
});

invitations('who came by a link and is removed loses rooms and session at once, and the link leads nowhere', async (context) => {
  const { stack, company, api, person } = context;
  const { token } = await invite(context, newMobile());
  assert.is((await accept(person, token)).status, 201);
  const path = `/_matrix/client/v3/rooms/${encodeURIComponent(company.teamRoomId)}/messages?dir=b`;
  await eventually('the team room', async () => ((await person.matrix('GET', path)).status === 200 ? true : undefined));
  const theirs = await openApi(stack, await person.openIdToken());
  assert.is((await api.call('DELETE', `/companies/${company.slug}/members/${encodeURIComponent(person.userId)}`)).status, 204);
  assert.equal(said(await theirs.call('GET', '/api-session')), [401, 'M_UNKNOWN_TOKEN']);
  await eventually('the doors to be shut', async () => ((await person.matrix('GET', path)).status === 403 ? true : undefined));
  const again = await openApi(stack, await person.openIdToken());
  assert.equal(said(await again.call('GET', `/companies/${company.slug}/members`)), [404, 'M_NOT_FOUND'], 'a customer like any other');
  assert.equal(said(await accept(person, token)), [403, 'COM_SMOOPE_CODE_USED']);
});

invitations.run();
