import type { Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { messages as german } from '../../../widget/locales/de.ts';
import { newSigningWebsite, type SigningWebsite } from '../../stack/identities/signed-identity.ts';
import { callJson } from '../../stack/stack-access.ts';
import { CANARY, type CompanyAgent } from '../../stack/test-company.ts';
import { assertAccessible } from './accessibility.ts';
import { takeConversation } from './agent-side.ts';
import { chatOn, type Chat } from './chat.ts';
import { widgetPage } from './host-site.ts';
import { openAgent, openJourney, type Journey } from './journey.ts';
import { keptBy, NOTHING } from './kept-storage.ts';
import { look } from './look.ts';

type Context = Journey & { agent: CompanyAgent; website: SigningWebsite; address: string };
type Heard = { readonly name: string; readonly code?: string; readonly verified?: boolean };

const open = new AsyncDisposableStack();
const signedIn = suite<Context>('people whom the website has signed in');

// As the docs say: the stub first, so that nothing is missed.
const head = `<script>
window.Smoope = window.Smoope || function () { (Smoope.q = Smoope.q || []).push(arguments); };
window.heard = [];
for (const name of ['identified', 'error']) Smoope('on', name, ({ detail: { code, verified } }) => window.heard.push(JSON.parse(JSON.stringify({ name, code, verified }))));
</script>`;

signedIn.before(async (context) => {
  Object.assign(context, await openJourney(open));
  const { company, site, stack } = context;
  await company.operate('PATCH', '/settings', { identity: { required: true, maxAgeHours: 1 } });
  context.website = await newSigningWebsite(company);
  context.agent = await openAgent(open, context);
  context.address = site.add('/', { html: widgetPage(stack, company.slug, { head }) });
});
signedIn.after(() => open.disposeAsync());

const identify = (page: Page, token: string): Promise<void> => page.evaluate((value) => window.Smoope?.('identify', value), token);

const heardBy = (page: Page): Promise<Heard[]> => page.evaluate(() => (window as unknown as { heard: Heard[] }).heard);

async function waitToHear(page: Page, event: Heard): Promise<void> {
  const wanted = JSON.stringify(event);
  await page.waitForFunction((text) => (window as unknown as { heard: Heard[] }).heard.some((one) => JSON.stringify(one) === text), wanted);
}

const identified: Heard = { name: 'identified', verified: true };
const signedOut: Heard = { name: 'identified', verified: false };
const failed = (code: string): Heard => ({ name: 'error', code });

/** The token of the session that the panel keeps. */
async function sessionToken(chat: Chat, slug: string): Promise<string> {
  const kept = await (await chat.frame()).evaluate((key) => localStorage.getItem(key), `smoope:${slug}`);
  return String((JSON.parse(kept ?? '{}') as { token?: unknown }).token);
}

/** A browser in which the website has signed a user in, with the panel open. */
async function openAs({ browser, address, website }: Context, sub: string): Promise<{ page: Page; chat: Chat }> {
  const page = await (await browser.newVisitor()).visit(address);
  const chat = chatOn(page);
  await identify(page, await website.sign({ sub }));
  await chat.open();
  await waitToHear(page, identified);
  return { page, chat };
}

signedIn('without an identity the panel says so and takes nothing, and a wrong token is told as an error', async (context) => {
  const { browser, address, website } = context;
  const visitor = await browser.newVisitor();
  const page = await visitor.visit(address);
  const chat = chatOn(page);
  await chat.button.click();
  await chat.says(german.identifyFirst).waitFor();
  assert.is(await chat.field.count(), 0);
  await assertAccessible('a panel that wants people signed in', page, await chat.frame());
  await look(page, 'identity-required');
  await identify(page, await website.sign({ exp: -10 }));
  await waitToHear(page, failed('COM_SMOOPE_IDENTITY_EXPIRED'));
  await identify(page, 'abc');
  await waitToHear(page, failed('COM_SMOOPE_IDENTITY_MALFORMED'));
  assert.is(await chat.field.count(), 0);
  assert.is(visitor.requests.filter((url) => url.endsWith('/visitor/events')).length, 0);
  assert.is((await heardBy(page)).length, 2);
  assert.equal(visitor.errors, []);
});

signedIn(
  'the same user finds the conversation in a second browser, another user does not, and the agent reads the name',
  async (context) => {
    const { agent, company, stack, browser, address, website } = context;
    const sub = `${CANARY}-user`;
    const page = await (await browser.newVisitor()).visit(address);
    const first = chatOn(page);
    // Before load and before the panel is opened.
    await identify(page, await website.sign({ sub, name: `${CANARY} Erika` }));
    await first.open();
    await first.send('Vom Rechner');
    await first.state('Vom Rechner', german.sent).waitFor();
    assert.equal(await heardBy(page), [identified]);
    const side = await takeConversation(agent, company, await first.conversationNumber());
    const members = await agent.call('GET', `/_matrix/client/v3/rooms/${encodeURIComponent(side.room)}/joined_members`);
    assert.match(JSON.stringify(members.body), `${CANARY} Erika`);

    const { chat: second } = await openAs(context, sub);
    await second.message('Vom Rechner').waitFor();
    await second.send('Vom Telefon');
    await first.message('Vom Telefon').waitFor();
    await agent.say(side.room, 'An beide');
    await Promise.all([first.message('An beide').waitFor(), second.message('An beide').waitFor()]);

    const { chat: other } = await openAs(context, `${CANARY}-other`);
    await other.send('Jemand anderes');
    await other.state('Jemand anderes', german.sent).waitFor();
    assert.equal(await other.panel.locator('.bubble').allInnerTexts(), ['Jemand anderes']);

    // What the frames tell the website holds no token, and the website's storage no more than the flag.
    const token = await sessionToken(first, company.slug);
    assert.not.match(JSON.stringify(await heardBy(page)), token);
    assert.is((await callJson(`${stack.appUrl}/api/v1/visitor/conversations`, { token })).status, 200);
  },
);

signedIn('logout ends the session and leaves nothing, also while a token is on its way', async (context) => {
  const { company, stack, website } = context;
  const sub = `${CANARY}-leaves`;
  const { page, chat } = await openAs(context, sub);
  await chat.send('Bevor ich gehe');
  await chat.state('Bevor ich gehe', german.sent).waitFor();
  await chat.field.fill('halber Satz');
  const token = await sessionToken(chat, company.slug);
  await page.evaluate(() => window.Smoope?.('logout'));
  await waitToHear(page, signedOut);
  await chat.says(german.identifyFirst).waitFor();
  await look(page, 'identity-logged-out');
  assert.is(await chat.message('Bevor ich gehe').count(), 0);
  assert.equal(await keptBy(await chat.frame()), NOTHING);
  assert.equal(await keptBy(page.mainFrame()), NOTHING);
  assert.is((await callJson(`${stack.appUrl}/api/v1/visitor/conversations`, { token })).status, 401);

  const late = await website.sign({ sub });
  await page.evaluate((value) => {
    (window as unknown as { heard: Heard[] }).heard.length = 0;
    window.Smoope?.('identify', value);
    window.Smoope?.('logout');
  }, late);
  await waitToHear(page, signedOut);
  await chat.says(german.identifyFirst).waitFor();
  assert.equal(await keptBy(await chat.frame()), NOTHING);
  assert.equal((await heardBy(page)).at(-1), signedOut);

  // The next one who sits there starts with nothing of it.
  await identify(page, await website.sign({ sub: `${CANARY}-next` }));
  await chat.field.waitFor();
  assert.is(await chat.field.inputValue(), '');
  await chat.says(german.title).waitFor();
});

signedIn('where the proof has become too old or the session has ended, the panel asks for it again and loses nothing', async (context) => {
  const { company, stack, website } = context;
  const sub = `${CANARY}-old`;
  const { page, chat } = await openAs(context, sub);
  await chat.send('Rechtzeitig');
  await chat.state('Rechtzeitig', german.sent).waitFor();
  await company.operate('PATCH', '/settings', { identity: { required: true, maxAgeHours: 0.0001 } });
  await chat.send('Zu spät');
  await waitToHear(page, failed('COM_SMOOPE_IDENTITY_REQUIRED'));
  await chat.state('Zu spät', german.failed).waitFor();
  await chat.says(german.identifyFirst).waitFor();
  await look(page, 'identity-too-old');
  await company.operate('PATCH', '/settings', { identity: { required: true, maxAgeHours: 1 } });
  await identify(page, await website.sign({ sub }));
  await chat.panel.getByRole('button', { name: german.retry }).click();
  await chat.state('Zu spät', german.sent).waitFor();

  const token = await sessionToken(chat, company.slug);
  await callJson(`${stack.appUrl}/api/v1/visitor/session`, { method: 'DELETE', token });
  await page.reload();
  await chat.button.click();
  await chat.says(german.identifyFirst).waitFor();
  await identify(page, await website.sign({ sub }));
  await chat.message('Zu spät').waitFor();
});

signedIn.run();
