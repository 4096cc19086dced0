import type { Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { messages as german } from '../../../widget/contact-form/locales/de.ts';
import type { Agent } from '../../stack/agents/agent.ts';
import { runningStack } from '../../stack/running-stack.ts';
import { callJson, sharedStackAccess, type StackAccess } from '../../stack/stack-access.ts';
import { newMatrixUser } from '../../stack/test-company.ts';
import { takeConversation } from './agent-side.ts';
import { chatOn } from './chat.ts';
import { foreignRequests, startJourneyBrowser, type JourneyBrowser, type VisitorBrowser } from './journey-browser.ts';
import { keptBy, NOTHING } from './kept-storage.ts';

type Operator = { readonly slug: string; readonly spaceId: string; readonly teamRoomId: string; readonly companyUserId: string };

type Context = { stack: StackAccess; operator: Operator; agent: Agent; browser: JourneyBrowser; visitor: VisitorBrowser; page: Page };

const open = new AsyncDisposableStack();
const startPage = suite<Context>('the start page');

startPage.before(async (context) => {
  context.stack = sharedStackAccess();
  const { slug } = context.stack.config.operator;
  const operator = runningStack().companies.find((company) => company.slug === slug);
  if (!operator) throw new Error('the operator is no company');
  context.operator = operator;
  context.agent = open.adopt(await newMatrixUser(context.stack), (agent) => agent.stop());
  const members = `${context.stack.appUrl}/api/v1/operator/companies/${slug}/members`;
  const body = { userId: context.agent.userId, role: 'agent', displayName: 'Olga vom Betrieb' };
  const added = await callJson(members, { method: 'POST', token: context.stack.operatorToken, body });
  assert.is(added.status, 200);
  const token = context.stack.operatorToken;
  open.defer(async () => void (await callJson(`${members}/${encodeURIComponent(context.agent.userId)}`, { method: 'DELETE', token })));
  for (const roomId of [operator.spaceId, operator.teamRoomId]) {
    await context.agent.waitFor('the invitation', (heard) => heard.kind === 'invite' && heard.roomId === roomId);
    await context.agent.join(roomId);
  }
  context.browser = open.adopt(await startJourneyBrowser(), (browser) => browser.close());
  context.visitor = await context.browser.newVisitor();
  context.page = await context.visitor.visit(context.stack.appUrl);
});

startPage.after(() => open.disposeAsync());

startPage('keeps nothing and asks nobody else before something is sent', async ({ stack, visitor, page }) => {
  await page.getByRole('textbox', { name: german.label }).fill('Nur ein Entwurf');
  assert.equal(await keptBy(page.mainFrame()), NOTHING);
  assert.equal(await visitor.context.cookies(), []);
  assert.equal(foreignRequests(visitor, stack, stack.appUrl), []);
});

startPage('an empty form is not sent, and says what is missing', async ({ page, visitor }) => {
  await page.getByRole('textbox', { name: german.label }).fill('');
  await page.getByRole('button', { name: german.send }).click();
  await page.getByText(german.empty).waitFor();
  assert.is(visitor.requests.filter((url) => url.includes('/api/')).length, 0);
});

startPage('what the contact form sends is announced in the operator’s team room as coming from the form', async (context) => {
  const { page, agent, operator } = context;
  await page.getByRole('textbox', { name: german.label }).fill('Was kostet das für einen Verein?');
  await page.getByRole('button', { name: german.send }).click();
  await page.getByText(german.sent).waitFor();
  await page.getByText(german.sentHint).waitFor();
  await page.getByRole('button', { name: german.openChat, exact: true }).first().click();
  const chat = chatOn(page);
  await chat.message('Was kostet das für einen Verein?').waitFor();
  const side = await takeConversation(
    agent,
    { teamRoomId: operator.teamRoomId, userId: operator.companyUserId },
    await chat.conversationNumber(),
  );
  assert.match(String(side.announcement.content['body']), /^[^\n]*Unterhaltung \d+ · [^\n]*Kontaktformular/);
  await side.hear('Was kostet das für einen Verein?');
  await agent.say(side.room, 'Für Vereine nichts.');
  await chat.message('Für Vereine nichts.').waitFor();
  await chat.panel.locator('.name', { hasText: 'Olga vom Betrieb' }).waitFor();
});

startPage('a later message of the form goes on in the conversation that the widget shows', async ({ page }) => {
  const chat = chatOn(page);
  await page.getByRole('button', { name: german.another }).click();
  await page.getByRole('textbox', { name: german.label }).fill('Und für zwei Vereine?');
  await page.getByRole('button', { name: german.send }).click();
  await chat.message('Und für zwei Vereine?').waitFor();
  assert.equal(await chat.panel.locator('.bubble').allInnerTexts(), [
    'Was kostet das für einen Verein?',
    'Für Vereine nichts.',
    'Und für zwei Vereine?',
  ]);
});

startPage.run();
