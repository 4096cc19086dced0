import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openConversation } from '../open-conversation.ts';
import { callJson, sharedStackAccess, type StackAccess } from '../stack-access.ts';
import { CANARY, newCompany, type TestCompany } from '../test-company.ts';
import { openVisitor, panelSettings } from '../visitor-client.ts';

const status = suite<{ stack: StackAccess }>('a company that is not open');

status.before((context) => {
  context.stack = sharedStackAccess();
});

const openSession = ({ appUrl }: StackAccess, ticket: unknown) =>
  callJson(`${appUrl}/api/v1/visitor/sessions`, { method: 'POST', body: { ticket, locale: 'de' } });

async function assertNotOpen(stack: StackAccess, company: TestCompany): Promise<void> {
  const settings = await panelSettings(stack, company.slug);
  assert.equal([settings.open, settings.ticket], [false, null]);
  const page = await fetch(`${stack.appUrl}/widget/${company.slug}`, { headers: { accept: 'text/html' } });
  assert.is(page.status, 200, 'the panel says it itself');
}

status('a draft says so on its panel and gives no ticket, until the agreement is accepted', async ({ stack }) => {
  const company = await newCompany(stack, { status: 'draft' });
  await assertNotOpen(stack, company);
  await company.operate('POST', '/agreement', { version: stack.config.processingAgreement.version, acceptedBy: 'Test' });
  const settings = await panelSettings(stack, company.slug);
  assert.is(settings.open, true);
  assert.is((await openSession(stack, settings.ticket)).status, 201);
});

status('a draft without imprint or privacy contact stays shut', async ({ stack }) => {
  for (const missing of ['imprintUrl', 'privacyContact']) {
    const company = await newCompany(stack);
    assert.is((await company.operate('PATCH', '/settings', { [missing]: null })).status, 200);
    await assertNotOpen(stack, company);
  }
});

for (const { verb, back } of [
  { verb: '/suspend', back: '/resume' },
  { verb: '/close', back: undefined },
] as const) {
  status(`after ${verb} a ticket of before opens nothing, and an open session can send nothing`, async ({ stack }) => {
    const company = await newCompany(stack);
    const agent = await company.newAgent();
    const talk = await openConversation(stack, company, agent);
    const { ticket } = await panelSettings(stack, company.slug);
    assert.is((await company.operate('POST', verb)).status, 200);
    await assertNotOpen(stack, company);
    const opened = await openSession(stack, ticket);
    assert.equal([opened.status, opened.body['errcode']], [403, 'COM_SMOOPE_COMPANY_NOT_OPEN']);
    const sent = await talk.visitor.trySay(`${CANARY} noch da?`);
    assert.equal([sent.status, sent.body['errcode']], [403, 'COM_SMOOPE_COMPANY_NOT_OPEN']);
    assert.is((await talk.visitor.history(talk.id)).length, 1, 'what was said stays readable');
    if (back !== undefined) {
      assert.is((await company.operate('POST', back)).status, 200);
      assert.is((await talk.visitor.trySay(`${CANARY} wieder`)).status, 200);
    }
    await agent.stop();
  });
}

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

status('a visitor of one company stays a visitor of that company', async ({ stack }) => {
  const one = await newCompany(stack);
  const other = await newCompany(stack);
  const visitor = await openVisitor(stack, one.slug);
  await visitor.say(`${CANARY} an die eine`);
  assert.is((await other.operate('POST', '/suspend')).status, 200);
  assert.is((await visitor.trySay(`${CANARY} weiter`)).status, 200);
});

status.run();
