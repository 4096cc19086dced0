import type { Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { messages as german } from '../../../widget/locales/de.ts';
import { eventually } from '../../stack/waiting.ts';
import { chatOn } from './chat.ts';
import { widgetPage } from './host-site.ts';
import { openJourney, type Journey } from './journey.ts';

const open = new AsyncDisposableStack();
const keyboard = suite<Journey>('the widget with the keyboard alone');

keyboard.before(async (context) => {
  Object.assign(context, await openJourney(open));
});
keyboard.after(() => open.disposeAsync());

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

keyboard.run();
