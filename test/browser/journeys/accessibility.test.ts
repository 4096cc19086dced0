import type { Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { messages as german } from '../../../widget/locales/de.ts';
import type { CompanyAgent } from '../../stack/test-company.ts';
import { eventually } from '../../stack/waiting.ts';
import { assertAccessible } from './accessibility.ts';
import { takeConversation } from './agent-side.ts';
import { chatOn } from './chat.ts';
import { widgetPage } from './host-site.ts';
import { openAgent, openJourney, type Journey } from './journey.ts';

type Context = Journey & {
  agent: CompanyAgent;
  /** A tab for pages of our own. */
  tab: Page;
};

const open = new AsyncDisposableStack();
/** Both suites have the same company and browser. */
const shared = {} as Context;
const keyboard = suite('the widget with the keyboard alone', shared);
const accessible = suite('accessibility by axe, in light and dark', shared);

keyboard.before(async (context) => {
  Object.assign(context, await openJourney(open));
});
accessible.before(async (context) => {
  context.agent = await openAgent(open, context);
  context.tab = await (await context.browser.newVisitor()).context.newPage();
});
accessible.after(() => open.disposeAsync());

/** Name of what has the focus, through shadow trees and into the frame. */
async function focused(page: Page): Promise<string> {
  const look = (): string => {
    let { activeElement } = document;
    while (activeElement?.shadowRoot?.activeElement) ({ activeElement } = activeElement.shadowRoot);
    return activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? activeElement?.localName ?? '';
  };
  for (const frame of page.frames().toReversed()) if (await frame.evaluate(() => document.hasFocus())) return frame.evaluate(look);
  return '';
}

const focusOn = (page: Page, name: string): Promise<true> =>
  eventually(`the focus on "${name}"`, async () => ((await focused(page)) === name ? true : undefined));

keyboard(
  'Tab reaches the button, Enter opens, what is written is sent with Enter, Escape closes and the focus returns',
  async (context) => {
    const { stack, site, company, browser } = context;
    const visitor = await browser.newVisitor();
    const page = await visitor.visit(site.add('/', { html: widgetPage(stack, company.slug) }));
    const { keyboard: keys } = page;
    const chat = chatOn(page);
    await chat.button.waitFor();
    await keys.press('Tab');
    await focusOn(page, 'Hecken');
    await keys.press('Tab');
    await focusOn(page, 'Chat öffnen');
    await keys.press('Enter');
    await focusOn(page, german.message);
    await keys.type('Guten Tag');
    await keys.press('Enter');
    await chat.state('Guten Tag', german.sent).waitFor();
    await focusOn(page, german.message);
    await keys.press('Escape');
    await focusOn(page, 'Chat öffnen');
    assert.is(await chat.button.getAttribute('aria-expanded'), 'false');
    await chat.frameElement.waitFor({ state: 'hidden' });
    await keys.press('Enter');
    await focusOn(page, german.message);
    await chat.message('Guten Tag').waitFor();
  },
);

keyboard('everything in the panel is reached with Tab, and Escape in the menu closes the menu alone', async (context) => {
  const { stack, site, company, browser } = context;
  const visitor = await browser.newVisitor();
  const page = await visitor.visit(site.add('/menu', { html: widgetPage(stack, company.slug) }));
  const { keyboard: keys } = page;
  const chat = chatOn(page);
  await chat.button.focus();
  await keys.press('Enter');
  await focusOn(page, german.message);
  const backwards: string[] = [];
  while (backwards.length < 6) {
    await keys.press('Shift+Tab');
    backwards.push(await focused(page));
  }
  assert.ok(backwards.includes(german.menu), backwards.join(', '));
  assert.ok(backwards.includes(german.close), backwards.join(', '));
  assert.ok(
    backwards.some((name) => name.startsWith(german.imprint)),
    backwards.join(', '),
  );
  await chat.panel.getByRole('button', { name: german.menu }).focus();
  await keys.press('Enter');
  await chat.panel.getByRole('menu').waitFor();
  await keys.press('Escape');
  await chat.panel.getByRole('menu').waitFor({ state: 'hidden' });
  assert.is(await chat.button.getAttribute('aria-expanded'), 'true');
});

accessible('the widget is accessible closed, open before the first message, in a conversation and after its end', async (context) => {
  const { stack, site, company, agent, browser } = context;
  const visitor = await browser.newVisitor();
  const page = await visitor.visit(site.add('/', { html: widgetPage(stack, company.slug) }));
  const chat = chatOn(page);
  await chat.button.waitFor();
  await assertAccessible('the closed widget', page);
  await chat.open();
  await assertAccessible('the page with the open widget', page);
  await assertAccessible('the empty panel', page, await chat.frame());
  await chat.send('Guten Tag');
  const side = await takeConversation(agent, company, await chat.conversationNumber());
  const html =
    '<p>Guten Tag, hier ist <b>ein</b> <a href="https://example.org/">Verweis</a> und <code>ein Code</code>.</p><ul><li>eins</li></ul>';
  await agent.say(side.room, 'Guten Tag', { format: 'org.matrix.custom.html', formatted_body: html });
  await chat.message('ein Code').waitFor();
  await agent.type(side.room, true);
  await chat.says(german.typing.split('{name}')[1] ?? '').waitFor();
  await assertAccessible('a conversation', page, await chat.frame());
  await chat.panel.getByRole('button', { name: german.menu }).click();
  await chat.panel.getByRole('menu').waitFor();
  await assertAccessible('the open menu', page, await chat.frame());
  await page.keyboard.press('Escape');
  await side.close();
  await chat.says(german.closed).waitFor();
  await assertAccessible('a closed conversation', page, await chat.frame());
});

for (const path of ['/', '/imprint', '/privacy', '/privacy/operator', '/accessibility', '/nowhere']) {
  accessible(`the page ${path} is accessible`, async ({ stack, tab: page }) => {
    await page.goto(`${stack.appUrl}${path}`);
    // Nobody asks anything on a page that is not there.
    if (path !== '/nowhere') await chatOn(page).button.waitFor();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await assertAccessible(path, page);
  });
}

// The last, since from here on the company is not open.
accessible('the widget of a company that is not open is accessible', async ({ stack, site, company, browser }) => {
  // Without an imprint a company is a draft.
  assert.is((await company.operate('PATCH', '/settings', { imprintUrl: null })).status, 200);
  const visitor = await browser.newVisitor();
  const page = await visitor.visit(site.add('/draft', { html: widgetPage(stack, company.slug) }));
  const chat = chatOn(page);
  await chat.button.click();
  await chat.says(german.notOpenHint).waitFor();
  await assertAccessible('a company that is not open', page, await chat.frame());
});

keyboard.run();
accessible.run();
