import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { beginConversation, type OpenConversation } from '../open-conversation.ts';
import { callJson, sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, type TestCompany } from '../test-company.ts';
import { panelSettings } from '../visitor-client.ts';

type Talk = Pick<OpenConversation, 'visitor' | 'id'>;
type Context = {
  stack: StackAccess;
  /** A draft, for tests that open it and shut it again. */
  company: TestCompany;
  /** Open until the last test, and a conversation with it. */
  other: TestCompany;
  talk: Talk;
};

const status = suite<Context>('a company that is not open');

status.before(async (context) => {
  context.stack = sharedStackAccess();
  context.company = await newCompany(context.stack, { status: 'draft' });
  context.other = await newCompany(context.stack);
  context.talk = await beginConversation(context.stack, context.other);
});

/** Opens the company, whatever it lacks; needs not be undone. */
async function openUp({ stack, company }: Context): Promise<void> {
  const settings = { imprintUrl: 'https://example.org/imprint', privacyContact: 'privacy@example.org' };
  assert.is((await company.operate('PATCH', '/settings', settings)).status, 200);
  await company.operate('POST', '/agreement', { version: stack.config.processingAgreement.version, acceptedBy: 'Test' });
  assert.is((await company.operate('POST', '/resume')).status, 200);
}

const openSession = ({ appUrl }: StackAccess, ticket: unknown) =>
  callJson(`${appUrl}/api/v1/visitor/sessions`, { method: 'POST', body: { ticket, locale: 'de' } });

async function assertNotOpen(stack: StackAccess, company: TestCompany): Promise<void> {
  const settings = await panelSettings(stack, company.slug);
  assert.equal([settings.open, settings.ticket], [false, null]);
  const page = await fetch(`${stack.appUrl}/widget/${company.slug}`, { headers: { accept: 'text/html' } });
  assert.is(page.status, 200, 'the panel says it itself');
}

status('a draft says so on its panel and gives no ticket, until the agreement is accepted', async ({ stack, company }) => {
  await assertNotOpen(stack, company);
  await company.operate('POST', '/agreement', { version: stack.config.processingAgreement.version, acceptedBy: 'Test' });
  const settings = await panelSettings(stack, company.slug);
  assert.is(settings.open, true);
  assert.is((await openSession(stack, settings.ticket)).status, 201);
});

status('a draft without imprint or privacy contact stays shut', async (context) => {
  const { stack, company } = context;
  for (const missing of ['imprintUrl', 'privacyContact']) {
    await openUp(context);
    assert.is((await panelSettings(stack, company.slug)).open, true);
    assert.is((await company.operate('PATCH', '/settings', { [missing]: null })).status, 200);
    await assertNotOpen(stack, company);
  }
});

status('a company that does not exist has no panel and no privacy notice', async ({ stack }) => {
  for (const path of ['widget', 'privacy'])
    for (const slug of ['nobody', 'x'.repeat(65), '..%2f..', '%00']) {
      const { status: code } = await callJson(`${stack.appUrl}/${path}/${slug}`);
      assert.ok([400, 404].includes(code), `${path} of ${slug.slice(0, 10)} answered ${code}`);
    }
});

status('the privacy notice to which the panel leads names whom to ask about the data', async ({ stack }) => {
  const { company, service } = await panelSettings(stack, 'demo');
  assert.is(service.privacyUrl, `${stack.config.publicOrigin}/privacy/demo`);
  const answer = await fetch(service.privacyUrl, { headers: { 'accept-language': 'de' } });
  assert.is(answer.status, 200);
  const page = await answer.text();
  for (const part of [`Datenschutz bei ${company.name}`, 'Fragen zu Ihren Daten', 'Datenschutzbeauftragte Person'])
    assert.match(page, part);
});

status('a visitor of one company stays a visitor of that company', async (context) => {
  await openUp(context);
  await context.talk.visitor.say(`${CANARY} an die eine`);
  assert.is((await context.company.operate('POST', '/suspend')).status, 200);
  assert.is((await context.talk.visitor.trySay(`${CANARY} weiter`)).status, 200);
});

/** Shuts a company to which somebody has written. */
async function shut(stack: StackAccess, company: TestCompany, { visitor, id }: Talk, verb: string): Promise<void> {
  const { ticket } = await panelSettings(stack, company.slug);
  const said = await visitor.history(id);
  assert.ok(said.length > 0);
  assert.is((await company.operate('POST', verb)).status, 200);
  await assertNotOpen(stack, company);
  const opened = await openSession(stack, ticket);
  assert.equal([opened.status, opened.body['errcode']], [403, 'COM_SMOOPE_COMPANY_NOT_OPEN']);
  const sent = await visitor.trySay(`${CANARY} noch da?`);
  assert.equal([sent.status, sent.body['errcode']], [403, 'COM_SMOOPE_COMPANY_NOT_OPEN']);
  assert.equal(await visitor.history(id), said, 'what was said stays readable');
}

status('after /suspend a ticket of before opens nothing, and an open session can send nothing', async (context) => {
  const { stack, company } = context;
  await openUp(context);
  const talk = await beginConversation(stack, company);
  await shut(stack, company, talk, '/suspend');
  assert.is((await company.operate('POST', '/resume')).status, 200);
  assert.is((await talk.visitor.trySay(`${CANARY} wieder`)).status, 200);
});

// Last, because it is for good.
status('after /close a ticket of before opens nothing, and an open session can send nothing', ({ stack, other, talk }) =>
  shut(stack, other, talk, '/close'),
);

status.run();
