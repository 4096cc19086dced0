import type { Frame, Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { messages as german } from '../../../widget/locales/de.ts';
import { messages as english } from '../../../widget/locales/en.ts';
import { messages as more } from '../../../widget/locales/more/de.ts';
import { launcherTexts } from '../../../widget/loader-texts.ts';
import { eventually } from '../../stack/waiting.ts';
import { chatOn, type Chat } from './chat.ts';
import { startHostSite, widgetPage } from './host-site.ts';
import { openJourney, type Journey } from './journey.ts';
import { type VisitorBrowser } from './journey-browser.ts';

type Context = Journey & { visitor: VisitorBrowser; address: string };

const open = new AsyncDisposableStack();
/** All suites have the same company and browser. */
const shared = {} as Context;
const small = suite('small screens and other directions', shared);
const voice = suite('voice messages', shared);
const pages = suite('pages that hold the widget', shared);

small.before(async (context) => {
  Object.assign(context, await openJourney(open));
  context.address = context.site.add('/', { html: widgetPage(context.stack, context.company.slug) });
});
pages.before.each(async (context) => {
  context.visitor = await context.browser.newVisitor();
});
pages.after.each(async ({ visitor }) => {
  await visitor.close();
});
pages.after(() => open.disposeAsync());

const LONG_WORD = 'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz'.repeat(3);

/** Elements that stick out of the document to a side, through all shadow trees. */
const sticksOut = (document: Frame): Promise<string[]> =>
  document.evaluate(() => {
    const all = (root: ParentNode): Element[] =>
      [...root.querySelectorAll('*')].flatMap((element) => [element, ...(element.shadowRoot ? all(element.shadowRoot) : [])]);
    return all(window.document)
      .filter((element) => {
        const { left, right, width } = element.getBoundingClientRect();
        return width > 1 && element.checkVisibility() && (left < -0.5 || right > innerWidth + 0.5);
      })
      .map(({ localName, className }) => `${localName}.${className}`);
  });

async function assertInView(page: Page, chat: Chat): Promise<void> {
  const view = page.viewportSize();
  // While nothing is written its place is that of the voice message.
  const send = chat.panel.getByRole('button', { name: new RegExp(`^(${german.send}|${german.voice})$`) });
  for (const part of [chat.field, send, chat.panel.getByRole('button', { name: german.close })]) {
    const box = await part.boundingBox();
    assert.ok(
      box && view && box.x >= 0 && box.y >= 0 && box.x + box.width <= view.width && box.y + box.height <= view.height,
      JSON.stringify(box),
    );
  }
  assert.equal(await sticksOut(await chat.frame()), []);
  assert.equal(await sticksOut(page.mainFrame()), []);
}

async function writeLongWord(chat: Chat): Promise<void> {
  await chat.send(LONG_WORD);
  await chat.state(LONG_WORD, german.sent).waitFor();
}

small('on a phone the panel takes the whole screen, everything is reached by touch, and closing brings the page back', async (context) => {
  const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
  const page = await (await context.browser.newVisitor(phone)).visit(context.address);
  const chat = chatOn(page);
  await chat.button.tap();
  await chat.field.waitFor();
  assert.equal(await chat.frameElement.boundingBox(), { x: 0, y: 0, width: 390, height: 844 });
  await assertInView(page, chat);
  await writeLongWord(chat);
  await assertInView(page, chat);
  await chat.panel.getByRole('button', { name: german.close }).tap();
  await chat.frameElement.waitFor({ state: 'hidden' });
  await chat.button.tap();
  await chat.message(LONG_WORD).waitFor();
});

small('at 320 pixels width the panel is usable', async (context) => {
  const page = await (await context.browser.newVisitor({ viewport: { width: 320, height: 568 } })).visit(context.address);
  const chat = chatOn(page);
  await chat.open();
  await assertInView(page, chat);
  await writeLongWord(chat);
  await assertInView(page, chat);
});

small('at 400 % zoom of a usual screen the message field is in view and the conversation can be read', async (context) => {
  const page = await (await context.browser.newVisitor({ viewport: { width: 320, height: 256 } })).visit(context.address);
  const chat = chatOn(page);
  await chat.open();
  await assertInView(page, chat);
  await writeLongWord(chat);
  await assertInView(page, chat);
  const log = await chat.log.boundingBox();
  assert.ok(log && log.height >= 80, JSON.stringify(log));
});

small(
  'on a page that reads from right to left the widget stands on the left and speaks English where its language is missing',
  async (context) => {
    const { site, stack, company, browser } = context;
    const address = site.add('/ar', { html: widgetPage(stack, company.slug, { root: 'lang="ar" dir="rtl"' }) });
    const page = await (await browser.newVisitor({ locale: 'ar' })).visit(address);
    const chat = chatOn(page, english);
    const button = await chat.button.boundingBox();
    assert.is(button?.x, 20);
    await chat.open();
    const place = await chat.frameElement.boundingBox();
    // One pixel for the edge around the panel.
    assert.ok(place && place.x === 21, JSON.stringify(place));
    assert.equal(await (await chat.frame()).evaluate(() => [document.documentElement.lang, document.documentElement.dir]), ['en', 'ltr']);
    await chat.send('مرحبا، هل يمكنني تجربة الدراجة؟');
    const words = chat.panel.locator('.bubble');
    assert.is(await words.evaluate((element) => getComputedStyle(element).direction), 'rtl');
    assert.equal(await sticksOut(await chat.frame()), []);
    assert.equal(await sticksOut(page.mainFrame()), []);
  },
);

voice("a voice message is recorded in the panel on a company's website, and stands there to be played", async ({ browser, address }) => {
  const visitor = await browser.newVisitor({ permissions: ['microphone'] });
  const page = await visitor.visit(address);
  const chat = chatOn(page);
  await chat.open();
  await chat.panel.getByRole('button', { name: german.voice }).click();
  // The tone of the microphone has begun to be counted.
  await chat.panel
    .getByRole('timer')
    .filter({ hasText: /0:(0[1-9]|[1-5])/ })
    .waitFor();
  await chat.panel.getByRole('button', { name: more.stopRecording }).click();
  await chat.panel.getByRole('button', { name: more.play.replace('{name}', more.voiceMessage) }).waitFor();
  assert.equal(visitor.errors, []);
});

/** Opens the widget on a page, writes, and has the message taken by the server. */
async function writeOn({ visitor }: Context, address: string): Promise<void> {
  const page = await visitor.visit(address);
  const chat = chatOn(page);
  const place = await chat.button.boundingBox();
  assert.equal([place?.width, place?.height], [56, 56]);
  await chat.open();
  const frame = await chat.frameElement.boundingBox();
  assert.ok(frame && frame.width >= 380 && frame.height >= 600, 'the panel has its size');
  await chat.send('Guten Tag');
  await chat.state('Guten Tag', german.sent).waitFor();
  assert.equal(visitor.errors, []);
}

pages('a page with the strictest content security policy that allows us holds the widget without any violation', async (context) => {
  const { site, stack, company, visitor } = context;
  const csp = `default-src 'none'; script-src ${stack.appUrl}; frame-src ${stack.appUrl}; require-trusted-types-for 'script'; trusted-types 'none'`;
  const address = site.add('/strict', { html: widgetPage(stack, company.slug).replace('<link rel="icon" href="data:,">', ''), csp });
  await writeOn(context, address);
  // A violation of our own shows that violations are reported, and closes the list: reports come in order.
  await visitor.context.pages()[0]?.evaluate(() => {
    const style = document.createElement('style');
    style.textContent = 'p { color: red }';
    document.head.append(style);
  });
  await eventually('the report of the violation', async () => (site.reports.length > 0 ? true : undefined));
  assert.equal(
    site.reports.map((report) => /"effective-directive":"([^"]+)"/.exec(report)?.[1]),
    ['style-src-elem'],
  );
});

