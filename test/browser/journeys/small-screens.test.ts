import type { Frame, Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { messages as german } from '../../../widget/locales/de.ts';
import { messages as english } from '../../../widget/locales/en.ts';
import { chatOn, type Chat } from './chat.ts';
import { widgetPage } from './host-site.ts';
import { openJourney, type Journey } from './journey.ts';

type Context = Journey & { address: string };

const open = new AsyncDisposableStack();
const small = suite<Context>('small screens and other directions');

small.before(async (context) => {
  Object.assign(context, await openJourney(open));
  context.address = context.site.add('/', { html: widgetPage(context.stack, context.company.slug) });
});
small.after(() => open.disposeAsync());

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

small.run();
