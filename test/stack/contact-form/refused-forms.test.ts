import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { exhaustWriting } from '../exhaust-writing.ts';
import { sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, type TestCompany } from '../test-company.ts';
import { eventually } from '../waiting.ts';
import { formBrowser, tokenIn, waitUntilRead } from './form-client.ts';

const WORDS = `${CANARY} Haben Sie Ersatzteile?`;

const refusals = suite<{ stack: StackAccess }>('contact forms that are not taken');

refusals.before((context) => {
  context.stack = sharedStackAccess();
});

const requireIdentity = (company: TestCompany) => company.operate('PATCH', '/settings', { identity: { required: true } });

refusals('a company of signed users only has no form, and says where to write', async ({ stack }) => {
  const company = await newCompany(stack);
  await requireIdentity(company);
  const page = await formBrowser(stack, company.slug).get();
  assert.is(page.status, 403);
  assert.not.match(page.html, /<textarea|<button/);
  assert.match(page.html, 'Bitte melden Sie sich dort an');
  assert.match(page.html, 'href="https://www.example.org"');
  const english = await formBrowser(stack, company.slug).get('?locale=en');
  assert.match(english.html, 'Please sign in there');
});

refusals('what was written in a form that is none any more stands on the page', async ({ stack }) => {
  const company = await newCompany(stack);
  const browser = formBrowser(stack, company.slug);
  const token = await browser.openForm();
  await requireIdentity(company);
  await waitUntilRead(token);
  const refused = await browser.post('', { token, message: WORDS });
  assert.is(refused.status, 403);
  assert.match(refused.headers.get('content-type') ?? '', 'text/html');
  assert.match(refused.html, WORDS);
  assert.match(refused.html, 'Bitte melden Sie sich dort an');
  assert.not.match(refused.html, '<button');
});

refusals('an answer that is not taken because users must be signed by now stays in its field', async ({ stack }) => {
  const company = await newCompany(stack);
  const browser = formBrowser(stack, company.slug);
  assert.is((await browser.send(WORDS)).status, 303);
  const token = tokenIn((await browser.get('/conversation')).html);
  await requireIdentity(company);
  const refused = await browser.post('/conversation', { token, message: `${CANARY} noch etwas` });
  assert.is(refused.status, 403);
  assert.match(refused.html, `${CANARY} noch etwas`);
  assert.match(refused.html, 'Bitte melden Sie sich dort an');
});

refusals('who is blocked is told on the page, with what they wrote', async ({ stack }) => {
  const company = await newCompany(stack);
  const browser = formBrowser(stack, company.slug);
  assert.is((await browser.send(WORDS)).status, 303);
  const conversation = await browser.get('/conversation');
  const number = /Gespräch Nr. (\d+)/.exec(conversation.html)?.[1] ?? '';
  assert.is((await company.operate('PUT', `/conversations/${number}/block`)).status, 204);
  const answer = await browser.post('/conversation', { token: tokenIn(conversation.html), message: `${CANARY} noch etwas` });
  assert.is(answer.status, 403);
  assert.match(answer.html, 'nimmt von Ihnen hier keine Nachrichten mehr an');
  assert.match(answer.html, `${CANARY} noch etwas`);
  const again = await browser.send(`${CANARY} von vorn`);
  assert.is(again.status, 403);
  assert.match(again.html, 'nimmt von Ihnen hier keine Nachrichten mehr an');
  assert.match(again.html, `${CANARY} von vorn`);
});

refusals('who has written too much reads when to try again, and the answer stays in its field', async ({ stack }) => {
  const company = await newCompany(stack);
  const browser = formBrowser(stack, company.slug);
  assert.is((await browser.send(WORDS)).status, 303);
  const token = tokenIn((await browser.get('/conversation')).html);
  const session = /=(v_[\w-]+)/.exec(browser.cookie() ?? '')?.[1] ?? '';
  await eventually('the limit', async () => ((await exhaustWriting(stack, session)) === 429 ? true : undefined), 60_000);
  const busy = await browser.post('/conversation', { token, message: `${CANARY} noch etwas` });
  assert.is(busy.status, 429);
  const seconds = Number(busy.headers.get('retry-after'));
  assert.ok(seconds >= 1 && seconds <= 60, String(seconds));
  assert.match(busy.html, `${CANARY} noch etwas`);
});

refusals.run();
