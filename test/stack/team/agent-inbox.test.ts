import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Database } from '../../../appservice/database/database.ts';
import { openApi, openIdTokenOf, type ApiClient } from '../api-sessions/api-client.ts';
import { openRows } from '../conversation-facts.ts';
import { beginConversation, joinConversation, type OpenConversation } from '../open-conversation.ts';
import { newSignedInPerson } from '../openid/signed-in-person.ts';
import { sharedStackAccess, type JsonAnswer, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, newPlainUser, OTHER_SLUG, type CompanyAgent, type PlainUser, type TestCompany } from '../test-company.ts';
import { eventually } from '../waiting.ts';
import { untilShown } from './team-room.ts';

type Context = {
  stack: StackAccess;
  rows: Database;
  company: TestCompany;
  anna: CompanyAgent;
  /** Of the department "sales" alone; has no client. */
  bernd: PlainUser;
  annasApi: ApiClient;
  berndsApi: ApiClient;
  annasId: string;
  berndsId: string;
  talk: OpenConversation;
  second: OpenConversation;
};

type Listed = { number: number; roomId: string; labels: string[]; assignee: string | null; status: string; isJoined: boolean };

const inbox = suite<Context>('inbox of agents');

const settings = {
  cannedReplies: { [`${CANARY}-gruss`]: { de: `${CANARY} Guten Tag`, en: `${CANARY} Hello` } },
  preChat: [{ key: 'order', type: 'text', required: false, label: { de: 'Bestellung' }, purpose: { de: 'Damit wir sie finden.' } }],
};

inbox.before(async (context) => {
  const stack = sharedStackAccess();
  const company = await newCompany(stack, { settings });
  const anna = await company.newAgent({ displayName: `Anna ${CANARY}` });
  const bernd = await newPlainUser(stack);
  await company.operate('POST', '/members', { userId: bernd.userId, role: 'agent', displayName: `Bernd ${CANARY}` });
  const rows = openRows(stack);
  const idOf = async ({ userId }: { userId: string }): Promise<string> =>
    (await rows('company_member').where({ company_id: company.id, user_id: userId }).first<{ id: string }>('id')).id;
  Object.assign(context, { stack, company, anna, bernd, rows, annasId: await idOf(anna), berndsId: await idOf(bernd) });
  context.annasApi = await openApi(stack, await openIdTokenOf(stack, anna));
  context.berndsApi = await openApi(stack, await openIdTokenOf(stack, bernd));
  const first = await beginConversation(stack, company, `${CANARY} Meine Lieferung mit Quittenmus fehlt`);
  context.talk = await joinConversation(company, anna, first.visitor, first.id);
  const other = await beginConversation(stack, company, `${CANARY} Eine Frage zu Quittenmus`);
  context.second = await joinConversation(company, anna, other.visitor, other.id);
});
inbox.after(async ({ anna, rows }) => {
  await anna.stop();
  await rows.destroy();
});

const inOrder = (one: number, other: number): number => one - other;

const said = ({ status, body }: JsonAnswer): unknown[] => [status, body['errcode']];
const pathOf = ({ company }: Context, path: string): string => `/companies/${company.slug}${path}`;
const list = async (
  context: Context,
  api: ApiClient,
  query = '',
): Promise<{ conversations: Listed[]; counts: Record<string, number>; next: string | null }> =>
  (await api.call('GET', pathOf(context, `/conversations${query}`))).body as never;
const numbersOf = ({ conversations }: { conversations: Listed[] }): number[] => conversations.map(({ number }) => number);

inbox('an agent reads their companies, and the conversations of each view page by page, without words and names', async (context) => {
  const { company, annasApi, berndsApi, talk, second } = context;
  const { companies } = (await annasApi.call('GET', '/inboxes')).body as { companies: unknown[] };
  assert.equal(companies, [{ slug: company.slug, name: company.name, role: 'agent', counts: { waiting: 2, mine: 0, all: 2, closed: 0 } }]);
  const whole = await list(context, annasApi);
  assert.equal(numbersOf(whole), [second.number, talk.number], 'newest activity first');
  assert.equal(
    whole.conversations.map(({ isJoined }) => isJoined),
    [true, true],
  );
  assert.equal(
    (await list(context, berndsApi)).conversations.map(({ isJoined }) => isJoined),
    [false, false],
  );
  assert.not.match(JSON.stringify(whole), CANARY);
  const page = await list(context, annasApi, '?limit=1');
  assert.equal(numbersOf(page), [second.number]);
  const rest = await list(context, annasApi, `?limit=1&from=${page.next}`);
  assert.equal([numbersOf(rest), rest.next], [[talk.number], null]);
});

