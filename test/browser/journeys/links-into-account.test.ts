import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { OUTBOX_FILE } from '../../../appservice/notifications/outbox-adapter.ts';
import { german } from '../../../web-client/joining/joining-texts-de.ts';
import { messages as more } from '../../../widget/locales/more/de.ts';
import { openApi, openIdTokenOf } from '../../stack/api-sessions/api-client.ts';
import { newTrialAccount, type TrialAccount } from '../../stack/openid/trial-account.ts';
import { CANARY, newPlainUser, type CompanyAgent } from '../../stack/test-company.ts';
import { eventually } from '../../stack/waiting.ts';
import { assertAccessible } from './accessibility.ts';
import { takeConversation } from './agent-side.ts';
import { chatOn } from './chat.ts';
import { widgetPage } from './host-site.ts';
import { openAgent, openJourney, type Journey } from './journey.ts';
import { lookAround } from './look.ts';

type Context = Journey & { agent: CompanyAgent };

const open = new AsyncDisposableStack();
const links = suite<Context>('links that lead into an account');

links.before(async (context) => {
  Object.assign(context, await openJourney(open));
  context.agent = await openAgent(open, context);
});
links.after(() => open.disposeAsync());

const NAME = `${CANARY}anna`;

/** What a page of ours does when somebody has proven who they are; then back to where they came from. */
async function signInOn(page: Page, account: TrialAccount): Promise<void> {
  await page.waitForURL(/\/account\/sign-in\//);
  const continueAt = await page.evaluate(
    async (code) => {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code }) };
      const answer = await fetch(`${location.pathname}/methods/trial`, init);
      return ((await answer.json()) as { continueAt: string }).continueAt;
    },
    await account.newCode(),
  );
  await page.goto(continueAt);
}

const fill = (text: string, gaps: Record<string, string>): string => text.replace(/\{(\w+)\}/g, (_gap, name: string) => gaps[name] ?? '');

links('a visitor goes on in the app: from the widget over the page to an account, and the chat on the website is over', async (context) => {
  const { browser, site, stack, company, agent } = context;
  const visitor = await browser.newVisitor();
  const website = await visitor.visit(site.add('/', { html: widgetPage(stack, company.slug) }));
  const chat = chatOn(website);
  await chat.open();
  await chat.send('Guten Tag');
  const side = await takeConversation(agent, company, await chat.conversationNumber());
  await chat.choose(more.app);
  const link = chat.panel.getByRole('link', { name: more.appOpen });
  await lookAround(website, 'continue-in-app-panel');
  const opening = website.context().waitForEvent('page');
  await link.click();
  const page = await opening;

  await page.getByRole('link', { name: german.continueSignIn }).waitFor();
  assert.is(page.url(), `${stack.appUrl}/account/continue`, 'the address has lost the code');
  await page.getByText(company.name).first().waitFor();
  await lookAround(page, 'continue-in-app');
  await assertAccessible('before the sign-in', page);
  const account = await newTrialAccount(stack, { firstName: NAME, lastName: `${CANARY}last` });
  await page.getByRole('link', { name: german.continueSignIn }).click();
  await signInOn(page, account);
  const button = page.getByRole('button', { name: fill(german.continueAs, { name: NAME }) });
  await button.waitFor();
  assert.is(page.url(), `${stack.appUrl}/account/continue`, 'and the token of the homeserver');
  await assertAccessible('after the sign-in', page);
  await button.focus();
  await page.keyboard.press('Enter');
  await page.getByText(fill(german.continueDone, { company: company.name })).waitFor();
  await agent.waitForEvent(
    side.room,
    'the account',
    ({ state_key: who, content }) => who === account.userId && content['membership'] === 'join',
  );
  await page.reload();
  await page.getByText(german.continueOver).waitFor();
  await assertAccessible('when the link is over', page);
  assert.equal(visitor.errors, []);
  await visitor.close();
});

links('somebody invited by a text reads the terms, signs in, accepts and is in the company', async (context) => {
  const { browser, stack, company, agent } = context;
  const admin = await newPlainUser(stack);
  const added = await company.operate('POST', '/members', { userId: admin.userId, role: 'admin', displayName: `${CANARY} admin` });
  assert.is(added.status, 200);
  const { call } = await openApi(stack, await openIdTokenOf(stack, admin));
  const to = `+491511${randomInt(2_000_000, 9_999_999)}`;
  assert.is((await call('POST', `/companies/${company.slug}/invitations`, { to, role: 'agent' })).status, 201);
  const address = await eventually('the text', async () => {
    const sent = readFileSync(join(dirname(process.env['SMOOPE_STACK'] ?? ''), OUTBOX_FILE), { encoding: 'utf8', flag: 'a+' });
    const line = sent.split('\n').find((each) => each.includes(to));
    return line === undefined ? undefined : /https?:\/\/[^"\s]+/.exec(line)?.[0];
  });
  const person = await browser.newVisitor();
  const page = await person.visit(address);
  await page.getByRole('heading', { name: fill(german.invitationTitle, { company: company.name }) }).waitFor();
  assert.is(page.url(), `${stack.appUrl}/account/invitation`, 'the address has lost the token');
  await assertAccessible('before the sign-in', page);
  const account = await newTrialAccount(stack, { firstName: NAME, lastName: `${CANARY}last` });
  await page.getByRole('link', { name: german.invitationSignIn }).click();
  await signInOn(page, account);
  const button = page.getByRole('button', { name: fill(german.invitationAccept, { name: NAME }) });
  await button.click();
  await page.getByText(german.termsMissing).waitFor();
  assert.ok(
    await page.getByLabel(german.termsAccept).evaluate((tick) => tick === document.activeElement),
    'who forgot is taken to the tick',
  );
  await lookAround(page, 'agent-invitation');
  await assertAccessible('without the tick', page);
  await page.getByLabel(german.termsAccept).check();
  await button.click();
  await page.getByText(fill(german.invitationDone, { company: company.name })).waitFor();
  await agent.waitForEvent(
    company.teamRoomId,
    'the new member',
    ({ state_key: who, content }) => who === account.userId && content['membership'] === 'join',
  );
  assert.equal(person.errors, []);
  await person.close();
});

links.run();
