import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Database } from '../../../appservice/database/database.ts';
import { countRows, openRows, whenOutboxIsDone } from '../conversation-facts.ts';
import { beginConversation, type OpenConversation } from '../open-conversation.ts';
import { callJson, sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, type TestCompany } from '../test-company.ts';
import { newTxnId, panelSettings, type Visitor } from '../visitor-client.ts';

type Context = { stack: StackAccess; rows: Database; company: TestCompany; talk: Pick<OpenConversation, 'visitor' | 'id'>; ticket: string };

const input = suite<Context>('bad input');

input.before(async (context) => {
  context.stack = sharedStackAccess();
  context.rows = openRows(context.stack);
  const company = (context.company = await newCompany(context.stack));
  context.talk = await beginConversation(context.stack, company);
  context.ticket = (await panelSettings(context.stack, company.slug)).ticket ?? '';
  // What follows from a first message writes rows, too.
  await whenOutboxIsDone(context.rows, context.talk.id);
});
input.after(({ rows }) => rows.destroy());

const message = (changes: Record<string, unknown> = {}, content: unknown = { msgtype: 'm.text', body: `${CANARY} gut` }) => ({
  type: 'm.room.message',
  content,
  txnId: newTxnId(),
  ...changes,
});

const text = (body: unknown) => message({}, { msgtype: 'm.text', body });

/** Requests that are wrong in one place, and the field that the answer must name. */
const wrongEvents: readonly [unknown, string][] = [
  [{}, 'body.type'],
  [[], 'body'],
  [message({ type: 'm.room.member' }), 'body.type'],
  [message({ type: 'm.room.power_levels' }), 'body.type'],
  [message({ content: undefined }), 'body.content'],
  [message({}, 'text'), 'body.content'],
  [message({}, { msgtype: 'm.image', body: 'x' }), 'body.content.url'],
  [message({}, { msgtype: 'm.emote', body: 'x' }), 'body.content.msgtype'],
  [text(''), 'body.content.body'],
  [text('   \n '), 'body.content.body'],
  [text(7), 'body.content.body'],
  [text('x'.repeat(10_001)), 'body.content.body'],
  [message({}, { msgtype: 'm.text', body: 'x', format: 'org.matrix.custom.html', formatted_body: '<b>x</b>' }), 'body.content'],
  [message({}, { msgtype: 'm.text', body: 'x', 'm.mentions': { room: true } }), 'body.content'],
  [message({ txnId: undefined }), 'body.txnId'],
  [message({ txnId: 'short' }), 'body.txnId'],
  [message({ txnId: '../../../x' }), 'body.txnId'],
  [message({ txnId: 'x'.repeat(65) }), 'body.txnId'],
  [message({ conversationId: 'not-a-uuid' }), 'body.conversationId'],
  [message({ conversationId: 5 }), 'body.conversationId'],
  [message({ sender: '@admin:smoope.localhost' }), 'body'],
  [message({ deviceId: 'X' }), 'body'],
];

async function withoutRows({ rows, company }: Pick<Context, 'rows' | 'company'>, act: () => Promise<void>): Promise<void> {
  const before = await countRows(rows, company);
  await act();
  assert.equal(await countRows(rows, company), before);
}

const putReceipt = (visitor: Visitor, id: string, body: unknown) => visitor.call('PUT', `/conversations/${id}/receipt`, body);

input('of a message names the field and what is allowed, and nothing is stored', async ({ rows, company, talk }) => {
  await withoutRows({ rows, company }, async () => {
    for (const [body, field] of wrongEvents) {
      const answer = await talk.visitor.call('POST', '/events', body);
      const named = String(answer.body['field']);
      assert.is(answer.status, 400, `${field}: ${JSON.stringify(answer.body)}`);
      assert.ok(named === field || named.startsWith(`${field}.`), `${named} in place of ${field}`);
      assert.ok(String(answer.body['error']).length > 10);
      assert.match(String(answer.body['errcode']), /^M_(INVALID_PARAM|MISSING_PARAM|BAD_JSON)$/);
    }
  });
});

