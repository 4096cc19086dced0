import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openConversation } from '../open-conversation.ts';
import type { SignedInPerson } from '../openid/signed-in-person.ts';
import { newTrialAccount } from '../openid/trial-account.ts';
import { whenOutboxIsDone } from '../conversation-facts.ts';
import { callJson, type JsonAnswer } from '../stack-access.ts';
import { CANARY, OTHER_SLUG } from '../test-company.ts';
import { openVisitor, visitorWith, type Visitor } from '../visitor-client.ts';
import { eventually } from '../waiting.ts';
import { codeOf, continueIn, newCustomer, personOf, whenMoved, withCompany, type Moving } from './continuation-fixture.ts';

type Context = Moving & {
  /** Somebody with an account, to which conversations have moved or not. */
  customer: SignedInPerson;
  /** A conversation that nobody has taken; the last test does. */
  waiting: Begun;
};

/** Both suites have the same company. */
const shared = {} as Context;
const moving = suite('a visitor becomes a customer', shared);
const refused = suite('what does not move into an account', shared);

moving.before(withCompany.open);
moving.before(async (context) => {
  context.customer = await newCustomer(context);
});
refused.before(async (context) => {
  context.waiting = await begin(context);
});
refused.after(withCompany.close);

/** A conversation to which no agent has come. */
type Begun = { readonly visitor: Visitor; readonly id: string; readonly number: number };

async function begin({ stack, company }: Moving): Promise<Begun> {
  const visitor = await openVisitor(stack, company.slug);
  const { conversationId: id } = await visitor.say(`${CANARY} Hallo`);
  return { visitor, id, number: (await visitor.conversations())[0]?.number ?? 0 };
}

const TOLD = /schreibt jetzt aus der App weiter/;

moving('the conversation moves to the account: room, number and history stay, the ghost goes, the team reads one line', async (context) => {
  const { stack, rows, company, agent } = context;
  const talk = await openConversation(stack, company, agent, `${CANARY} aus dem Browser`);
  await agent.say(talk.roomId, `${CANARY} Antwort`);
  const stream = await talk.visitor.openStream(`${talk.id}:0`);
  await stream.waitForBody(`${CANARY} Antwort`);
  const visitor = await personOf(rows, 'conversation', talk.id);
  const [ghost = ''] = (await rows('person_identity').where({ person_id: visitor }).pluck('user_id')) as string[];
  const customer = await newCustomer(context);
  const code = await codeOf(talk.visitor);

  const preview = await customer.page('POST', '/api/v1/account/continuations/preview', { code, company: company.slug });
  const taken = { company: { slug: company.slug, name: company.name }, conversations: 1 };
  assert.equal([preview.status, preview.body], [200, taken]);
  assert.equal(await continueIn(customer, code, company.slug).then(({ status, body }) => [status, body]), [201, taken]);

  await stream.ended;
  assert.is((await talk.visitor.call('GET', '/conversations')).status, 401, 'the session of the visitor is over');
  await agent.waitForEvent(
    talk.roomId,
    'the account',
    (event) => event.state_key === customer.userId && event.content['membership'] === 'join',
  );
  await agent.waitForEvent(talk.roomId, 'the ghost to go', (event) => event.state_key === ghost && event.content['membership'] === 'leave');
  const isTold = ({ event }: (typeof agent.heard)[number]): boolean => TOLD.test(String(event?.content['body']));
  await agent.waitForEvent(company.teamRoomId, 'the line for the team', ({ content }) => TOLD.test(String(content['body'])));
  await whenOutboxIsDone(rows, talk.id);

  const path = `/_matrix/client/v3/rooms/${encodeURIComponent(talk.roomId)}`;
  const { body } = await customer.matrix('GET', `${path}/messages?dir=b&limit=50`);
  const bodies = (body['chunk'] as { content: { body?: string } }[]).map(({ content }) => content.body);
  for (const words of [`${CANARY} aus dem Browser`, `${CANARY} Antwort`]) assert.ok(bodies.includes(words), words);

  await customer.matrix('PUT', `${path}/send/m.room.message/app-1`, { msgtype: 'm.text', body: `${CANARY} aus der App` });
  await agent.waitForEvent(talk.roomId, 'the words from the app', ({ content }) => content['body'] === `${CANARY} aus der App`);
  await eventually('the words in the index', async () =>
    (await rows('conversation_event').where({ conversation_id: talk.id, sender: customer.userId })).length > 0 ? true : undefined,
  );
  const same = { id: talk.id, room_id: talk.roomId, number: talk.number };
  const [speaker] = (await rows('conversation').where(same).pluck('spoken_by')) as unknown[];
  assert.is(speaker, 'person', 'what the account writes is said by the person');
  assert.is(agent.heard.filter(isTold).length, 1, 'one line');
  const person = await personOf(rows, 'account', customer.id);
  assert.is(await personOf(rows, 'conversation', talk.id), person);
  const identities = await rows<{ person_id: string; user_id: string; valid_to: Date | null }>('person_identity').where({
    person_id: person,
  });
  assert.equal(
    new Map(identities.map(({ user_id: userId, valid_to: end }) => [userId, end === null])),
    new Map([
      [customer.userId, true],
      [ghost, false],
    ]),
    'both are one person, and the ghost is over',
  );
  assert.is((await rows('person').where({ id: visitor })).length, 0);
  assert.is((await rows('conversation').where({ company_id: company.id, person_id: person })).length, 1);
});

