import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { exhaustWriting, writeNothing } from '../exhaust-writing.ts';
import { sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, type TestCompany } from '../test-company.ts';
import { openVisitor } from '../visitor-client.ts';

const test = suite<{ stack: StackAccess; company: TestCompany }>('limits of a visitor with several sessions');

test.before(async (context) => {
  context.stack = sharedStackAccess();
  context.company = await newCompany(context.stack);
});

test('a session that was opened by a code writes no more than what is left of the first one', async ({ stack, company }) => {
  const visitor = await openVisitor(stack, company.slug);
  await visitor.say(`${CANARY} hier`);
  const { body } = await visitor.call('POST', '/session/codes', { purpose: 'popout' });
  const opened = await visitor.call('POST', '/sessions', { code: body['code'], locale: 'de', company: company.slug });
  const second = String(opened.body['token']);
  assert.is((await writeNothing(stack, second)).status, 400);
  assert.is(await exhaustWriting(stack, visitor.token), 429);
  const refused = await writeNothing(stack, second);
  assert.is(refused.status, 429);
  assert.ok(Number(refused.headers.get('retry-after')) >= 1);
  const stranger = await openVisitor(stack, company.slug);
  assert.is((await writeNothing(stack, stranger.token)).status, 400);
});

test.run();
