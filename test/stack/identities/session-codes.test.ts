import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Database } from '../../../appservice/database/database.ts';
import { openRows } from '../conversation-facts.ts';
import { sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, type TestCompany } from '../test-company.ts';
import { bodyOf, openVisitor, visitorWith, type Visitor } from '../visitor-client.ts';
import { identify, newSigningWebsite } from './signed-identity.ts';

type Context = { stack: StackAccess; rows: Database; company: TestCompany };

const codes = suite<Context>('codes for another window or device');

codes.before(async (context) => {
  context.stack = sharedStackAccess();
  context.rows = openRows(context.stack);
  context.company = await newCompany(context.stack);
});
codes.after(async ({ rows }) => {
  await rows.destroy();
});

const issue = (visitor: Visitor, purpose: string) => visitor.call('POST', '/session/codes', { purpose });
const redeem = (visitor: Visitor, code: unknown, company?: string) =>
  visitor.call('POST', '/sessions', { code, locale: 'de', ...(company === undefined ? {} : { company }) });

codes('a code opens a further session of the same person once, with a device of its own', async ({ stack, rows, company }) => {
  const visitor = await openVisitor(stack, company.slug);
  const { conversationId } = await visitor.say(`${CANARY} hier`);
  const { status, body } = await issue(visitor, 'resume');
  assert.is(status, 201);
  const opened = await redeem(visitor, body['code'], company.slug);
  assert.is(opened.status, 201);
  const other = visitorWith(stack, String(opened.body['token']));
  assert.is((await other.say(`${CANARY} dort`)).conversationId, conversationId);
  assert.equal((await visitor.history(conversationId)).map(bodyOf), [`${CANARY} hier`, `${CANARY} dort`]);
  assert.is((await redeem(visitor, body['code'])).status, 403, 'a second time');
  const [row] = await rows<{ id: string; person_id: string }>('conversation').where({ id: conversationId });
  const devices = await rows('visitor_session').where({ person_id: row?.person_id }).pluck('device_id');
  assert.is(new Set(devices).size, 2);
});

codes('of two that use a code at once one gets in', async ({ stack, company }) => {
  const visitor = await openVisitor(stack, company.slug);
  await visitor.say(`${CANARY} einmal`);
  const { body } = await issue(visitor, 'resume');
  const answers = await Promise.all([1, 2, 3].map(() => redeem(visitor, body['code'])));
  assert.equal(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [201, 403, 403],
  );
});

codes(
  'used, expired, made up, of another company, of an ended session, into the app: one and the same answer',
  async ({ stack, rows, company }) => {
    const other = await newCompany(stack);
    const visitor = await openVisitor(stack, company.slug);
    await visitor.say(`${CANARY} Code`);
    const codeOf = async (from: Visitor): Promise<string> => String((await issue(from, 'popout')).body['code']);
    const used = await codeOf(visitor);
    await redeem(visitor, used);
    const expired = await codeOf(visitor);
    await rows('session_code').update({ expires_at: new Date(Date.now() - 1) });
    const ended = await openVisitor(stack, company.slug);
    const orphan = await codeOf(ended);
    await ended.call('DELETE', '/session');
    const foreign = await codeOf(visitor);
    const intoApp = String((await issue(visitor, 'app')).body['code']);
    const answers = [
      await redeem(visitor, used),
      await redeem(visitor, expired),
      await redeem(visitor, `c_${'A'.repeat(43)}`),
      await redeem(visitor, foreign, other.slug),
      await redeem(visitor, orphan),
      await redeem(visitor, intoApp),
    ];
    for (const { status, body } of answers) assert.equal([status, body], [403, answers[0]?.body]);
    assert.is(answers[0]?.body['errcode'], 'COM_SMOOPE_CODE_USED');
  },
);

codes('live as long as their purpose, are kept hashed, and are five at most', async ({ stack, rows, company }) => {
  const visitor = await openVisitor(stack, company.slug);
  await visitor.say(`${CANARY} fünf`);
  const lives: [string, number][] = [
    ['popout', 30_000],
    ['app', 600_000],
    ['resume', 600_000],
  ];
  for (const [purpose, ms] of lives) {
    const { body } = await issue(visitor, purpose);
    assert.ok(Math.abs(Number(body['expiresAt']) - Date.now() - ms) < 5_000, purpose);
    assert.not.match(JSON.stringify(await rows('session_code')), String(body['code']));
  }
  const more = await Promise.all([1, 2, 3, 4].map(() => issue(visitor, 'app')));
  assert.is(more.filter(({ status }) => status === 201).length, 2);
  const refused = more.find(({ status }) => status !== 201);
  assert.equal([refused?.status, refused?.body['errcode']], [429, 'M_LIMIT_EXCEEDED']);
  assert.ok(Number(refused?.headers.get('retry-after')) > 0);
  assert.is((await issue(visitor, 'login')).status, 400, 'another purpose');
});

codes('a window that is opened before the first message knows whom the website has named', async ({ stack, company }) => {
  const website = await newSigningWebsite(company);
  const visitor = await identify(stack, await openVisitor(stack, company.slug), await website.sign({ sub: `${CANARY}-window` }));
  const { body } = await issue(visitor, 'popout');
  const window = visitorWith(stack, String((await redeem(visitor, body['code'])).body['token']));
  assert.is(((await window.call('GET', '')).body['identity'] as { verified: boolean }).verified, true);
  const { conversationId } = await window.say(`${CANARY} aus dem Fenster`);
  assert.is((await visitor.say(`${CANARY} aus der Seite`)).conversationId, conversationId);
});

codes('either a ticket or a code opens a session, not both and not neither', async ({ stack, company }) => {
  const visitor = await openVisitor(stack, company.slug);
  const long = 'x'.repeat(30);
  for (const body of [{ locale: 'de' }, { locale: 'de', ticket: long, code: long }]) {
    const answer = await visitor.call('POST', '/sessions', body);
    assert.equal([answer.status, answer.body['field']], [400, 'body.ticket']);
  }
});

codes.run();