pages('a page in quirks mode holds the widget', async (context) => {
  const { site, stack, company, visitor } = context;
  await writeOn(context, site.add('/quirks', { html: widgetPage(stack, company.slug, { doctype: '' }) }));
  assert.is(await visitor.context.pages()[0]?.evaluate(() => document.compatMode), 'BackCompat');
});

const HOSTILE = `<style>
* { all: unset !important; display: none !important; visibility: hidden !important; opacity: 0 !important; transform: scale(0) !important; }
html, body, smoope-launcher { display: block !important; }
smoope-launcher { position: absolute !important; left: -9999px !important; width: 0 !important; height: 0 !important; pointer-events: none !important; }
html, body { visibility: visible !important; opacity: 1 !important; transform: none !important; }
div, button, iframe, svg, b, p { width: 1px !important; height: 1px !important; position: static !important; font-size: 99px !important; }
</style>`;

pages('a page whose styles hide and crush everything holds the widget', async (context) => {
  const { site, stack, company } = context;
  await writeOn(context, site.add('/hostile', { html: widgetPage(stack, company.slug, { head: HOSTILE }) }));
});

pages('a page that replaces its body keeps the button', async ({ site, stack, company, visitor }) => {
  const page = await visitor.visit(site.add('/replaced', { html: widgetPage(stack, company.slug) }));
  const chat = chatOn(page);
  await chat.button.waitFor();
  await page.evaluate(() => document.body.replaceWith(document.createElement('body')));
  await chat.open();
});

pages(
  'a page of an origin that the company did not allow cannot show the panel, and says that the chat cannot be reached',
  async (context) => {
    const { stack, company, visitor } = context;
    const stranger = await startHostSite();
    const page = await visitor.context.newPage();
    await page.clock.install();
    await page.goto(stranger.add('/', { html: widgetPage(stack, company.slug) }));
    const chat = chatOn(page);
    await chat.button.click();
    await eventually('the frame to be refused', async () => ((await chat.frame()).url().startsWith('chrome-error:') ? true : undefined));
    await page.clock.fastForward(20_000);
    await page.locator('smoope-launcher').getByText(launcherTexts('de').unreachable).waitFor();
    assert.is(await page.locator('smoope-launcher .on').count(), 0);
    await stranger.close();
  },
);

// The last, since from here on the company is not open.
pages('the widget of a company that is not open yet says so and takes nothing', async ({ company, address, visitor }) => {
  // Without an imprint a company is a draft.
  assert.is((await company.operate('PATCH', '/settings', { imprintUrl: null })).status, 200);
  const page = await visitor.visit(address);
  const chat = chatOn(page);
  await chat.button.click();
  await chat.panel.getByRole('heading', { name: german.notOpen.replace('{company}', company.name) }).waitFor();
  assert.is(await chat.field.count(), 0);
});

small.run();
voice.run();
pages.run();
