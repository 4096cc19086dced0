import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { german as contact } from '../../../web-client/contact-form/contact-texts-de.ts';
import { messages as german } from '../../../widget/locales/de.ts';
import { waitUntilRead } from '../../stack/contact-form/form-client.ts';
import { takeConversation } from './agent-side.ts';
import { chatOn } from './chat.ts';
import { example, pageOf } from './docs-example.ts';
import { openAgent, openJourney, type Journey } from './journey.ts';
import type { VisitorBrowser } from './journey-browser.ts';

type Context = Journey & { visitor: VisitorBrowser };

const open = new AsyncDisposableStack();
const docs = suite<Context>('examples of the docs');
docs.before(async (context) => {
  Object.assign(context, await openJourney(open));
});
docs.before.each(async (context) => {
  context.visitor = await context.browser.newVisitor();
});
docs.after.each(async ({ visitor }) => {
  await visitor.close();
});
docs.after(() => open.disposeAsync());

docs('the plain HTML example opens the panel from a button of its own and counts unread messages in the title', async (context) => {
  const { site, visitor, company } = context;
  const page = await visitor.visit(site.add('/plain', { html: pageOf(example('**Plain HTML**', 'html', context)) }));
  const chat = chatOn(page);
  await page.getByRole('button', { name: 'Ask us' }).click();
  await chat.send('Guten Tag');
  assert.is(await chat.button.count(), 0, 'the button of the widget is hidden');
  const agent = await openAgent(open, context);
  const side = await takeConversation(agent, company, await chat.conversationNumber());
  await page.evaluate(() => window.Smoope?.('close'));
  await agent.say(side.room, 'Wir sind da.');
  await page.waitForFunction(() => document.title === '(1) Acme');
  assert.equal(visitor.errors, []);
});

docs('the example of a chat as part of a page holds a conversation and says what happens', async (context) => {
  const { site, visitor } = context;
  const page = await visitor.visit(site.add('/part', { html: pageOf(example('## As part of a page', 'html', context)) }));
  const chat = page.locator('smoope-chat');
  const heard = chat.evaluate((element) => new Promise((resolve) => element.addEventListener('message', () => resolve(true))));
  const panel = chat.locator('iframe').contentFrame();
  await panel.getByRole('textbox', { name: german.message }).fill('Guten Tag');
  await panel.getByRole('button', { name: german.send }).click();
  await panel.locator('.foot', { hasText: german.sent }).waitFor();
  assert.is(await heard, true);
  assert.equal(visitor.errors, []);
});

docs('the example of a contact form as part of a page sends a message, and its link leads to the conversation', async (context) => {
  const { site, visitor } = context;
  const page = await visitor.visit(site.add('/form', { html: pageOf(example('## A contact form', 'html', context)) }));
  const form = page.locator('smoope-contact iframe').contentFrame();
  await form.getByRole('textbox', { name: contact.message }).fill('Guten Tag, aus dem Formular');
  // Sent sooner than a person can read it, a form is refused.
  await waitUntilRead(await form.locator('input[name=token]').inputValue());
  await form.getByRole('button', { name: contact.send }).click();
  await form.getByRole('heading', { name: contact.sentTitle }).waitFor();
  const opened = page.waitForEvent('popup');
  await form.getByRole('link', { name: contact.sentRead }).click();
  const conversation = await opened;
  await conversation.getByRole('button', { name: contact.linkOpen }).click();
  await conversation.getByText('Guten Tag, aus dem Formular').first().waitFor();
  assert.equal(visitor.errors, []);
});

docs.run();
