import type { Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { messages as german } from '../../../widget/locales/de.ts';
import { sharedStackAccess, type StackAccess } from '../../stack/stack-access.ts';
import { newCompany, type CompanyAgent, type TestCompany } from '../../stack/test-company.ts';
import { eventually } from '../../stack/waiting.ts';
import { takeConversation } from './agent-side.ts';
import { chatOn } from './chat.ts';
import { startHostSite, widgetPage, type HostSite } from './host-site.ts';
import { foreignRequests, startJourneyBrowser, type JourneyBrowser, type VisitorBrowser } from './journey-browser.ts';
import { keptBy, NOTHING } from './kept-storage.ts';

type Context = {
  stack: StackAccess;
  site: HostSite;
  company: TestCompany;
  agent: CompanyAgent;
  browser: JourneyBrowser;
  visitor: VisitorBrowser;
  address: string;
  page: Page;
};

// One visit, step by step.
const visit = suite<Context>('what a visit asks for and leaves behind');

visit.before(async (context) => {
  context.stack = sharedStackAccess();
  context.site = await startHostSite();
  context.company = await newCompany(context.stack, { settings: { origins: [context.site.origin] } });
  context.agent = await context.company.newAgent();
  context.browser = await startJourneyBrowser();
  context.visitor = await context.browser.newVisitor();
  context.address = context.site.add('/', { html: widgetPage(context.stack, context.company.slug) });
  context.page = await context.visitor.visit(context.address);
  await chatOn(context.page).button.waitFor();
});

visit.after(async ({ browser, agent, site }) => {
  await browser.close();
  await agent.stop();
  await site.close();
});

/** Waits until the browser has nothing to do, when a loader that loads something by itself would have begun. */
const whenIdle = (page: Page): Promise<void> => page.evaluate(() => new Promise((resolve) => requestIdleCallback(() => resolve())));

visit('before the click only the loader is requested, and nothing is kept', async ({ stack, visitor, page, address }) => {
  await whenIdle(page);
  assert.equal(visitor.requests.filter((url) => !url.startsWith('data:')), [address, `${stack.appUrl}/widget.js`]);
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

visit('after the click and before the first message still nothing is kept on either side, and no cookie is set', async ({ page, visitor }) => {
  const chat = chatOn(page);
  await chat.open();
  await chat.says(german.noticeTitle).waitFor();
  await chat.field.fill('Angefangen und');
  await whenIdle(page);
  assert.equal(await keptBy(page.mainFrame()), NOTHING);
  assert.equal(await keptBy(await chat.frame()), NOTHING);
  assert.equal(await visitor.context.cookies(), []);
});

visit('after the first message each side keeps exactly one documented key, on the website a flag without an id', async ({ page, visitor, company }) => {
  const chat = chatOn(page);
  await chat.send('Angefangen und abgeschickt');
  await chat.state('abgeschickt', german.sent).waitFor();
  assert.equal(await keptBy(page.mainFrame()), { ...NOTHING, localStorage: ['smoope'] });
  assert.is(await page.evaluate(() => localStorage.getItem('smoope')), '1');
  assert.equal(await keptBy(await chat.frame()), { ...NOTHING, localStorage: [`smoope:${company.slug}`] });
  assert.equal(await visitor.context.cookies(), []);
});

visit('with the end of the conversation the flag goes, and a later page asks for nothing but the loader again', async (context) => {
  const { page, agent, company, visitor, address } = context;
  const chat = chatOn(page);
  const side = await takeConversation(agent, company, await chat.conversationNumber());
  await side.close();
  await chat.says(german.closed).waitFor();
  await eventually('the flag to be gone', async () => ((await keptBy(page.mainFrame())).localStorage.length === 0 ? true : undefined));
  const before = visitor.requests.length;
  const later = await visitor.visit(address);
  await chatOn(later).button.waitFor();
  await whenIdle(later);
  assert.equal(visitor.requests.slice(before).filter((url) => /\/(widget|api)\//.test(url)), []);
  assert.is(later.frames().length, 1);
});

visit('in all this nobody but the website and we was asked, and no script failed', ({ visitor, stack, site }) => {
  assert.ok(visitor.requests.some((url) => url.endsWith('/visitor/stream')));
  assert.equal(foreignRequests(visitor, stack, site.origin), []);
  assert.equal(visitor.errors, []);
});

visit.run();

const refused = suite<Pick<Context, 'stack' | 'site' | 'company' | 'browser'>>('a browser that lets frames keep nothing');

refused.before(async (context) => {
  context.stack = sharedStackAccess();
  context.site = await startHostSite();
  context.company = await newCompany(context.stack, { settings: { origins: [context.site.origin] } });
  context.browser = await startJourneyBrowser({ refusesStorage: true });
});

refused.after(async ({ browser, site }) => {
  await browser.close();
  await site.close();
});

refused('can be written with until the page closes, and nothing of it remains', async ({ stack, site, company, browser }) => {
  const visitor = await browser.newVisitor();
  const address = site.add('/', { html: widgetPage(stack, company.slug) });
  const page = await visitor.visit(address);
  const chat = chatOn(page);
  await chat.open();
  const refusal = await (await chat.frame()).evaluate(() => {
    try {
      return `${localStorage.length}`;
    } catch (error) {
      return error instanceof DOMException ? error.name : '';
    }
  });
  assert.is(refusal, 'SecurityError');
  await chat.send('Erste Nachricht');
  await chat.state('Erste Nachricht', german.sent).waitFor();
  await chat.send('Zweite Nachricht');
  await chat.state('Zweite Nachricht', german.sent).waitFor();
  assert.equal(await keptBy(page.mainFrame()), NOTHING);
  await page.close();
  const later = chatOn(await visitor.visit(address));
  await later.open();
  await later.says(german.noticeTitle).waitFor();
  assert.is(await later.log.count(), 0);
  assert.equal(visitor.errors, []);
});

refused.run();
