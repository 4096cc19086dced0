import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Database } from '../../../appservice/database/database.ts';
import type { AgentEvent } from '../agents/agent.ts';
import { countRows, openRows, waitForAnnouncement } from '../conversation-facts.ts';
import { sharedStackAccess, type JsonAnswer, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, type CompanyAgent, type TestCompany } from '../test-company.ts';
import { newTxnId, openVisitor, panelSettings, type Visitor } from '../visitor-client.ts';
import { eventually } from '../waiting.ts';

type Context = {
  stack: StackAccess;
  rows: Database;
  company: TestCompany;
  agent: CompanyAgent;
  /** Somebody who has written and is called `FOREIGN`. */
  neighbour: Visitor;
};

const fields = suite<Context>('fields that a company asks for');

const purpose = { de: 'Damit wir Sie erreichen', en: 'So that we can reach you' };
const preChat = [
  { key: 'name', type: 'text', required: true, label: { de: 'Name', en: 'Name' }, purpose, maxLength: 40 },
  { key: 'order', type: 'text', label: { de: 'Bestellung' }, purpose, pattern: '[A-Z]{2}-\\d+' },
  { key: 'mail', type: 'email', label: { de: 'E-Mail' }, purpose },
  { key: 'phone', type: 'tel', label: { de: 'Telefon' }, purpose },
  {
    key: 'topic',
    type: 'select',
    label: { de: 'Thema' },
    purpose,
    options: [
      { value: 'buy', label: { de: 'Kaufen' } },
      { value: 'fix', label: { de: 'Reparieren' } },
    ],
  },
  { key: 'terms', type: 'checkbox', required: true, label: { de: 'Einverstanden' }, purpose },
];

fields.before(async (context) => {
  context.stack = sharedStackAccess();
  context.rows = openRows(context.stack);
  context.company = await newCompany(context.stack, { settings: { preChat } });
  context.agent = await context.company.newAgent();
  context.neighbour = await openVisitor(context.stack, context.company.slug);
  assert.is((await send(context.neighbour, { ...GOOD, name: FOREIGN })).status, 200);
  // The words and their announcement, so that later nothing is stored that is not of the test itself.
  await eventually('both events', async () =>
    (await countRows(context.rows, context.company))['conversation_event'] === 2 ? true : undefined,
  );
});
fields.after(async ({ rows, agent }) => {
  await agent.stop();
  await rows.destroy();
});

const send = (visitor: Visitor, given?: Record<string, unknown>, body = `${CANARY} Hallo`): Promise<JsonAnswer> =>
  visitor.call('POST', '/events', {
    type: 'm.room.message',
    content: { msgtype: 'm.text', body },
    txnId: newTxnId(),
    ...(given === undefined ? {} : { fields: given }),
  });

const GOOD = { name: `${CANARY} Erika`, terms: 'yes' };
const FOREIGN = `${CANARY}-fremd`;

fields('are shown to the panel in the language of the page, with their purpose', async ({ stack, company }) => {
  const { preChat: shown = [] } = await panelSettings(stack, company.slug);
  assert.equal(
    shown.map(({ key, kind, required }) => [key, kind, required]),
    [
      ['name', 'text', true],
      ['order', 'text', false],
      ['mail', 'email', false],
      ['phone', 'phone', false],
      ['topic', 'choice', false],
      ['terms', 'agreement', true],
    ],
  );
  assert.equal(shown[0]?.purpose, 'Damit wir Sie erreichen');
  assert.equal(shown[4]?.options, [
    { value: 'buy', label: 'Kaufen' },
    { value: 'fix', label: 'Reparieren' },
  ]);
});

