import type { Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { messages as german } from '../../../widget/locales/de.ts';
import { newCompany, type CompanyAgent, type TestCompany } from '../../stack/test-company.ts';
import { takeConversation } from './agent-side.ts';
import { chatOn, type Chat } from './chat.ts';
import { startHostSite, widgetPage, type HostSite } from './host-site.ts';
import { openAgent, openJourney, type Journey } from './journey.ts';
import type { VisitorBrowser } from './journey-browser.ts';
import { keptBy, NOTHING } from './kept-storage.ts';
import { openSlowLine } from './slow-line.ts';

type Context = Journey & { otherSite: HostSite; otherCompany: TestCompany; agent: CompanyAgent };

const open = new AsyncDisposableStack();
const apart = suite<Context>('websites apart, and slow networks');

apart.before(async (context) => {
  Object.assign(context, await openJourney(open));
  const { stack, company, site } = context;
  // Storage of frames is parted by site, and a site has any port: the other one needs another name.
  context.otherSite = open.adopt(await startHostSite('127.0.0.2'), (started) => started.close());
  context.otherCompany = await newCompany(stack, { settings: { origins: [context.otherSite.origin, site.origin] } });
  await company.operate('PATCH', '/settings', { origins: [site.origin, context.otherSite.origin] });
  context.agent = await openAgent(open, context);
});
apart.after(() => open.disposeAsync());

async function openChat(visitor: VisitorBrowser, address: string): Promise<{ page: Page; chat: Chat }> {
  const page = await visitor.visit(address);
  const chat = chatOn(page);
  await chat.open();
  return { page, chat };
}

async function assertNew({ page, chat }: { page: Page; chat: Chat }): Promise<void> {
  await chat.says(german.title).waitFor();
  assert.is(await chat.panel.locator('.bubble').count(), 0);
  assert.equal(await keptBy(await chat.frame()), NOTHING);
  assert.equal(await keptBy(page.mainFrame()), NOTHING);
}

apart('nothing carries over to another website, of the same company or another, or to another company on the same one', async (context) => {
  const { stack, site, otherSite, company, otherCompany, browser } = context;
  const visitor = await browser.newVisitor();
  const here = await openChat(visitor, site.add('/', { html: widgetPage(stack, company.slug) }));
  await here.chat.send('Nur hier');
  await here.chat.state('Nur hier', german.sent).waitFor();
  const kept = await (await here.chat.frame()).evaluate((key) => localStorage.getItem(key), `smoope:${company.slug}`);
  assert.match(String(kept), 'token');

  const sameCompany = await openChat(visitor, otherSite.add('/', { html: widgetPage(stack, company.slug) }));
  await assertNew(sameCompany);
  await assertNew(await openChat(visitor, otherSite.add('/other', { html: widgetPage(stack, otherCompany.slug) })));
  // The two companies share our origin in this frame, so each keeps under its own name, and reads no other.
  const otherHere = await openChat(visitor, site.add('/other', { html: widgetPage(stack, otherCompany.slug) }));
  await otherHere.chat.says(german.title).waitFor();
  assert.is(await otherHere.chat.panel.locator('.bubble').count(), 0);
  await otherHere.chat.send('Woanders');
  await otherHere.chat.state('Woanders', german.sent).waitFor();
  assert.is(await otherHere.chat.conversationNumber(), 1);
  await sameCompany.chat.send('Noch jemand');
  await sameCompany.chat.state('Noch jemand', german.sent).waitFor();
  assert.equal(await here.chat.panel.locator('.bubble').allInnerTexts(), ['Nur hier']);
  assert.equal(await otherHere.chat.panel.locator('.bubble').allInnerTexts(), ['Woanders']);
  assert.equal(await visitor.context.cookies(), []);

  // A page of our own origin, opened by itself, is another place again.
  const own = await visitor.visit(`${stack.appUrl}/widget/${company.slug}?locale=de`);
  await own.getByRole('textbox', { name: german.message }).waitFor();
  assert.equal(await keptBy(own.mainFrame()), NOTHING);
  assert.equal(visitor.errors, []);
});

apart('on a slow network the button comes at once, the panel says that it loads, and a message is sent once', async (context) => {
  const { stack, site, company, agent, browser } = context;
  const visitor = await browser.newVisitor();
  // 400 ms to the server and back, 50 kB a second, as on a train.
  const line = open.adopt(await openSlowLine(stack.appUrl, { delayMs: 200, bytesPerSecond: 50_000 }), (opened) => opened.close());
  const page = await visitor.visit(site.add('/slow', { html: widgetPage({ appUrl: line.origin }, company.slug) }));
  const chat = chatOn(page);
  await chat.button.waitFor();
  const begin = performance.now();
  await chat.button.click();
  await page.locator('smoope-launcher').getByRole('status').getByText('…').waitFor();
  assert.ok(performance.now() - begin < 1_500, 'something shows at once');
  await chat.field.waitFor();
  assert.ok(performance.now() - begin > 1_200, 'the network is slow');

  const sent: string[] = [];
  page.on('request', (request) => request.url().endsWith('/visitor/events') && sent.push(request.postData() ?? ''));
  await chat.field.fill('Aus dem Zug');
  const send = chat.panel.getByRole('button', { name: german.send });
  // Somebody who is impatient.
  await send.dblclick();
  await chat.field.press('Enter');
  await chat.state('Aus dem Zug', german.sending).waitFor();
  await chat.state('Aus dem Zug', german.sent).waitFor();
  assert.is(await chat.message('Aus dem Zug').count(), 1);
  const side = await takeConversation(agent, company, await chat.conversationNumber());
  await side.hear('Aus dem Zug');
  await agent.say(side.room, 'Gute Reise');
  await chat.message('Gute Reise').waitFor();
  const heard = (await agent.messages(side.room, 50)).filter(({ content }) => content['body'] === 'Aus dem Zug');
  assert.is(heard.length, 1);
  assert.is(new Set(sent.map((body) => (JSON.parse(body) as { txnId: string }).txnId)).size, 1);
  assert.is(await chat.says(german.interrupted).count(), 0);
  assert.equal(visitor.errors, []);
});

apart.run();