inbox('customers, agents of other companies, operators and visitors read and do nothing; bad input names the field', async (context) => {
  const { stack, annasApi, talk } = context;
  const person = await newSignedInPerson(stack, { firstName: `${CANARY}first`, lastName: `${CANARY}last` });
  const customer = await openApi(stack, await person.openIdToken());
  const calls = (slug: string): [string, string, unknown?][] => [
    ['GET', `/companies/${slug}/inbox`],
    ['GET', `/companies/${slug}/conversations`],
    ['GET', `/companies/${slug}/conversations/${talk.number}`],
    ...['claim', 'close', 'reopen', 'join'].map((action): [string, string] => [
      'POST',
      `/companies/${slug}/conversations/${talk.number}/${action}`,
    ]),
    ['PUT', `/companies/${slug}/conversations/${talk.number}/assignee`, { member: null }],
    ['PUT', `/companies/${slug}/conversations/${talk.number}/department`, { department: null }],
    ['PUT', `/companies/${slug}/conversations/${talk.number}/labels/x`],
    ['DELETE', `/companies/${slug}/conversations/${talk.number}/labels/x`],
    ['GET', `/companies/${slug}/availability`],
    ['PUT', `/companies/${slug}/availability`, { away: true }],
    ['POST', `/companies/${slug}/search`, { words: 'Quittenmus' }],
  ];
  const nobody = await annasApi.call('GET', '/companies/nobody-has-this/inbox');
  for (const [method, path, body] of calls(context.company.slug)) {
    const answer = await customer.call(method, path, body);
    assert.equal([answer.status, answer.body], [404, nobody.body], `${method} ${path}`);
    for (const token of [stack.operatorToken, context.talk.visitor.token]) {
      const stranger = await fetch(`${stack.appUrl}/api/v1${path}`, { method, headers: { authorization: `Bearer ${token}` } });
      assert.is(stranger.status, 401, `${method} ${path}`);
    }
  }
  for (const [method, path, body] of calls(OTHER_SLUG)) {
    const answer = await annasApi.call(method, path, body);
    assert.equal([answer.status, answer.body], [404, nobody.body], `${method} ${path}`);
  }
  assert.equal((await customer.call('GET', '/inboxes')).body, { companies: [] });
  const at = (path: string): string => pathOf(context, path);
  for (const [method, path, status, field, body] of [
    ['GET', '/conversations?view=theirs', 400, 'query.view'],
    ['GET', '/conversations?from=x', 400, 'query.from'],
    ['GET', '/conversations/0', 400, 'params.number'],
    ['GET', '/conversations/999999', 404, 'params.number'],
    ['POST', '/conversations/999999/join', 404, 'params.number'],
    ['PUT', `/conversations/${talk.number}/labels/${encodeURIComponent('<b>')}`, 400, 'params.label'],
    ['PUT', `/conversations/${talk.number}/department`, 400, 'body.department', { department: 'nowhere' }],
    ['PUT', `/conversations/${talk.number}/assignee`, 404, 'body.member', { member: '00000000-0000-4000-8000-000000000000' }],
    ['POST', '/search', 400, 'body.words', { words: 'x' }],
  ] as const) {
    const answer = await annasApi.call(method, at(path), body);
    assert.equal([answer.status, answer.body['field']], [status, field], `${method} ${path}`);
  }
});

inbox('who takes a conversation has it: the announcement names them, a second is refused, and another may be given it', async (context) => {
  const { company, anna, annasApi, berndsApi, annasId, berndsId, talk } = context;
  const one = pathOf(context, `/conversations/${talk.number}`);
  const claimed = await annasApi.call('POST', `${one}/claim`);
  assert.is((claimed.body['conversation'] as Listed).assignee, annasId);
  await untilShown(anna, company.teamRoomId, talk.announcement, `Bei Anna ${CANARY}`);
  assert.equal(said(await berndsApi.call('POST', `${one}/claim`)), [409, 'COM_SMOOPE_CONFLICT']);
  assert.equal(numbersOf(await list(context, annasApi, '?view=mine')), [talk.number]);
  const given = await annasApi.call('PUT', `${one}/assignee`, { member: berndsId });
  assert.is((given.body['conversation'] as Listed).assignee, berndsId);
  await untilShown(anna, company.teamRoomId, talk.announcement, `Bei Bernd ${CANARY}`);
  const nobodys = await annasApi.call('PUT', `${one}/assignee`, { member: null });
  assert.is((nobodys.body['conversation'] as Listed).assignee, null);
  assert.equal(numbersOf(await list(context, annasApi, '?view=all&assignee=-')).length, 2);
});