moving('every conversation of the visitor moves, and of two visitors of one person each; what was told last stays', async (context) => {
  const { stack, rows, company, agent } = context;
  const customer = await newCustomer(context);
  const talks = [await openConversation(stack, company, agent), await openConversation(stack, company, agent)];
  for (const [index, talk] of talks.entries()) {
    const given = { company_id: company.id, person_id: await personOf(rows, 'conversation', talk.id), purpose: 'test' };
    const at = (age: number): Date => new Date(Date.now() - age);
    await rows('contact_field').insert([
      { ...given, key: 'both', value: `both ${index}`, given_at: at(index * 60_000) },
      { ...given, key: `own${index}`, value: `own ${index}`, given_at: at(0) },
    ]);
    const sent = await talk.visitor.call('POST', '/events', {
      newConversation: true,
      type: 'm.room.message',
      content: { msgtype: 'm.text', body: `${CANARY} noch eins` },
      txnId: `second-${index}`,
    });
    assert.is(sent.status, 200);
    const answer = await continueIn(customer, await codeOf(talk.visitor), company.slug);
    assert.equal([answer.status, answer.body['conversations']], [201, new Set([talk.id, sent.body['conversationId']]).size]);
    await whenMoved(rows, talk.id);
    await whenMoved(rows, String(sent.body['conversationId']));
  }
  const person = await personOf(rows, 'account', customer.id);
  assert.equal(await rows('contact_field').where({ person_id: person }).orderBy('key').pluck('value'), ['both 0', 'own 0', 'own 1']);
  assert.is((await rows('person_identity').where({ person_id: person })).length, 3);
  const { joined_rooms: rooms } = (await customer.matrix('GET', '/_matrix/client/v3/joined_rooms')).body as { joined_rooms: string[] };
  for (const { roomId } of talks) assert.ok(rooms.includes(roomId));
});

moving('a step that is done again after a crash tells nobody twice', async (context) => {
  const { stack, rows, company, agent } = context;
  const talk = await openConversation(stack, company, agent);
  await continueIn(context.customer, await codeOf(talk.visitor), company.slug);
  await whenMoved(rows, talk.id);
  await whenOutboxIsDone(rows, talk.id);
  for (const change of [{ left_at: null }, {}]) {
    if (Object.keys(change).length > 0) await rows('continued_conversation').where({ conversation_id: talk.id }).update(change);
    const payload = JSON.stringify({ conversationId: talk.id });
    await rows('outbox').insert({ lane: `${talk.id}/app`, action: 'continueInApp', payload });
    await whenOutboxIsDone(rows, talk.id);
  }
  await whenMoved(rows, talk.id);
  const { announcement } = talk;
  const told = agent.heard.filter(({ event }) => {
    const relation = event?.content['m.relates_to'] as { event_id?: string } | undefined;
    return relation?.event_id === announcement.event_id && TOLD.test(String(event?.content['body']));
  });
  assert.is(told.length, 1);
});

moving('no table that refers to a person is forgotten', async ({ rows }) => {
  const { rows: found } = await rows.raw<{ rows: { name: string }[] }>(
    `select distinct conrelid::regclass::text as name from pg_constraint where contype = 'f' and confrelid = 'person'::regclass`,
  );
  const moved = ['conversation', 'conversation_event', 'contact_field', 'front_door', 'media_upload', 'person_identity'];
  const ended = ['contact_link', 'contact_notice', 'verified_identity', 'visitor_session'];
  // An account is never moved, and who is blocked is refused.
  const stays = ['account', 'visitor_block'];
  assert.equal(found.map(({ name }) => name).toSorted(), [...moved, ...ended, ...stays].toSorted());
});

/** Ends the codes of the visitor who waits, of which five may be open at once. */
async function expireCodes({ rows, waiting }: Context): Promise<void> {
  const sessions = rows('visitor_session')
    .where({ person_id: await personOf(rows, 'conversation', waiting.id) })
    .select('id');
  await rows('session_code')
    .whereIn('session_id', sessions)
    .update({ expires_at: new Date(Date.now() - 1) });
}

const PREVIEW = '/api/v1/account/continuations/preview';
const said = ({ status, body }: JsonAnswer): unknown[] => [status, body['errcode']];