fields('what is wrong is named with what is allowed, and nothing is stored', async ({ stack, rows, company }) => {
  const visitor = await openVisitor(stack, company.slug);
  const before = await countRows(rows, company);
  const fieldsOf = async () => (await rows('contact_field').where({ company_id: company.id })).length;
  const kept = await fieldsOf();
  const bad: [Record<string, unknown> | undefined, string, RegExp][] = [
    [undefined, 'name', /asks for this/],
    [{ name: 'Erika' }, 'terms', /asks for this/],
    [{ ...GOOD, terms: 'no' }, 'terms', /asks for this/],
    [{ ...GOOD, terms: 'perhaps' }, 'terms', /yes or no/],
    [{ ...GOOD, colour: 'red' }, 'colour', /allowed: name, order/],
    [{ ...GOOD, name: 'x'.repeat(41) }, 'name', /at most 40/],
    [{ ...GOOD, name: ' ' }, 'name', /not be empty/],
    [{ ...GOOD, name: 'Erika\u202e' }, 'name', /writing direction/],
    [{ ...GOOD, name: 'Eri\nka' }, 'name', /control characters/],
    [{ ...GOOD, order: 'AB-' }, 'order', /form/],
    [{ ...GOOD, mail: 'erika' }, 'mail', /mail address/],
    [{ ...GOOD, phone: 'ruf an' }, 'phone', /telephone/],
    [{ ...GOOD, topic: 'sell' }, 'topic', /"buy", "fix"/],
    [{ ...GOOD, name: 5 }, 'name', /string/],
  ];
  for (const [given, key, sentence] of bad) {
    const { status, body } = await send(visitor, given);
    assert.equal([status, body['field']], [400, `body.fields.${key}`], JSON.stringify(given));
    assert.match(String(body['error']), sentence);
  }
  assert.equal(await countRows(rows, company), before);
  assert.is(await fieldsOf(), kept);
});

fields('come with the first message, are kept with their purpose, and are not asked again', async ({ stack, rows, company }) => {
  const visitor = await openVisitor(stack, company.slug);
  const given = { ...GOOD, order: 'AB-123', mail: `${CANARY}@example.org`, phone: '+49 30 1234567', topic: 'fix' };
  assert.is((await send(visitor, given)).status, 200);
  assert.is((await send(visitor)).status, 200, 'the second message needs none');
  const kept = (await visitor.call('GET', '')).body['fields'] as { key: string; label: string; purpose: string; value: string }[];
  assert.equal(Object.fromEntries(kept.map(({ key, value }) => [key, value])), given);
  assert.equal(
    kept.find(({ key }) => key === 'name'),
    {
      key: 'name',
      label: 'Name',
      purpose: 'Damit wir Sie erreichen',
      value: GOOD.name,
    },
  );
  await company.operate('PATCH', '/settings', { reopenDays: 0 });
  const count = async () => (await rows('conversation').where({ company_id: company.id })).length;
  const before = await count();
  const [conversation] = await visitor.conversations();
  await visitor.call('POST', `/conversations/${conversation?.id}/close`);
  assert.is((await send(visitor)).status, 200, 'a further conversation knows what was given before');
  assert.is((await visitor.conversations()).length, 2);
  await company.operate('PATCH', '/settings', { reopenDays: 14 });
  assert.is(await count(), before + 1);
});

fields('are changed and taken back by the person, and by nobody before the first message', async ({ stack, company }) => {
  const visitor = await openVisitor(stack, company.slug);
  const early = await visitor.call('PUT', '/fields', { fields: { name: 'Erika' } });
  assert.equal([early.status, early.body['errcode']], [409, 'COM_SMOOPE_CONFLICT']);
  await send(visitor, GOOD);
  const changed = await visitor.call('PUT', '/fields', { fields: { name: `${CANARY} Berta`, topic: 'buy' } });
  assert.equal(
    (changed.body['fields'] as { key: string; value: string }[]).map(({ key, value }) => [key, value]),
    [
      ['name', `${CANARY} Berta`],
      ['topic', 'buy'],
      ['terms', 'yes'],
    ],
  );
  assert.is((await visitor.call('PUT', '/fields', { fields: { colour: 'red' } })).body['field'], 'body.fields.colour');
  assert.is((await visitor.call('DELETE', '/fields/topic')).status, 204);
  assert.is((await visitor.call('DELETE', '/fields/topic')).status, 404);
  assert.not.match(JSON.stringify((await visitor.call('GET', '')).body), FOREIGN);
});

