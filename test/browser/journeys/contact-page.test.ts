import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Page } from 'playwright-core';
import { sharedStackAccess, type StackAccess } from '../../stack/stack-access.ts';
import { newCompany, type CompanyAgent, type TestCompany } from '../../stack/test-company.ts';
import { eventually } from '../../stack/waiting.ts';
import { openRows } from '../../stack/conversation-facts.ts';
import { german } from '../../../web-client/contact-form/contact-texts-de.ts';
import { assertAccessible } from './accessibility.ts';
import { foreignRequests, startJourneyBrowser, type JourneyBrowser } from './journey-browser.ts';

type Context = { stack: StackAccess; company: TestCompany; agent: CompanyAgent; browser: JourneyBrowser };

const open = new AsyncDisposableStack();
const contact = suite<Context>('the contact page');

contact.before(async (context) => {
  context.stack = sharedStackAccess();
  context.company = await newCompany(context.stack, { settings: { color: '#e6007e' } });
  context.agent = open.adopt(await context.company.newAgent({ displayName: 'Lena aus der Werkstatt' }), (agent) => agent.stop());
  context.browser = open.adopt(await startJourneyBrowser(), (browser) => browser.close());
});
contact.after(() => open.disposeAsync());

const address = ({ stack, company }: Context, path = ''): string => `${stack.config.publicOrigin}/contact/${company.slug}${path}`;

/** Sends the form until it is taken: the first try may be quicker than a person. */
async function sendForm(page: Page, words: string): Promise<void> {
  await page.getByRole('textbox', { name: german.message }).fill(words);
  await eventually('the form to be taken', async () => {
    await page.getByRole('button', { name: german.send }).click();
    return (await page.getByRole('heading', { name: german.sentTitle }).isVisible()) ? true : undefined;
  });
}

async function roomOf(context: Context): Promise<string> {
  const rows = openRows(context.stack);
  try {
    const { room_id: room } = await rows('conversation')
      .where({ company_id: context.company.id })
      .orderBy('opened_at', 'desc')
      .first<{ room_id: string }>('room_id');
    return room;
  } finally {
    await rows.destroy();
  }
}

contact('without JavaScript: write, read the answer, answer, come back by the link on another device', async (context) => {
  const { browser, agent, stack } = context;
  const visitor = open.adopt(await browser.newVisitor({ javaScriptEnabled: false }), (one) => one.close());
  const page = await visitor.visit(address(context));
  assert.equal(await visitor.context.cookies(), [], 'nothing is kept before something is sent');
  await sendForm(page, 'Haben Sie das Rad in Blau?');
  assert.not.match(page.url(), /[cv]_/);
  const link = await page.getByLabel(german.sentLinkLabel).inputValue();

  const room = await roomOf(context);
  await agent.join(room);
  await agent.say(room, 'In Blau und in Grün.');
  await page.getByRole('link', { name: german.sentRead }).click();
  await eventually('the answer', async () => {
    await page.getByRole('link', { name: german.refresh }).click();
    return (await page.getByText('In Blau und in Grün.').isVisible()) ? true : undefined;
  });
  await page.getByText('Lena aus der Werkstatt').waitFor();
  await page.getByRole('textbox', { name: german.answer }).fill('Dann in Grün.');
  await page.getByRole('button', { name: german.answerSend }).click();
  await page.getByText('Dann in Grün.').waitFor();
  await agent.waitForEvent(room, 'the answer of the visitor', ({ content }) => content['body'] === 'Dann in Grün.');
  assert.equal(foreignRequests(visitor, stack, stack.config.publicOrigin), []);

  const elsewhere = open.adopt(await browser.newVisitor({ javaScriptEnabled: false }), (one) => one.close());
  const other = await elsewhere.visit(link);
  await other.getByRole('button', { name: german.linkOpen }).click();
  await other.getByText('Dann in Grün.').waitFor();
  assert.not.match(other.url(), /c_/, 'the code is in no address afterwards');
  const again = await elsewhere.visit(link);
  await again.getByRole('button', { name: german.linkOpen }).click();
  await again.getByRole('heading', { name: german.usedTitle }).waitFor();

  await other.getByRole('button', { name: german.leave }).click();
  assert.equal(await elsewhere.context.cookies(), []);
});

