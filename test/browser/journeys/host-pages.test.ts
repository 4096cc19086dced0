import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { messages as german } from '../../../widget/locales/de.ts';
import { launcherTexts } from '../../../widget/loader-texts.ts';
import { newCompany } from '../../stack/test-company.ts';
import { eventually } from '../../stack/waiting.ts';
import { chatOn } from './chat.ts';
import { startHostSite, widgetPage } from './host-site.ts';
import { openJourney, type Journey } from './journey.ts';
import { type VisitorBrowser } from './journey-browser.ts';

type Context = Journey & { visitor: VisitorBrowser };

const open = new AsyncDisposableStack();
const pages = suite<Context>('pages that hold the widget');

pages.before(async (context) => {
  Object.assign(context, await openJourney(open));
});
pages.before.each(async (context) => {
  context.visitor = await context.browser.newVisitor();
});
pages.after.each(async ({ visitor }) => {
  await visitor.close();
});
pages.after(() => open.disposeAsync());

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

pages('the widget of a company that is not open yet says so and takes nothing', async ({ stack, site, visitor }) => {
  const draft = await newCompany(stack, { status: 'draft', settings: { origins: [site.origin] } });
  const page = await visitor.visit(site.add('/draft', { html: widgetPage(stack, draft.slug) }));
  const chat = chatOn(page);
  await chat.button.click();
  await chat.panel.getByRole('heading', { name: german.notOpen.replace('{company}', draft.name) }).waitFor();
  assert.is(await chat.field.count(), 0);
});

pages.run();
