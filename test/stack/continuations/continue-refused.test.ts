import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openConversation } from '../open-conversation.ts';
import { newTrialAccount } from '../openid/trial-account.ts';
import { callJson, type JsonAnswer } from '../stack-access.ts';
import { CANARY, newCompany } from '../test-company.ts';
import { openVisitor } from '../visitor-client.ts';
import { codeOf, continueIn, newCustomer, withCompany, type Moving } from './continuation-fixture.ts';

const refused = suite<Moving>('what does not move into an account');

refused.before(withCompany.open);
refused.after(withCompany.close);

const PREVIEW = '/api/v1/account/continuations/preview';
const said = ({ status, body }: JsonAnswer): unknown[] => [status, body['errcode']];

refused('used, expired, made up, of another company, for another purpose, of nobody yet: one and the same answer', async (context) => {
  const { stack, rows, company, agent } = context;
  const other = await newCompany(stack);
  const customer = await newCustomer(context);
  const moved = await openConversation(stack, company, agent);
  const [used, spare] = [await codeOf(moved.visitor), await codeOf(moved.visitor)];
  assert.is((await continueIn(customer, used, company.slug)).status, 201);
  const talk = await openConversation(stack, company, agent);
  const expired = await codeOf(talk.visitor);
  await rows('session_code').update({ expires_at: new Date(Date.now() - 1) });
  const silent = await codeOf(await openVisitor(stack, company.slug));
  const over = await openConversation(stack, company, agent);
  const orphan = await codeOf(over.visitor);
  await over.visitor.call('DELETE', '/session');
  const attempts: [string, string, string][] = [
    ['used', used, company.slug],
    ['of a visitor who has moved already', spare, company.slug],
    ['expired', expired, company.slug],
    ['made up', `c_${'A'.repeat(43)}`, company.slug],
    ['of another company', await codeOf(talk.visitor), other.slug],
    ['of a company that there is not', await codeOf(talk.visitor), 'nobody-has-this'],
    ['for another device', await codeOf(talk.visitor, 'resume'), company.slug],
    ['of somebody who has said nothing', silent, company.slug],
    ['of a session that has ended', orphan, company.slug],
  ];
  const first = await continueIn(customer, used, company.slug);
  assert.equal(said(first), [403, 'COM_SMOOPE_CODE_USED']);
  for (const [what, code, slug] of attempts) {
    for (const answer of [await continueIn(customer, code, slug), await customer.page('POST', PREVIEW, { code, company: slug })])
      assert.equal([answer.status, answer.body], [403, first.body], what);
  }
  await talk.visitor.say(`${CANARY} noch da`);
});

refused('of two accounts that use a code at once one gets the conversation', async (context) => {
  const { stack, rows, company, agent } = context;
  const talk = await openConversation(stack, company, agent);
  const code = await codeOf(talk.visitor);
  const customers = [await newCustomer(context), await newCustomer(context)];
  const answers = await Promise.all(customers.map((customer) => continueIn(customer, code, company.slug)));
  assert.equal(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [201, 403],
  );
  assert.is((await rows('continued_conversation').where({ conversation_id: talk.id })).length, 1);
});

refused('without a session of an account, from another website, with bad input: nothing happens', async (context) => {
  const { stack, company, agent } = context;
  const talk = await openConversation(stack, company, agent);
  const body = { code: await codeOf(talk.visitor), company: company.slug };
  const url = `${stack.appUrl}/api/v1/account/continuations`;
  assert.is((await callJson(url, { method: 'POST', body, headers: { 'sec-fetch-site': 'same-origin' } })).status, 401);
  assert.equal(said(await callJson(`${stack.appUrl}${PREVIEW}`, { method: 'POST', body, headers: { 'sec-fetch-site': 'cross-site' } })), [
    403,
    'COM_SMOOPE_CROSS_SITE',
  ]);
  const customer = await newCustomer(context);
  for (const [field, bad] of [
    ['body.code', { ...body, code: 'a b' }],
    ['body.company', { ...body, company: 'Große Firma' }],
    ['body.company', { code: body.code }],
  ] as const) {
    const answer = await customer.page('POST', '/api/v1/account/continuations', bad);
    assert.equal([answer.status, answer.body['field']], [400, field]);
  }
  assert.is((await continueIn(customer, body.code, company.slug)).status, 201, 'the code is good still');
});

refused(
  'an account that the homeserver has never seen, a member of the company, somebody blocked, a company that is not open',
  async (context) => {
    const { stack, company, agent } = context;
    const talk = await openConversation(stack, company, agent);
    const code = await codeOf(talk.visitor);
    const customer = await newCustomer(context);
    const { number } = talk;

    await company.operate('POST', '/members', { userId: customer.userId, role: 'agent' });
    assert.equal(said(await continueIn(customer, code, company.slug)), [409, 'COM_SMOOPE_CONFLICT'], 'a member');
    await company.operate('DELETE', `/members/${encodeURIComponent(customer.userId)}`);

    await company.operate('PUT', `/conversations/${number}/block`);
    assert.equal(said(await continueIn(customer, code, company.slug)), [403, 'COM_SMOOPE_BLOCKED'], 'blocked');
    await company.operate('DELETE', `/conversations/${number}/block`);

    await company.operate('POST', '/suspend');
    assert.equal(said(await continueIn(customer, code, company.slug)), [403, 'COM_SMOOPE_COMPANY_NOT_OPEN'], 'suspended');
    await company.operate('POST', '/resume');

    await talk.visitor.say(`${CANARY} nichts ist geschehen`);
    assert.is((await continueIn(customer, code, company.slug)).status, 201, 'none of it has used the code up');
    const unseen = await newTrialAccount(stack, { firstName: CANARY, lastName: CANARY });
    const profile = `${stack.homeserverUrl}/_matrix/client/v3/profile/${encodeURIComponent(unseen.userId)}`;
    assert.is.not((await callJson(profile, { token: customer.accessToken })).status, 200, 'an account begins without a Matrix user');
  },
);

refused.run();