contact('with the keyboard alone, on a narrow screen, in English', async (context) => {
  const visitor = open.adopt(await context.browser.newVisitor({ locale: 'en-GB', viewport: { width: 320, height: 600 } }), (one) =>
    one.close(),
  );
  const page = await visitor.visit(address(context));
  await page.getByRole('heading', { name: /^Message to / }).waitFor();
  await page.keyboard.press('Tab');
  assert.is(await page.evaluate(() => document.activeElement?.className), 'skip');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Do you rent out as well?');
  await page.keyboard.press('Tab');
  assert.is(await page.evaluate(() => document.activeElement?.id), 'address');
  await page.keyboard.press('Tab');
  assert.is(await page.evaluate(() => document.activeElement?.tagName), 'BUTTON', 'the field for programs is not in the way');
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
  await eventually('the form to be taken', async () => {
    await page.getByRole('button', { name: 'Send message' }).press('Enter');
    return (await page.getByRole('heading', { name: 'Your message has arrived' }).isVisible()) ? true : undefined;
  });
});

contact('every page is accessible, in light and dark, with faults and without', async (context) => {
  const { browser } = context;
  const visitor = open.adopt(await browser.newVisitor(), (one) => one.close());
  const page = await visitor.visit(address(context));
  await assertAccessible('the form', page);
  await page.getByRole('button', { name: german.send }).click();
  await page.getByRole('alert').getByText(german.faults.empty).waitFor();
  await assertAccessible('the form with a fault', page);
  await page.getByRole('link', { name: german.faults.empty }).click();
  assert.is(new URL(page.url()).hash, '#message');
  await sendForm(page, 'Guten Tag');
  await assertAccessible('after sending', page);
  await page.getByRole('textbox', { name: german.addressBoth }).fill('Erika');
  await page.getByRole('button', { name: german.addressSend }).click();
  await page.getByText(german.faults.invalid).waitFor();
  await assertAccessible('after sending, with a fault', page);
  await page.getByRole('textbox', { name: german.addressBoth }).fill(`${crypto.randomUUID()}@example.de`);
  await page.getByRole('button', { name: german.addressSend }).click();
  await page.getByRole('textbox', { name: german.code, exact: true }).waitFor();
  await assertAccessible('waiting for the code', page);
  const link = await page.getByLabel(german.sentLinkLabel).inputValue();
  await page.getByRole('link', { name: german.sentRead }).click();
  await page.getByText('Guten Tag').waitFor();
  await assertAccessible('the conversation', page);
  const followed = await visitor.visit(link);
  await assertAccessible('a link', followed);
  const used = await visitor.visit(address(context, '/conversation'));
  await used.getByRole('button', { name: german.leave }).click();
  await used.goto(address(context, '/conversation'));
  await used.getByRole('heading', { name: german.usedTitle }).waitFor();
  await assertAccessible('nothing open', used);
  assert.equal(visitor.errors, []);
});

contact('under attack the script works for the form by itself', async (context) => {
  const { browser, stack, company } = context;
  const rows = openRows(stack);
  const count = stack.config.contactForm.attackPerMinute;
  const flood = Array.from({ length: count }, () => ({ token_hash: `kanari${Math.random()}`, company_id: company.id, session_id: null }));
  await rows('contact_submission').insert(flood);
  await rows.destroy();
  const visitor = open.adopt(await browser.newVisitor(), (one) => one.close());
  const page = await visitor.visit(address(context));
  assert.is(await page.locator('input[name=proof]').count(), 1);
  await sendForm(page, 'Trotzdem eine Frage');
  assert.equal(visitor.errors, []);
});

contact.run();