fields('agents see them with !who, the operator by an audited look; room state has none', async (context) => {
  const { rows, company, agent, neighbour: visitor } = context;
  const secret = FOREIGN;
  const { number = 0 } = (await visitor.conversations())[0] ?? {};
  const announcement = await waitForAnnouncement(agent, company, number);
  assert.not.match(JSON.stringify(announcement), secret);
  await agent.say(company.teamRoomId, '!who', { 'm.relates_to': { 'm.in_reply_to': { event_id: announcement.event_id } } });
  const answer = await agent.waitForEvent(company.teamRoomId, 'what the person gave', ({ content }) =>
    String(content['body']).includes(secret),
  );
  assert.match(String(answer.content['body']), 'Damit wir Sie erreichen');
  const [row] = await rows<{ company_id: string; number: number; room_id: string; id: string }>('conversation').where({
    company_id: company.id,
    number,
  });
  const state = await rows<Record<string, unknown>>('conversation')
    .where({ id: String(row?.id) })
    .first();
  assert.not.match(JSON.stringify(state), secret);
  await agent.join(String(row?.room_id));
  const { body } = await agent.call('GET', `/_matrix/client/v3/rooms/${encodeURIComponent(String(row?.room_id))}/state`);
  assert.not.match(JSON.stringify(body), secret);
  const looked = await company.operate('GET', `/conversations/${number}/contact-fields`);
  assert.match(JSON.stringify(looked.body), secret);
  const [line] = await rows<{ action: string; company_id: string; detail: unknown; id: string }>('audit_log')
    .where({ action: 'contact-field.list', company_id: company.id })
    .orderBy('id', 'desc');
  assert.equal(line?.detail, { conversation: row?.id });
  assert.is((await company.operate('GET', '/conversations/99999/contact-fields')).status, 404);
});

fields(
  'what the team read with !who is taken back there when the person changes it or takes it back',
  async ({ stack, company, agent, neighbour }) => {
    const visitor = await openVisitor(stack, company.slug);
    /** Asks in the thread of a person; answers the event that shows `value` there. */
    const ask = async (person: Visitor, value: string): Promise<AgentEvent> => {
      const { number = 0 } = (await person.conversations())[0] ?? {};
      const { event_id: root } = await waitForAnnouncement(agent, company, number);
      await agent.say(company.teamRoomId, '!who', { 'm.relates_to': { 'm.in_reply_to': { event_id: root } } });
      return agent.waitForEvent(company.teamRoomId, 'what the person gave', ({ content }) => String(content['body']).includes(value));
    };
    const whenTakenBack = ({ event_id: id }: AgentEvent) =>
      agent.waitForEvent(company.teamRoomId, 'the answer to be taken back', ({ type, content, redacts }) =>
        type === 'm.room.redaction' ? (content['redacts'] ?? redacts) === id : false,
      );
    const [first, second] = ['erst', 'dann'].map((word) => `${CANARY}-${word}`) as [string, string];
    await send(visitor, { ...GOOD, name: first });
    await ask(neighbour, FOREIGN);
    const before = await ask(visitor, first);
    await visitor.call('PUT', '/fields', { fields: { name: first, order: 'AB-1' } });
    await visitor.call('PUT', '/fields', { fields: { name: second } });
    await whenTakenBack(before);
    const after = await ask(visitor, second);
    assert.is((await visitor.call('DELETE', '/fields/name')).status, 204);
    await whenTakenBack(after);
    const room = JSON.stringify(await agent.messages(company.teamRoomId, 100));
    for (const value of [first, second]) assert.not.match(room, value);
    assert.match(room, FOREIGN);
  },
);

fields('a company cannot ask in a way that is unclear, dangerous or without purpose', async ({ company }) => {
  const field = { key: 'a', type: 'text', label: { de: 'A' }, purpose: { de: 'B' } };
  const bad = [
    { ...field, purpose: {} },
    { ...field, label: undefined },
    { ...field, key: 'A b' },
    { ...field, type: 'select' },
    { ...field, pattern: '(a+)+$' },
    { ...field, pattern: 'a*b*c*d*' },
    { ...field, pattern: '[' },
    { ...field, type: 'email', pattern: 'a' },
    { ...field, type: 'email', maxLength: 5 },
    { ...field, options: [{ value: 'a', label: { de: 'A' } }] },
  ];
  for (const one of bad) {
    const { status, body } = await company.operate('PATCH', '/settings', { preChat: [one] });
    assert.is(status, 400, JSON.stringify(one));
    assert.match(String(body['field']), /^body\.preChat/);
  }
  assert.is((await company.operate('PATCH', '/settings', { preChat: [field, field] })).status, 400, 'a key twice');
});

fields.run();