refused('used, expired, made up, of another company, for another purpose, of nobody yet: one and the same answer', async (context) => {
  const { stack, company, customer, waiting } = context;
  const moved = await begin(context);
  const [used, spare] = [await codeOf(moved.visitor), await codeOf(moved.visitor)];
  assert.is((await continueIn(customer, used, company.slug)).status, 201);
  const expired = await codeOf(waiting.visitor);
  await expireCodes(context);
  const silent = await codeOf(await openVisitor(stack, company.slug));
  const { body } = await waiting.visitor.call('POST', '/sessions', { code: await codeOf(waiting.visitor, 'resume'), locale: 'de' });
  const over = visitorWith(stack, String(body['token']));
  const orphan = await codeOf(over);
  await over.call('DELETE', '/session');
  const attempts: [string, string, string][] = [
    ['used', used, company.slug],
    ['of a visitor who has moved already', spare, company.slug],
    ['expired', expired, company.slug],
    ['made up', `c_${'A'.repeat(43)}`, company.slug],
    ['of another company', await codeOf(waiting.visitor), OTHER_SLUG],
    ['of a company that there is not', await codeOf(waiting.visitor), 'nobody-has-this'],
    ['for another device', await codeOf(waiting.visitor, 'resume'), company.slug],
    ['of somebody who has said nothing', silent, company.slug],
    ['of a session that has ended', orphan, company.slug],
  ];
  const first = await continueIn(customer, used, company.slug);
  assert.equal(said(first), [403, 'COM_SMOOPE_CODE_USED']);
  for (const [what, code, slug] of attempts) {
    for (const answer of [await continueIn(customer, code, slug), await customer.page('POST', PREVIEW, { code, company: slug })])
      assert.equal([answer.status, answer.body], [403, first.body], what);
  }
  await waiting.visitor.say(`${CANARY} noch da`);
  await expireCodes(context);
});

refused('of two accounts that use a code at once one gets the conversation', async (context) => {
  const { rows, company } = context;
  const talk = await begin(context);
  const code = await codeOf(talk.visitor);
  const customers = [context.customer, await newCustomer(context)];
  const answers = await Promise.all(customers.map((customer) => continueIn(customer, code, company.slug)));
  assert.equal(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [201, 403],
  );
  assert.is((await rows('continued_conversation').where({ conversation_id: talk.id })).length, 1);
});

refused('without a session of an account, from another website, with bad input: nothing happens', async (context) => {
  const { stack, company, customer, waiting } = context;
  const body = { code: await codeOf(waiting.visitor), company: company.slug };
  const url = `${stack.appUrl}/api/v1/account/continuations`;
  assert.is((await callJson(url, { method: 'POST', body, headers: { 'sec-fetch-site': 'same-origin' } })).status, 401);
  assert.equal(said(await callJson(`${stack.appUrl}${PREVIEW}`, { method: 'POST', body, headers: { 'sec-fetch-site': 'cross-site' } })), [
    403,
    'COM_SMOOPE_CROSS_SITE',
  ]);
  for (const [field, bad] of [
    ['body.code', { ...body, code: 'a b' }],
    ['body.company', { ...body, company: 'Große Firma' }],
    ['body.company', { code: body.code }],
  ] as const) {
    const answer = await customer.page('POST', '/api/v1/account/continuations', bad);
    assert.equal([answer.status, answer.body['field']], [400, field]);
  }
  assert.is((await customer.page('POST', PREVIEW, body)).status, 200, 'the code is good still');
});

refused(
  'an account that the homeserver has never seen, a member of the company, somebody blocked, a company that is not open',
  async (context) => {
    const { stack, company, customer } = context;
    const { visitor, number } = context.waiting;
    const code = await codeOf(visitor);

    await company.operate('POST', '/members', { userId: customer.userId, role: 'agent' });
    assert.equal(said(await continueIn(customer, code, company.slug)), [409, 'COM_SMOOPE_CONFLICT'], 'a member');
    await company.operate('DELETE', `/members/${encodeURIComponent(customer.userId)}`);

    await company.operate('PUT', `/conversations/${number}/block`);
    assert.equal(said(await continueIn(customer, code, company.slug)), [403, 'COM_SMOOPE_BLOCKED'], 'blocked');
    await company.operate('DELETE', `/conversations/${number}/block`);

    await company.operate('POST', '/suspend');
    assert.equal(said(await continueIn(customer, code, company.slug)), [403, 'COM_SMOOPE_COMPANY_NOT_OPEN'], 'suspended');
    await company.operate('POST', '/resume');

    await visitor.say(`${CANARY} nichts ist geschehen`);
    assert.is((await continueIn(customer, code, company.slug)).status, 201, 'none of it has used the code up');
    const unseen = await newTrialAccount(stack, { firstName: CANARY, lastName: CANARY });
    const profile = `${stack.homeserverUrl}/_matrix/client/v3/profile/${encodeURIComponent(unseen.userId)}`;
    assert.is.not((await callJson(profile, { token: customer.accessToken })).status, 200, 'an account begins without a Matrix user');
  },
);

moving.run();
refused.run();
