import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Database } from '../../../appservice/database/database.ts';
import { openRows } from '../conversation-facts.ts';
import { openConversation, type OpenConversation } from '../open-conversation.ts';
import { identify, newSigningWebsite } from '../identities/signed-identity.ts';
import { sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, type CompanyAgent, type TestCompany } from '../test-company.ts';
import { newTxnId, openVisitor, panelSettings, type Visitor } from '../visitor-client.ts';
import { eventually } from '../waiting.ts';

type Context = {
  stack: StackAccess;
  rows: Database;
  company: TestCompany;
  agent: CompanyAgent;
  /** A conversation of somebody who does this and that with it. */
  talk: OpenConversation;
  /** To which nobody ever writes. */
  quiet: TestCompany;
};

const own = suite<Context>('what a person does with a conversation');

own.before(async (context) => {
  context.stack = sharedStackAccess();
  context.rows = openRows(context.stack);
  context.company = await newCompany(context.stack);
  context.agent = await context.company.newAgent({ displayName: `${CANARY} Agnes` });
  context.talk = await openConversation(context.stack, context.company, context.agent);
  context.quiet = await newCompany(context.stack);
});
own.after(async ({ rows, agent }) => {
  await agent.stop();
  await rows.destroy();
});

async function download({ stack }: Context, visitor: Visitor, path: string) {
  const response = await fetch(`${stack.appUrl}/api/v1/visitor${path}`, { headers: { authorization: `Bearer ${visitor.token}` } });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

own('ending closes it for everybody, once, and a further message takes it up again', async ({ stack, company, agent, talk }) => {
  const stream = await talk.visitor.openStream();
  const close = () => talk.visitor.call('POST', `/conversations/${talk.id}/close`);
  assert.is((await close()).status, 204);
  await stream.waitForSummary('the end', ({ status, rated }) => status === 'closed' && rated === false);
  await agent.waitForEvent(company.teamRoomId, 'the word of it', ({ content }) => String(content['body']).includes('beendet'));
  assert.is((await close()).status, 204, 'again');
  assert.is((await talk.visitor.say(`${CANARY} doch noch`)).conversationId, talk.id);
  await stream.waitForSummary('going on', ({ status }) => status === 'waiting');
  const stranger = await openVisitor(stack, company.slug);
  assert.is((await stranger.call('POST', `/conversations/${talk.id}/close`)).status, 404);
  await stream.close();
});

own('the transcript holds what the person saw, in order, once and as it reads now, escaped, with times of the zone', async (context) => {
  const { agent, talk } = context;
  await talk.visitor.say(`${CANARY} <script>alert(1)</script> & "Gruß"`);
  await agent.say(talk.roomId, `${CANARY} Antwort`);
  const gone = await agent.say(talk.roomId, `${CANARY} zurückgenommen`);
  await agent.redact(talk.roomId, gone);
  await agent.say(talk.roomId, '!label geheim');
  const edit = { type: 'm.room.message', txnId: newTxnId() };
  const mine = await talk.visitor.say(`${CANARY} falsch`);
  await talk.visitor.call('POST', '/events', {
    ...edit,
    content: {
      msgtype: 'm.text',
      body: 'x',
      'm.new_content': { msgtype: 'm.text', body: `${CANARY} richtig` },
      'm.relates_to': { rel_type: 'm.replace', event_id: mine.eventId },
    },
  });
  await agent.send(talk.roomId, 'm.room.message', { msgtype: 'm.emote', body: 'winkt' });
  const listed = { format: 'org.matrix.custom.html', formatted_body: '<ol start="4"><li>vier</li><li>fünf</li></ol>' };
  const said = await agent.say(talk.roomId, '4. vier', listed);
  await eventually('the answer', async () =>
    (await talk.visitor.history(talk.id)).some(({ eventId }) => eventId === said) ? true : undefined,
  );
  await eventually('the redaction', async () =>
    (await talk.visitor.history(talk.id)).some(({ type, redacts }) => type === 'm.room.redaction' && redacts === gone) ? true : undefined,
  );
  const html = await download(context, talk.visitor, `/conversations/${talk.id}/transcript?timeZone=Asia/Tokyo`);
  assert.is(html.status, 200);
  assert.is(html.headers.get('content-disposition'), `attachment; filename="unterhaltung-${talk.number}.html"`);
  assert.is(html.headers.get('x-content-type-options'), 'nosniff');
  assert.match(html.text, '&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;Gruß&quot;');
  assert.not.match(html.text, '<script');
  assert.match(html.text, 'Asia/Tokyo');
  const text = await download(context, talk.visitor, `/conversations/${talk.id}/transcript?format=text&timeZone=Asia/Tokyo`);
  assert.match(text.headers.get('content-type') ?? '', 'text/plain');
  const places = [
    `· Sie\n${CANARY} <script>`,
    `· ${CANARY} Agnes\n${CANARY} Antwort`,
    'gelöscht',
    `Sie (geändert)\n${CANARY} richtig`,
    `* ${CANARY} Agnes winkt`,
    '4. vier',
    '5. fünf',
  ].map((part) => text.text.indexOf(part));
  assert.ok(
    places.every((place, index) => place > (places[index - 1] ?? 0)),
    text.text,
  );
  const day = new Intl.DateTimeFormat('de', { timeZone: 'Asia/Tokyo', dateStyle: 'medium' }).format(new Date());
  assert.match(text.text, day);
  for (const hidden of ['zurückgenommen', 'falsch', 'geheim', '!label', agent.localpart, 'visitor_'])
    assert.not.match(html.text + text.text, hidden);
});

own('a long transcript comes whole, over many pages', async (context) => {
  const { visitor, id } = context.talk;
  for (let line = 0; line < 125; line += 1) await visitor.say(`${CANARY} Zeile ${line}`);
  const { text } = await download(context, visitor, `/conversations/${id}/transcript?format=text`);
  const lines = [...text.matchAll(/Zeile (\d+)/g)].map((match) => Number(match[1]));
  assert.equal(
    lines,
    Array.from({ length: 125 }, (_, line) => line),
  );
});

own('a transcript is for its person alone, and a zone or format that is none is refused', async (context) => {
  const {
    stack,
    company,
    talk: { visitor, id },
  } = context;
  const path = `/conversations/${id}/transcript`;
  assert.is((await (await openVisitor(stack, company.slug)).call('GET', path)).status, 404);
  for (const [query, field] of [
    ['timeZone=Mars/Olympus', 'query.timeZone'],
    ['format=pdf', 'query.format'],
  ]) {
    const { status, body } = await visitor.call('GET', `${path}?${query}`);
    assert.equal([status, body['field']], [400, field]);
  }
});

own('a closed conversation is rated once per closing, and the score stands nowhere with it', async ({ stack, rows, company, talk }) => {
  const { visitor, id: conversationId } = talk;
  await visitor.say(`${CANARY} Bewertung`);
  const rate = (score: unknown) => visitor.call('PUT', `/conversations/${conversationId}/rating`, { score });
  const count = async () => {
    const counts = await rows<{ company_id: string; score: number; count: number }>('satisfaction_count').where({ company_id: company.id });
    return Object.fromEntries(counts.map(({ score, count: answers }) => [score, answers]));
  };
  assert.equal([(await rate(5)).status, await count()], [409, {}], 'not closed yet');
  await visitor.call('POST', `/conversations/${conversationId}/close`);
  for (const score of [0, 6, 2.5, 'good', null]) assert.is((await rate(score)).status, 400);
  assert.is((await rate(4)).status, 204);
  assert.equal([(await rate(1)).status, await count()], [409, { 4: 1 }], 'a second time');
  assert.is((await visitor.conversations())[0]?.rated, true);
  const row = await rows<Record<string, unknown>>('conversation').where({ id: conversationId }).first();
  assert.not.ok(Object.entries(row ?? {}).some(([column, value]) => /score|rating/.test(column) || value === 4));
  await visitor.say(`${CANARY} weiter`);
  await visitor.call('POST', `/conversations/${conversationId}/close`);
  assert.is((await rate(2)).status, 204, 'another closing');
  assert.equal(await count(), { 2: 1, 4: 1 });
  const stranger = await openVisitor(stack, company.slug);
  assert.is((await stranger.call('PUT', `/conversations/${conversationId}/rating`, { score: 1 })).status, 404);
});

own('the operator reads weeks that are over, and nothing of fewer than five', async ({ rows, quiet: company }) => {
  const add = (week: string, score: number, count: number) =>
    rows('satisfaction_count').insert({ company_id: company.id, week, score, count });
  await add('2026-W01', 5, 3);
  await add('2026-W01', 1, 2);
  await add('2026-W02', 5, 4);
  await add('2099-W01', 5, 50);
  assert.equal((await company.operate('GET', '/satisfaction')).body, {
    weeks: [
      { week: '2026-W02', answers: null, average: null, scores: null },
      { week: '2026-W01', answers: 5, average: 3.4, scores: { '1': 2, '5': 3 } },
    ],
  });
});

own(
  'a blocked person is refused with a plain sentence in every session, until the block is lifted',
  async ({ stack, rows, company, talk: { visitor: somebodyElse } }) => {
    const website = await newSigningWebsite(company);
    const sub = `${CANARY}-blocked`;
    const begun = await openVisitor(stack, company.slug);
    await begun.say(`${CANARY} Hallo`);
    const number = (await begun.conversations())[0]?.number ?? 0;
    const visitor = await identify(stack, begun, await website.sign({ sub }));
    const other = await identify(stack, await openVisitor(stack, company.slug), await website.sign({ sub }));
    const block = (method: string) => company.operate(method, `/conversations/${number}/block`);
    assert.is((await block('PUT')).status, 204);
    assert.is((await block('PUT')).status, 204, 'again');
    for (const session of [visitor, other]) {
      const refused = await session.trySay(`${CANARY} noch da?`);
      assert.equal([refused.status, refused.body['errcode']], [403, 'COM_SMOOPE_BLOCKED']);
      assert.match(String(refused.body['error']), /no more messages/);
    }
    assert.is((await visitor.conversations()).length, 1, 'reading goes on');
    await somebodyElse.say(`${CANARY} mich betrifft das nicht`);
    assert.is((await block('DELETE')).status, 204);
    await other.say(`${CANARY} wieder da`);
    assert.is((await company.operate('PUT', '/conversations/99999/block')).status, 404);
    const lines = await rows<{ action: string; company_id: string }>('audit_log')
      .where({ company_id: company.id })
      .whereLike('action', 'visitor.%')
      .pluck('action');
    assert.equal(lines.slice(0, 3), ['visitor.block', 'visitor.block', 'visitor.unblock']);
  },
);

own('floods of sessions and panels make no room beyond the pool', async ({ stack, rows, quiet: company }) => {
  const ofCompany = (table: string) => rows(table).where({ company_id: company.id });
  const visitors = await Promise.all(Array.from({ length: 40 }, () => openVisitor(stack, company.slug)));
  const answers = await Promise.all(visitors.map((visitor) => visitor.call('POST', '/session/codes', { purpose: 'resume' })));
  assert.ok(answers.every(({ status }) => status === 201));
  const [first] = visitors;
  assert.ok(first);
  await Promise.all(answers.map(({ body }) => first.call('POST', '/sessions', { code: body['code'], locale: 'de' })));
  await panelSettings(stack, company.slug);
  await eventually('a full pool', async () =>
    (await ofCompany('prepared_room')).length === stack.config.conversations.poolSize ? true : undefined,
  );
  assert.is((await ofCompany('visitor_session')).length, 80);
  assert.is((await ofCompany('conversation')).length, 0);
  const numbers = await rows<{ id: string; last_number: number }>('company').where({ id: company.id }).first('last_number');
  assert.is(numbers?.last_number, stack.config.conversations.poolSize, 'as many rooms as the pool holds were ever made');
});

own.run();