inbox('labels are given and taken, and the list can be read by them', async (context) => {
  const { annasApi, anna, company, talk } = context;
  const label = pathOf(context, `/conversations/${talk.number}/labels/${encodeURIComponent('Größe 42')}`);
  assert.equal(((await annasApi.call('PUT', label)).body['conversation'] as Listed).labels, ['Größe 42']);
  await untilShown(anna, company.teamRoomId, talk.announcement, 'Größe 42');
  assert.equal(said(await annasApi.call('PUT', label)), [409, 'COM_SMOOPE_CONFLICT'], 'it is there already');
  assert.equal(numbersOf(await list(context, annasApi, `?label=${encodeURIComponent('größe 42')}`)), [talk.number]);
  assert.equal((await annasApi.call('GET', pathOf(context, '/inbox'))).body['labels'], ['Größe 42']);
  assert.equal(((await annasApi.call('DELETE', label)).body['conversation'] as Listed).labels, []);
  assert.equal(numbersOf(await list(context, annasApi, `?label=${encodeURIComponent('größe 42')}`)), []);
});

inbox('joining brings the agent into the room at once, with the power of an agent', async (context) => {
  const { bernd, berndsApi, talk } = context;
  const answer = await berndsApi.call('POST', pathOf(context, `/conversations/${talk.number}/join`));
  assert.is(answer.status, 200);
  const path = `/_matrix/client/v3/rooms/${encodeURIComponent(talk.roomId)}`;
  await eventually('the power of an agent', async () => {
    const { body } = await bernd.call('GET', `${path}/state/m.room.power_levels/`);
    return (body['users'] as Record<string, number> | undefined)?.[bernd.userId] === 50 ? true : undefined;
  });
  await eventually('the list to say so', async () =>
    (await list(context, berndsApi)).conversations.find(({ number }) => number === talk.number)?.isJoined === true ? true : undefined,
  );
});

inbox('closing and reopening reach the person; each twice is refused', async (context) => {
  const { annasApi, talk } = context;
  const one = pathOf(context, `/conversations/${talk.number}`);
  const statusOf = async (): Promise<string | undefined> => (await talk.visitor.conversations()).find(({ id }) => id === talk.id)?.status;
  assert.is((await annasApi.call('POST', `${one}/close`)).status, 200);
  assert.is(await statusOf(), 'closed');
  assert.equal(said(await annasApi.call('POST', `${one}/close`)), [409, 'COM_SMOOPE_CONFLICT']);
  assert.equal(said(await annasApi.call('POST', `${one}/claim`)), [409, 'COM_SMOOPE_CONFLICT']);
  assert.equal(numbersOf(await list(context, annasApi, '?view=closed')), [talk.number]);
  assert.is((await annasApi.call('POST', `${one}/reopen`)).status, 200);
  assert.is(await statusOf(), 'waiting');
  assert.equal(said(await annasApi.call('POST', `${one}/reopen`)), [409, 'COM_SMOOPE_CONFLICT']);
});

inbox('the card shows what the person told this company, each with source and purpose, and their other conversations', async (context) => {
  const { rows, company, annasApi, talk, second } = context;
  const personOf = async (number: number): Promise<string> =>
    (await rows('conversation').where({ company_id: company.id, number }).first<{ person_id: string }>('person_id')).person_id;
  const person = await personOf(talk.number);
  const field = { person_id: person, company_id: company.id, key: 'order', value: `${CANARY} 4711`, purpose: 'Damit wir sie finden.' };
  await rows('contact_field').insert(field);
  const { body } = await annasApi.call('GET', pathOf(context, `/conversations/${talk.number}`));
  assert.equal(body['person'], {
    hasAccount: false,
    facts: [
      { label: 'Bestellung', value: `${CANARY} 4711`, source: 'asked', purpose: 'Damit wir sie finden.' },
      { label: null, value: 'de', source: 'language', purpose: null },
    ],
  });
  assert.equal([body['announcement'], body['others']], [{ roomId: company.teamRoomId, eventId: talk.announcement.event_id }, []]);
  const stranger = await personOf(second.number);
  await rows('conversation').where({ company_id: company.id, number: second.number }).update({ person_id: person });
  const { others } = (await annasApi.call('GET', pathOf(context, `/conversations/${talk.number}`))).body as { others: Listed[] };
  assert.equal(numbersOf({ conversations: others }), [second.number]);
  await rows('conversation').where({ company_id: company.id, number: second.number }).update({ person_id: stranger });
});