input('that is no JSON, too large or of another kind is refused before anything is read', async ({ rows, company, stack, talk }) => {
  const url = `${stack.appUrl}/api/v1/visitor/events`;
  const post = (body: string, type = 'application/json') =>
    callJson(url, { method: 'POST', token: talk.visitor.token, body, headers: { 'content-type': type } });
  await withoutRows({ rows, company }, async () => {
    const answers = [
      await post('{'),
      await post('null'),
      await post(`{"type":"m.room.message","content":{"__proto__":{"x":1},"msgtype":"m.text","body":"x"},"txnId":"${newTxnId()}"}`),
      await post(JSON.stringify(message()), 'text/plain'),
      await post(JSON.stringify(message({}, { msgtype: 'm.text', body: 'x'.repeat(70_000) }))),
      await post('type=m.room.message', 'application/x-www-form-urlencoded'),
    ];
    assert.equal(
      answers.map(({ status }) => status),
      [400, 400, 400, 400, 413, 400],
    );
    for (const { body } of answers) assert.match(String(body['field']), /^body/);
  });
});

input('of the other routes names its field too', async ({ rows, company, stack, talk, ticket }) => {
  const { visitor, id } = talk;
  await withoutRows({ rows, company }, async () => {
    const answers = [
      [await visitor.call('GET', '/conversations/not-a-uuid/events'), 'params.conversationId'],
      [await visitor.call('GET', `/conversations/${id}/events?limit=0`), 'query.limit'],
      [await visitor.call('GET', `/conversations/${id}/events?limit=101`), 'query.limit'],
      [await visitor.call('GET', `/conversations/${id}/events?limit=x`), 'query.limit'],
      [await visitor.call('GET', `/conversations/${id}/events?before=${'x'.repeat(201)}`), 'query.before'],
      [await visitor.call('PUT', `/conversations/${id}/typing`, { typing: 'yes' }), 'body.typing'],
      [await visitor.call('PUT', `/conversations/${id}/typing`, {}), 'body.typing'],
      [await putReceipt(visitor, id, { eventId: 'no-dollar' }), 'body.eventId'],
      [await putReceipt(visitor, id, {}), 'body.eventId'],
      [await callJson(`${stack.appUrl}/api/v1/visitor/sessions`, { method: 'POST', body: { locale: 'de' } }), 'body.ticket'],
      [
        await callJson(`${stack.appUrl}/api/v1/visitor/sessions`, { method: 'POST', body: { ticket, locale: 'de_DE<script>' } }),
        'body.locale',
      ],
      [await callJson(`${stack.appUrl}/api/v1/visitor/sessions`, { method: 'POST', body: { ticket: 'x', locale: 'de' } }), 'body.ticket'],
    ] as const;
    for (const [{ status, body }, field] of answers) assert.equal([status, body['field']], [400, field]);
  });
  const kept = await callJson(`${stack.appUrl}/api/v1/visitor/sessions`, { method: 'POST', body: { ticket, locale: 'de' } });
  assert.is(kept.status, 201, 'a refused request does not use the ticket up');
});

input('a mark for older events that is none is refused, not answered with an error of ours', async ({ talk }) => {
  for (const before of ['rubbish', 't1-1_0_0', '../..', '%00']) {
    const { status, body } = await talk.visitor.call('GET', `/conversations/${talk.id}/events?before=${before}`);
    assert.ok(status === 200 || status === 400, `${before} answered ${status}`);
    if (status === 400) assert.is(body['field'], 'query.before');
  }
});

input('a receipt for an event that does not exist answers 404', async ({ talk }) => {
  assert.is((await putReceipt(talk.visitor, talk.id, { eventId: '$nothing' })).status, 404);
});

input('text that no homeserver can store is refused at once; any other strange text arrives as it is', async ({ talk }) => {
  for (const body of ['a\u0000b', 'x\ud800y', '\udc00']) {
    const { status, body: answer } = await talk.visitor.trySay(`${CANARY} ${body}`);
    assert.equal([status, answer['field']], [400, 'body.content.body'], JSON.stringify(body));
  }
  const strange = ['\u202Eabc', '\u0007\u001b[31m', '🏳️‍🌈\r\n٣', '\ufeffx\u2028y'].map((body) => `${CANARY} ${body}.`);
  for (const body of strange) await talk.visitor.say(body);
  const bodies = (await talk.visitor.history(talk.id)).map(({ content }) => content['body']);
  assert.equal(bodies.slice(-strange.length), strange);
});

input.run();
