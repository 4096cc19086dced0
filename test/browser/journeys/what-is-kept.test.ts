import type { Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { messages as german } from '../../../widget/locales/de.ts';
import { type CompanyAgent } from '../../stack/test-company.ts';
import { takeConversation } from './agent-side.ts';
import { chatOn } from './chat.ts';
import { widgetPage } from './host-site.ts';
import { openAgent, openJourney, type Journey } from './journey.ts';
import { foreignRequests, type VisitorBrowser } from './journey-browser.ts';
import { keptBy, NOTHING } from './kept-storage.ts';

type Context = Journey & { agent: CompanyAgent; visitor: VisitorBrowser; address: string; page: Page };

const open = new AsyncDisposableStack();
// One visit, step by step.
const visit = suite<Context>('what a visit asks for and leaves behind');

visit.before(async (context) => {
  Object.assign(context, await openJourney(open));
  context.agent = await openAgent(open, context);
  context.visitor = await context.browser.newVisitor();
  context.address = context.site.add('/', { html: widgetPage(context.stack, context.company.slug) });
  context.page = await context.visitor.visit(context.address);
  await chatOn(context.page).button.waitFor();
});

visit.after(() => open.disposeAsync());

/** Waits until the browser has nothing to do, when a loader that loads something by itself would have begun. */
const whenIdle = (page: Page): Promise<void> => page.evaluate(() => new Promise((resolve) => requestIdleCallback(() => resolve())));

visit('before the click only the loader is requested, and nothing is kept', async ({ stack, visitor, page, address }) => {
  await whenIdle(page);
  assert.equal(
    visitor.requests.filter((url) => !url.startsWith('data:')),
    [address, `${stack.appUrl}/widget.js`],
  );
  assert.is(page.frames().length, 1);
  assert.equal(await keptBy(page.mainFrame()), NOTHING);
  assert.equal(await visitor.context.cookies(), []);
});

visit('the button moves nothing on the page', async ({ page }) => {
  const shifts = await page.evaluate(async () => {
    const seen: number[] = [];
    const moved = Promise.withResolvers<void>();
    const begin = performance.now();
    new PerformanceObserver((list) => {
      seen.push(...list.getEntries().map(({ startTime }) => startTime));
      if (seen.some((at) => at > begin)) moved.resolve();
    }).observe({ type: 'layout-shift', buffered: true });
    // A shift of our own shows that shifts are seen at all.
    const spacer = document.createElement('p');
    spacer.textContent = 'Aktuelles';
    document.querySelector('h1')?.before(spacer);
    await moved.promise;
    return { before: seen.filter((at) => at < begin).length, after: seen.filter((at) => at > begin).length };
  });
  assert.is(shifts.before, 0);
  assert.ok(shifts.after > 0);
});

visit(
  'after the click and before the first message still nothing is kept on either side, and no cookie is set',
  async ({ page, visitor }) => {
    const chat = chatOn(page);
    await chat.open();
    await chat.says(german.noticeTitle).waitFor();
    await chat.field.fill('Angefangen und');
    await whenIdle(page);
    assert.equal(await keptBy(page.mainFrame()), NOTHING);
    assert.equal(await keptBy(await chat.frame()), NOTHING);
    assert.equal(await visitor.context.cookies(), []);
  },
);

visit(
  'after the first message each side keeps exactly one documented key, on the website a flag without an id',
  async ({ page, visitor, company }) => {
    const chat = chatOn(page);
    await chat.send('Angefangen und abgeschickt');
    await chat.state('abgeschickt', german.sent).waitFor();
    await page.waitForFunction(() => localStorage.length > 0);
    assert.equal(await keptBy(page.mainFrame()), { ...NOTHING, localStorage: ['smoope'] });
    assert.is(await page.evaluate(() => localStorage.getItem('smoope')), '1');
    assert.equal(await keptBy(await chat.frame()), { ...NOTHING, localStorage: [`smoope:${company.slug}`] });
    assert.equal(await visitor.context.cookies(), []);
  },
);

visit('with the end of the conversation the flag goes, and a later page asks for nothing but the loader again', async (context) => {
  const { page, agent, company, visitor, address } = context;
  const chat = chatOn(page);
  const side = await takeConversation(agent, company, await chat.conversationNumber());
  await side.close();
  await chat.says(german.closed).waitFor();
  await page.waitForFunction(() => localStorage.length === 0);
  const before = visitor.requests.length;
  const later = await visitor.visit(address);
  await chatOn(later).button.waitFor();
  await whenIdle(later);
  assert.equal(
    visitor.requests.slice(before).filter((url) => /\/(widget|api)\//.test(url)),
    [],
  );
  assert.is(later.frames().length, 1);
});

visit('in all this nobody but the website and we was asked, and no script failed', ({ visitor, stack, site }) => {
  assert.ok(visitor.requests.some((url) => url.endsWith('/visitor/stream')));
  assert.equal(foreignRequests(visitor, stack, site.origin), []);
  assert.equal(visitor.errors, []);
});

visit.run();