inbox('who is away says so here as in the team room', async (context) => {
  const { annasApi, rows, annasId } = context;
  const path = pathOf(context, '/availability');
  assert.equal((await annasApi.call('GET', path)).body, { away: false });
  assert.equal((await annasApi.call('PUT', path, { away: true })).body, { away: true });
  const row = await rows('member_availability').where({ member_id: annasId }).first<{ away: boolean }>('away');
  assert.is(row.away, true);
  assert.equal((await annasApi.call('GET', path)).body, { away: true });
  await annasApi.call('PUT', path, { away: false });
});

inbox('a search finds words in conversations and nothing of the team room', async (context) => {
  const { company, anna, annasApi, talk, second } = context;
  await anna.say(company.teamRoomId, `${CANARY} intern: Quittenmus`);
  const search = async (words: string): Promise<{ number: number; text: string; isOurs: boolean }[]> =>
    (await annasApi.call('POST', pathOf(context, '/search'), { words })).body['found'] as never;
  const found = await search('Quittenmus');
  assert.equal(found.map(({ number }) => number).toSorted(inOrder), [talk.number, second.number].toSorted(inOrder));
  assert.ok(found.every(({ text, isOurs }) => text.includes('Quittenmus') && !isOurs));
  assert.equal(await search('Zwetschgenmus'), []);
});

inbox('what was handed over to a department is seen, found, joined and changed by its members alone', async (context) => {
  const { company, rows, annasApi, berndsApi, bernd, berndsId, talk, second } = context;
  await company.operate('POST', '/departments', { key: 'sales', name: `${CANARY} Verkauf` });
  await company.operate('PUT', `/departments/sales/members/${encodeURIComponent(bernd.userId)}`);
  const one = pathOf(context, `/conversations/${second.number}`);
  const answer = await eventually('the department to be there', async () => {
    const handed = await annasApi.call('PUT', `${one}/department`, { department: 'sales' });
    return handed.status === 200 ? handed : undefined;
  });
  assert.equal(answer.body, { conversation: null }, 'it is out of her sight');
  assert.equal(numbersOf(await list(context, annasApi, '?view=all')), [talk.number]);
  assert.equal(numbersOf(await list(context, berndsApi, '?view=all&department=sales')), [second.number]);
  for (const [method, path] of [
    ['GET', ''],
    ['POST', '/claim'],
    ['POST', '/join'],
    ['POST', '/close'],
    ['PUT', '/labels/x'],
  ] as const)
    assert.equal(said(await annasApi.call(method, `${one}${path}`)), [404, 'M_NOT_FOUND'], `${method} ${path}`);
  const search = async (api: ApiClient): Promise<number[]> =>
    ((await api.call('POST', pathOf(context, '/search'), { words: 'Quittenmus' })).body['found'] as Listed[]).map(({ number }) => number);
  assert.equal(await search(annasApi), [talk.number]);
  assert.equal((await search(berndsApi)).toSorted(inOrder), [talk.number, second.number].toSorted(inOrder));
  const refused = await berndsApi.call('PUT', `${one}/assignee`, { member: context.annasId });
  assert.equal([refused.status, refused.body['field']], [404, 'body.member'], 'who is not of the department cannot be given it');
  assert.is(((await berndsApi.call('PUT', `${one}/assignee`, { member: berndsId })).body['conversation'] as Listed).assignee, berndsId);
  await rows('company_member').where({ id: context.annasId }).update({ role: 'admin' });
  assert.equal(
    numbersOf(await list(context, annasApi, '?view=all')).toSorted(inOrder),
    [talk.number, second.number].toSorted(inOrder),
    'an admin sees all',
  );
  await rows('company_member').where({ id: context.annasId }).update({ role: 'agent' });
});

inbox('a removed agent has no inbox any more', async (context) => {
  const { company, bernd, berndsApi } = context;
  assert.is((await company.operate('DELETE', `/members/${encodeURIComponent(bernd.userId)}`)).status, 204);
  assert.equal(said(await berndsApi.call('GET', pathOf(context, '/conversations'))), [401, 'M_UNKNOWN_TOKEN']);
  assert.equal(said(await berndsApi.call('POST', pathOf(context, '/search'), { words: 'Quittenmus' })), [401, 'M_UNKNOWN_TOKEN']);
});

inbox.run();
