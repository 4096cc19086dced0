import type { Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { messages as german } from '../../../widget/locales/de.ts';
import { messages as more } from '../../../widget/locales/more/de.ts';
import { newSigningWebsite } from '../../stack/identities/signed-identity.ts';
import type { CompanyAgent } from '../../stack/test-company.ts';
import { assertAccessible } from './accessibility.ts';
import { takeConversation, type AgentSide } from './agent-side.ts';
import { chatOn, panelPage, type Chat } from './chat.ts';
import { widgetPage } from './host-site.ts';
import { openAgent, openJourney, type Journey } from './journey.ts';
import { keptBy } from './kept-storage.ts';
import { look, lookAround } from './look.ts';

type Context = Journey & { agent: CompanyAgent; page: Page; chat: Chat; side: AgentSide };

const open = new AsyncDisposableStack();
// One conversation, begun on the website and taken elsewhere from there.
const elsewhere = suite<Context>('a conversation that goes on elsewhere');

elsewhere.before(async (context) => {
  Object.assign(context, await openJourney(open));
  const { browser, site, stack, company } = context;
  context.agent = await openAgent(open, context);
  const visitor = await browser.newVisitor({ permissions: ['clipboard-read', 'clipboard-write'] });
  context.page = await visitor.visit(site.add('/', { html: widgetPage(stack, company.slug) }));
  context.chat = chatOn(context.page);
  await context.chat.open();
  await context.chat.send('Von der Website');
  context.side = await takeConversation(context.agent, company, await context.chat.conversationNumber());
});
elsewhere.after(() => open.disposeAsync());

/** Codes that the panel was given, from the answers of the server. */
function codesOf(page: Page): string[] {
  const codes: string[] = [];
  page.on('response', (response) => {
    if (!response.url().endsWith('/session/codes')) return;
    void response.json().then((body: { code?: string }) => codes.push(String(body.code)));
  });
  return codes;
}

elsewhere('a window of its own opens with the conversation, the code has gone from its address, and it works once', async (context) => {
  const { page, chat, side, agent, browser, company, stack } = context;
  const codes = codesOf(page);
  const opening = page.context().waitForEvent('page');
  await chat.choose(more.popout);
  const popout = await opening;
  const inWindow = panelPage(popout);
  await inWindow.message('Von der Website').waitFor();
  assert.is(popout.url(), `${stack.appUrl}/widget/${company.slug}?channel=widget&locale=de`);
  assert.is(await popout.evaluate(() => history.length), 1);
  assert.is(await popout.evaluate(() => window.opener === null), true);
  assert.is(await inWindow.panel.getByRole('button', { name: german.close }).count(), 0);
  await inWindow.send('Aus dem Fenster');
  await side.hear('Aus dem Fenster');
  await chat.message('Aus dem Fenster').waitFor();
  await agent.say(side.room, 'An beide Orte');
  await Promise.all([chat.message('An beide Orte').waitFor(), inWindow.message('An beide Orte').waitFor()]);
  await assertAccessible('a window of its own', popout);
  await lookAround(popout, 'popout');

  const [code = ''] = codes;
  assert.ok(code.length > 20, 'a code was made');
  assert.not.match(JSON.stringify(await keptBy(popout.mainFrame())), code);
  const stranger = await browser.newVisitor();
  const again = await stranger.visit(`${stack.appUrl}/widget/${company.slug}?channel=widget&locale=de#code=${code}`);
  const plain = panelPage(again);
  await plain.says(german.title).waitFor();
  await plain.field.waitFor();
  assert.is(await plain.message('Von der Website').count(), 0);
  assert.is(again.url().includes('code'), false);
  assert.equal((await keptBy(again.mainFrame())).localStorage, []);
  assert.equal(stranger.errors, []);
  await popout.close();
});

elsewhere(
  'the website opens the panel at its menu by command; only the person opens the window',
  async ({ page, chat, stack, company }) => {
    await page.evaluate(() => {
      document.querySelector('h1')?.addEventListener('click', () => window.Smoope?.('popout'));
    });
    await page.getByRole('heading', { name: 'Gartenbau' }).click();
    const item = chat.panel.getByRole('menuitem', { name: more.popout });
    await item.waitFor();
    assert.is(await chat.button.getAttribute('aria-expanded'), 'true');
    const opening = page.context().waitForEvent('page');
    await item.click();
    const popout = await opening;
    await panelPage(popout).message('Von der Website').waitFor();
    assert.is(popout.url(), `${stack.appUrl}/widget/${company.slug}?channel=widget&locale=de`);
    await popout.close();
  },
);

elsewhere('another device gets a link and a picture of it, either opens the conversation there, once', async (context) => {
  const { page, chat, side, browser } = context;
  await chat.choose(more.device);
  const dialog = chat.panel.getByRole('dialog', { name: more.deviceTitle });
  const picture = dialog.getByRole('img', { name: more.qrCode });
  await picture.waitFor();
  await assertAccessible('the way to another device', page, await chat.frame());
  await lookAround(page, 'device');
  await dialog.getByRole('button', { name: more.copyLink }).click();
  await dialog.getByRole('button', { name: more.copied }).waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const scanned = await scan(page, await picture.screenshot());
  assert.is(scanned ?? link, link);
  const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
  const device = await (await browser.newVisitor(phone)).visit(link);
  const there = panelPage(device);
  await there.message('Von der Website').waitFor();
  assert.is(device.url().includes('code'), false);
  await look(device, 'device-there');
  await there.send('Vom Telefon');
  await side.hear('Vom Telefon');
  await chat.message('Vom Telefon').waitFor();
  await device.reload();
  await there.message('Vom Telefon').waitFor();

  const late = panelPage(await (await browser.newVisitor()).visit(link));
  await late.says(german.title).waitFor();
  await late.field.waitFor();
  await dialog.getByRole('button', { name: more.done }).click();
  await dialog.waitFor({ state: 'hidden' });
});

elsewhere("a stranger's link takes nobody's conversations away: who has their own is asked, and keeps them", async (context) => {
  const { page, chat, browser, stack, company } = context;
  const codes = codesOf(page);
  const address = `${stack.appUrl}/widget/${company.slug}?channel=widget&locale=de`;
  const newLink = async (): Promise<string> => {
    const before = codes.length;
    await chat.choose(more.device);
    const dialog = chat.panel.getByRole('dialog', { name: more.deviceTitle });
    await dialog.getByRole('img', { name: more.qrCode }).waitFor();
    await dialog.getByRole('button', { name: more.done }).click();
    await dialog.waitFor({ state: 'hidden' });
    assert.is(codes.length, before + 1);
    return `${address}#code=${codes.at(-1)}`;
  };
  const victim = await browser.newVisitor();
  const tab = await victim.visit(address);
  const own = panelPage(tab);
  await own.send('Nur für mich');
  await own.state('Nur für mich', german.sent).waitFor();
  const kept = await tokenOf(tab);

  await tab.goto('about:blank');
  await tab.goto(await newLink());
  const question = tab.getByRole('dialog', { name: more.otherTitle });
  await question.waitFor();
  await assertAccessible('the question before other conversations', tab);
  await look(tab, 'other-conversations');
  await question.getByRole('button', { name: more.otherKeep }).click();
  await own.message('Nur für mich').waitFor();
  assert.is(await own.message('Von der Website').count(), 0);
  assert.is(await tokenOf(tab), kept);

  await tab.goto('about:blank');
  await tab.goto(await newLink());
  await question.getByRole('button', { name: more.otherTake }).click();
  await own.message('Von der Website').waitFor();
  assert.is(await own.message('Nur für mich').count(), 0);

  // What is the person's own already needs no question.
  await tab.goto('about:blank');
  await tab.goto(await newLink());
  await own.message('Von der Website').waitFor();
  assert.is(await question.count(), 0);
  assert.equal(victim.errors, []);
});

// The last, since from here on the company takes its own users only.
elsewhere('whom the website has named is known in the window as well, also where nobody else may write', async (context) => {
  const { stack, site, company, browser } = context;
  const settings = { identity: { required: true, maxAgeHours: 1 } };
  assert.is((await company.operate('PATCH', '/settings', settings)).status, 200);
  const website = await newSigningWebsite(company);
  const page = await (await browser.newVisitor()).visit(site.add('/named', { html: widgetPage(stack, company.slug) }));
  const chat = chatOn(page);
  const token = await website.sign();
  await chat.button.click();
  await page.evaluate((value) => window.Smoope?.('identify', value), token);
  await chat.send('Ich bin bekannt');
  await chat.state('Ich bin bekannt', german.sent).waitFor();
  const opening = page.context().waitForEvent('page');
  await chat.choose(more.popout);
  const inWindow = panelPage(await opening);
  await inWindow.send('Auch hier');
  await chat.message('Auch hier').waitFor();
});

/** Token in what a browser keeps. */
const tokenOf = async (tab: Page): Promise<string | undefined> =>
  /v_[\w-]+/.exec(await tab.evaluate(() => JSON.stringify(localStorage)))?.[0];

/** What a camera reads in the picture; undefined where this Chromium has no detector. */
function scan(page: Page, picture: Buffer): Promise<string | undefined> {
  return page.evaluate(async (data) => {
    type Detector = { detect(image: ImageBitmap): Promise<{ rawValue: string }[]> };
    const { BarcodeDetector } = window as unknown as { BarcodeDetector?: new (options: { formats: string[] }) => Detector };
    if (!BarcodeDetector) return undefined;
    const image = await createImageBitmap(new Blob([Uint8Array.from(atob(data), (one) => one.charCodeAt(0))]));
    const [found] = await new BarcodeDetector({ formats: ['qr_code'] }).detect(image).catch(() => []);
    return found?.rawValue;
  }, picture.toString('base64'));
}

elsewhere.run();
