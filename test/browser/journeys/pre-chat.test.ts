import type { Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { messages as german } from '../../../widget/locales/de.ts';
import { messages as english } from '../../../widget/locales/en.ts';
import { messages as more } from '../../../widget/locales/more/de.ts';
import { messages as moreEnglish } from '../../../widget/locales/more/en.ts';
import { inReply } from '../../stack/agents/agent.ts';
import { CANARY, type CompanyAgent } from '../../stack/test-company.ts';
import { assertAccessible } from './accessibility.ts';
import { takeConversation } from './agent-side.ts';
import { chatOn, type Chat } from './chat.ts';
import { widgetPage } from './host-site.ts';
import { openAgent, openJourney, type Journey } from './journey.ts';
import { look, lookAround } from './look.ts';

type Context = Journey & { agent: CompanyAgent; address: string };

const open = new AsyncDisposableStack();
const asked = suite<Context>('what a company asks before the first message');

const PRE_CHAT = [
  {
    key: 'name',
    type: 'text',
    required: true,
    maxLength: 40,
    label: { de: 'Ihr Name', en: 'Your name' },
    purpose: { de: 'Damit wir Sie richtig ansprechen.', en: 'So that we can address you.' },
  },
  {
    key: 'mail',
    type: 'email',
    label: { de: 'E-Mail', en: 'E-mail' },
    purpose: { de: 'Falls wir später antworten.', en: 'In case we answer later.' },
  },
  {
    key: 'order',
    type: 'text',
    pattern: '[A-Z]{2}-\\d+',
    label: { de: 'Bestellnummer', en: 'Order number' },
    purpose: { de: 'Steht auf der Rechnung, etwa AB-123.', en: 'It is on your invoice, such as AB-123.' },
  },
  {
    key: 'topic',
    type: 'select',
    required: true,
    label: { de: 'Thema', en: 'Topic' },
    purpose: { de: 'Damit die Richtigen antworten.', en: 'So that the right people answer.' },
    options: [
      { value: 'buy', label: { de: 'Kauf', en: 'Sale' } },
      { value: 'fix', label: { de: 'Reparatur', en: 'Repair' } },
    ],
  },
  {
    key: 'terms',
    type: 'checkbox',
    required: true,
    label: { de: 'Sie dürfen mich zurückrufen', en: 'You may call me back' },
    purpose: { de: 'Nur zu dieser Frage.', en: 'About this question only.' },
  },
];

asked.before(async (context) => {
  Object.assign(context, await openJourney(open));
  await context.company.operate('PATCH', '/settings', { preChat: PRE_CHAT });
  context.agent = await openAgent(open, context);
  context.address = context.site.add('/', { html: widgetPage(context.stack, context.company.slug) });
});
asked.after(() => open.disposeAsync());

const problem = ({ panel }: Chat, label: string) => panel.locator('.field', { hasText: label }).locator('.problem');

/** What the agent's client shows after `!who` about the conversation on display. */
async function whoIs({ agent, company }: Context, chat: Chat): Promise<string> {
  const { announcement } = await takeConversation(agent, company, await chat.conversationNumber());
  const command = await agent.send(company.teamRoomId, 'm.room.message', inReply(announcement.event_id, '!who'));
  const answer = await agent.waitForEvent(
    company.teamRoomId,
    'what the person gave',
    ({ sender, content }) =>
      sender === company.userId && JSON.stringify(content['m.relates_to'] ?? {}).includes(command) && String(content['body']).length > 0,
  );
  return String(answer.content['body']);
}

/** Ids of the fields with their values, as they are sent with messages. */
function sentFields(page: Page): (Record<string, string> | undefined)[] {
  const sent: (Record<string, string> | undefined)[] = [];
  page.on('request', (request) => {
    if (!request.url().endsWith('/visitor/events')) return;
    sent.push((request.postDataJSON() as { fields?: Record<string, string> }).fields);
  });
  return sent;
}

asked('is checked in words beside each field, goes with the first message, stands in !who, and is asked once', async (context) => {
  const { browser, address } = context;
  const visitor = await browser.newVisitor();
  const page = await visitor.visit(address);
  const sent = sentFields(page);
  const chat = chatOn(page);
  await chat.open();
  await chat.panel.getByRole('heading', { name: more.preChatTitle }).waitFor();
  await chat.says('Damit wir Sie richtig ansprechen.').waitFor();
  await assertAccessible('fields before the first message', page, await chat.frame());
  await lookAround(page, 'pre-chat');

  await chat.panel.getByLabel('E-Mail').fill('erika@müller');
  await chat.panel.getByLabel('Bestellnummer').fill('123');
  await chat.field.fill('Guten Tag');
  await chat.panel.getByRole('button', { name: german.send }).click();
  assert.is(await problem(chat, 'Ihr Name').innerText(), more.fieldRequired);
  assert.is(await problem(chat, 'E-Mail').innerText(), more.emailWrong);
  assert.is(await problem(chat, 'Bestellnummer').innerText(), more.formWrong);
  assert.is(await problem(chat, 'Thema').innerText(), more.fieldRequired);
  assert.is(await problem(chat, 'zurückrufen').innerText(), more.agreementRequired);
  await chat.panel.locator('#field-0:focus').waitFor();
  await assertAccessible('fields with what is wrong', page, await chat.frame());
  await lookAround(page, 'pre-chat-wrong');
  assert.equal(sent, []);

  // Marks that turn the writing round come in by pasting, and nobody sees them.
  await chat.panel.getByLabel('Ihr Name').fill(`  ${CANARY} Erika\u202e  `);
  await chat.panel.getByLabel('E-Mail').fill('erika@example.org');
  await chat.panel.getByLabel('Bestellnummer').fill('AB-123');
  await chat.panel.getByLabel('Thema').selectOption('Reparatur');
  await chat.panel.getByLabel('zurückrufen').check();
  await chat.panel.getByRole('button', { name: german.send }).click();
  await chat.state('Guten Tag', german.sent).waitFor();
  await chat.send('Noch etwas');
  await chat.state('Noch etwas', german.sent).waitFor();
  const given = { name: `${CANARY} Erika`, mail: 'erika@example.org', order: 'AB-123', topic: 'fix', terms: 'yes' };
  assert.equal(sent, [given, undefined]);
  const who = await whoIs(context, chat);
  for (const words of [`${CANARY} Erika`, 'erika@example.org', 'AB-123', 'Damit wir Sie richtig ansprechen.']) assert.match(who, words);

  await page.reload();
  await chat.open();
  await chat.message('Noch etwas').waitFor();
  assert.is(await chat.says(more.preChatTitle).count(), 0);
  await chat.choose(more.newConversation);
  await chat.send('Eine andere Sache');
  await chat.state('Eine andere Sache', german.sent).waitFor();
  assert.is(await chat.says(more.preChatTitle).count(), 0);
  assert.equal(sent.slice(2), [undefined]);
  assert.equal(visitor.errors, []);
});

asked('is asked in English where the page is English, and answered with the keyboard alone', async ({ browser, stack, site, company }) => {
  const address = site.add('/en', { html: widgetPage(stack, company.slug, { root: 'lang="en"' }) });
  const page = await (await browser.newVisitor({ locale: 'en-GB' })).visit(address);
  const sent = sentFields(page);
  const chat = chatOn(page, english);
  const { keyboard } = page;
  await chat.button.focus();
  await keyboard.press('Enter');
  await chat.panel.getByRole('heading', { name: moreEnglish.preChatTitle }).waitFor();
  await chat.says('In case we answer later.').waitFor();
  await look(page, 'pre-chat-english');
  await chat.field.focus();
  await keyboard.type('Hello');
  await keyboard.press('Enter');
  // The first field that is wrong has the focus.
  await chat.panel.locator('#field-0:focus').waitFor();
  assert.is(await problem(chat, 'Your name').innerText(), moreEnglish.fieldRequired);
  await keyboard.type('Kim');
  await keyboard.press('Tab');
  await keyboard.press('Tab');
  await keyboard.press('Tab');
  await keyboard.type('Rep');
  await keyboard.press('Tab');
  await keyboard.press('Space');
  await chat.field.focus();
  await keyboard.press('Enter');
  await chat.state('Hello', english.sent).waitFor();
  assert.equal(sent, [{ name: 'Kim', topic: 'fix', terms: 'yes' }]);
});

asked('is filled by what the website knows, before and after load, where the person can change it', async (context) => {
  const { browser, stack, site, company } = context;
  const head = '<script>window.SmoopeSettings = { attributes: { name: "Erika", mail: "none", spy: "yes" } };</script>';
  const page = await (await browser.newVisitor()).visit(site.add('/known', { html: widgetPage(stack, company.slug, { head }) }));
  const sent = sentFields(page);
  const chat = chatOn(page);
  await chat.open();
  const name = chat.panel.getByLabel('Ihr Name');
  await name.waitFor();
  await chat.panel.locator('#field-0').and(chat.panel.getByLabel('Ihr Name')).waitFor();
  assert.is(await name.inputValue(), 'Erika');
  await page.evaluate(() => window.Smoope?.('setAttributes', { topic: 'buy', terms: 'yes', order: 'AB-9' }));
  await chat.panel.locator('select option:checked', { hasText: 'Kauf' }).waitFor({ state: 'attached' });
  assert.is(await chat.panel.getByLabel('zurückrufen').isChecked(), true);
  await name.fill(`${CANARY} Berta`);
  await page.evaluate(() => window.Smoope?.('setAttributes', { name: 'Erika' }));
  await chat.panel.getByLabel('E-Mail').fill('');
  await chat.send('Guten Tag');
  await chat.state('Guten Tag', german.sent).waitFor();
  assert.equal(sent, [{ name: `${CANARY} Berta`, order: 'AB-9', topic: 'buy', terms: 'yes' }]);

  // Afterwards the form has gone: what the website knows goes with the next message, and what it got wrong holds up none.
  const codes = page.evaluate(() => {
    const heard: string[] = [];
    window.Smoope?.('on', 'error', ({ detail }: CustomEvent<{ code: string }>) => heard.push(detail.code));
    window.Smoope?.('setAttributes', { mail: 'erika@example.org', order: 'nonsense' });
    return new Promise<string[]>((resolve) => setInterval(() => heard.length > 0 && resolve(heard), 20));
  });
  assert.equal(await codes, ['M_INVALID_PARAM']);
  await chat.send('Und noch etwas');
  await chat.state('Und noch etwas', german.sent).waitFor();
  assert.equal(sent[1], { mail: 'erika@example.org' });
  assert.match(await whoIs(context, chat), 'erika@example.org');
});

asked('what the company changed meanwhile is asked again, with the message kept', async ({ browser, address, company }) => {
  const page = await (await browser.newVisitor()).visit(address);
  const sent = sentFields(page);
  const chat = chatOn(page);
  await chat.open();
  await chat.panel.getByLabel('Ihr Name').fill('Kim');
  await chat.panel.getByLabel('Thema').selectOption('Kauf');
  await chat.panel.getByLabel('zurückrufen').check();
  const stricter = PRE_CHAT.map((field) => (field.key === 'order' ? { ...field, required: true } : field));
  await company.operate('PATCH', '/settings', { preChat: stricter });
  await chat.field.fill('Guten Tag');
  await chat.panel.getByRole('button', { name: german.send }).click();
  await chat.says(german.failed).waitFor();
  await look(page, 'pre-chat-changed');
  await chat.panel.getByRole('button', { name: german.retry }).click();
  await chat.panel.getByLabel('Bestellnummer').fill('AB-123');
  assert.is(await chat.panel.getByLabel('Ihr Name').inputValue(), 'Kim');
  assert.is(await chat.field.inputValue(), 'Guten Tag');
  await chat.panel.getByRole('button', { name: german.send }).click();
  await chat.state('Guten Tag', german.sent).waitFor();
  assert.equal(sent[1], { name: 'Kim', order: 'AB-123', topic: 'buy', terms: 'yes' });

  const strictest = stricter.map((field) => (field.key === 'mail' ? { ...field, required: true } : field));
  await company.operate('PATCH', '/settings', { preChat: strictest });
  await chat.choose(more.newConversation);
  await chat.send('Noch ein Gespräch');
  await chat.says(german.failed).waitFor();
  await chat.panel.getByRole('button', { name: german.retry }).click();
  await chat.panel.getByLabel('E-Mail').fill('kim@example.org');
  assert.is(await chat.panel.getByLabel('Ihr Name').inputValue(), 'Kim', 'what was given before stands there already');
  assert.is(await chat.field.inputValue(), 'Noch ein Gespräch');
  await chat.panel.getByRole('button', { name: german.send }).click();
  await chat.state('Noch ein Gespräch', german.sent).waitFor();
  assert.equal(sent.at(-1), { name: 'Kim', mail: 'kim@example.org', order: 'AB-123', topic: 'buy', terms: 'yes' });
  await company.operate('PATCH', '/settings', { preChat: PRE_CHAT });
});

asked.run();
