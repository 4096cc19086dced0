import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openConversation } from '../open-conversation.ts';
import { whenOutboxIsDone } from '../conversation-facts.ts';
import { CANARY } from '../test-company.ts';
import { eventually } from '../waiting.ts';
import { codeOf, continueIn, newCustomer, personOf, whenMoved, withCompany, type Moving } from './continuation-fixture.ts';

const moving = suite<Moving>('a visitor becomes a customer');

moving.before(withCompany.open);
moving.after(withCompany.close);

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
  await continueIn(await newCustomer(context), await codeOf(talk.visitor), company.slug);
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

moving.run();
