import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Locator, Page } from 'playwright-core';
import { inReply, type AgentEvent } from '../../stack/agents/agent.ts';
import { roomOfAnnouncement, waitForAnnouncement } from '../../stack/conversation-facts.ts';
import { CANARY, type CompanyAgent } from '../../stack/test-company.ts';
import { assertAccessible } from './accessibility.ts';
import { openAgent, openJourney, type Journey } from './journey.ts';
import type { VisitorBrowser } from './journey-browser.ts';
import { lookAround } from './look.ts';
import { registerPerson } from './register-person.ts';

type Context = Journey & { person: VisitorBrowser; agent: CompanyAgent; page: Page; roomId: string };

const journey = suite<Context>('a conversation in the web client, with a client that is not ours on the other side');
const open = new AsyncDisposableStack();
journey.before(async (context) => {
  Object.assign(context, await openJourney(open));
  const { stack, company, browser } = context;
  context.agent = await openAgent(open, context);
  context.person = open.adopt(await browser.newVisitor({ permissions: ['clipboard-read', 'clipboard-write'] }), (person) => person.close());
  const page = await context.person.visit(`${stack.appUrl}/conversations`);
  await page.getByRole('button', { name: 'Anmelden oder registrieren' }).click();
  await registerPerson(page);
  await page.getByRole('heading', { name: 'Noch keine Unterhaltungen' }).waitFor();
  await page.goto(`${stack.appUrl}/conversations/new/${company.slug}`);
  await page.getByRole('heading', { name: company.name }).waitFor();
  await page.getByRole('textbox').fill(`${CANARY} Haben Sie **heute** offen?`);
  await page.keyboard.press('Enter');
  context.roomId = roomOfAnnouncement(await waitForAnnouncement(context.agent, company, 1));
  await context.agent.join(context.roomId);
  context.page = page;
});
journey.after(() => open.disposeAsync());

const rowOf = (page: Page, words: string): Locator =>
  page
    .locator('.said')
    .filter({ has: page.locator('.words', { hasText: words }) })
    .last();

/** Waits at the agent's side for a message, and answers its content. */
const heard = ({ agent, roomId }: Context, what: string, predicate: (event: AgentEvent) => boolean): Promise<AgentEvent> =>
  agent.waitForEvent(roomId, what, predicate);

async function choose(page: Page, row: Locator, name: string): Promise<void> {
  await row.hover();
  await row.getByRole('button', { name: 'Mehr', exact: true }).click();
  await page
    .getByRole('menu')
    .getByRole(name.startsWith('Reagieren') ? 'menuitemcheckbox' : 'menuitem', { name })
    .click();
}

journey('marks become formatting for both, and the name that the company chose is shown', async (context) => {
  const { page, agent, roomId } = context;
  const sent = await heard(context, 'the formatted question', ({ content }) =>
    String(content['formatted_body']).includes('<strong>heute</strong>'),
  );
  assert.is(sent.content['body'], `${CANARY} Haben Sie **heute** offen?`);
  await page.locator('.said b').filter({ hasText: 'heute' }).waitFor();
  const html = '<p>Ja: <em>bis sechs</em></p><ul><li>https://example.org/hours</li></ul><img src=x onerror="document.title=1">';
  await agent.say(roomId, 'Ja: bis sechs', { format: 'org.matrix.custom.html', formatted_body: html });
  await page.locator('.said em, .said i').filter({ hasText: 'bis sechs' }).waitFor();
  await page.locator('.said .sender').filter({ hasText: agent.displayName }).waitFor();
  assert.is(await page.locator('.messages img').count(), 0);
  assert.is(await page.getByText(`${CANARY} Matrix name`).count(), 0, 'not the name of the Matrix profile');
});

journey('both sides see the replies, edits, reactions and deletions of the other', async (context) => {
  const { page, agent, roomId, person } = context;
  const question = await heard(context, 'the question', ({ content }) => String(content['body']).includes('Haben Sie'));
  const answerId = await agent.send(roomId, 'm.room.message', inReply(question.event_id, `${CANARY} Bis sechs Uhr.`));
  const answer = rowOf(page, 'Bis sechs Uhr.');
  await answer.getByRole('button', { name: /^Antwort an Sie: kanari Haben Sie/ }).waitFor();

  await choose(page, answer, 'Antworten');
  await page.keyboard.type(`${CANARY} Danke, bis dann`);
  await page.keyboard.press('Enter');
  const thanks = await heard(context, 'the thanks', ({ content }) => content['body'] === `${CANARY} Danke, bis dann`);
  assert.equal(thanks.content['m.relates_to'], { 'm.in_reply_to': { event_id: answerId } });

  await choose(page, answer, 'Reagieren 👍');
  const reaction = await heard(context, 'the reaction', ({ type }) => type === 'm.reaction');
  assert.equal(reaction.content['m.relates_to'], { rel_type: 'm.annotation', event_id: answerId, key: '👍' });
  await agent.send(roomId, 'm.reaction', { 'm.relates_to': { rel_type: 'm.annotation', event_id: thanks.event_id, key: '🎉' } });
  await rowOf(page, 'Danke, bis dann').getByRole('button', { name: '🎉: 1' }).waitFor();
  await answer.getByRole('button', { name: '👍: 1, auch von Ihnen' }).click();
  await heard(context, 'the reaction taken back', ({ type, redacts }) => type === 'm.room.redaction' && redacts === reaction.event_id);
  await answer.getByRole('button', { name: /👍/ }).waitFor({ state: 'detached' });

  // Arrow up in the empty field edits one's last message.
  await page.getByRole('textbox').focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.type(' um fünf');
  await page.keyboard.press('Enter');
  const edit = await heard(context, 'the edit', ({ content }) => content['body'] === `* ${CANARY} Danke, bis dann um fünf`);
  assert.equal(edit.content['m.relates_to'], { rel_type: 'm.replace', event_id: thanks.event_id });
  const edited = { msgtype: 'm.text', body: `${CANARY} Bis sieben Uhr.` };
  const relation = { 'm.new_content': edited, 'm.relates_to': { rel_type: 'm.replace', event_id: answerId } };
  await agent.send(roomId, 'm.room.message', { ...edited, body: `* ${edited.body}`, ...relation });
  await rowOf(page, 'Bis sieben Uhr.').getByText('bearbeitet').waitFor();
  await assertAccessible('thread', page);
  await lookAround(page, 'thread');

  const thanksRow = rowOf(page, 'bis dann um fünf');
  await choose(page, thanksRow, 'Löschen');
  await page
    .getByRole('dialog')
    .getByText(/Sie verschwindet bei Ihnen und bei Firma/)
    .waitFor();
  await assertAccessible('deletion', page);
  await page.getByRole('button', { name: 'Nachricht löschen' }).click();
  await heard(context, 'the deletion', ({ type, redacts }) => type === 'm.room.redaction' && redacts === thanks.event_id);
  await page.getByText('Diese Nachricht wurde gelöscht.').waitFor();
  await agent.redact(roomId, answerId);
  await page.getByText('Diese Nachricht wurde gelöscht.').nth(1).waitFor();
  assert.equal(person.errors, []);
});

journey('what is forged or hostile does nothing', async (context) => {
  const { page, agent, roomId, person } = context;
  const question = await heard(context, 'the question', ({ content }) => String(content['body']).includes('Haben Sie'));
  const forged = { msgtype: 'm.text', body: 'Das habe ich nie gesagt' };
  await agent.send(roomId, 'm.room.message', {
    ...forged,
    'm.new_content': forged,
    'm.relates_to': { rel_type: 'm.replace', event_id: question.event_id },
  });
  const deep = `${'<blockquote>'.repeat(900)}tief${'</blockquote>'.repeat(900)}`;
  const html = `<a href="javascript:document.title='x'">Klick</a><script>document.title='x'</script>${deep}`;
  const proto = JSON.parse('{"__proto__":{"body":"x"}}') as object;
  await agent.say(roomId, 'Klick', { format: 'org.matrix.custom.html', formatted_body: html, ...proto });
  await agent.send(roomId, 'm.room.message', inReply('$nowhere', `${CANARY} ins Leere`));
  await rowOf(page, 'ins Leere').getByText('Antwort auf eine Nachricht, die nicht mehr da ist').waitFor();
  await rowOf(page, 'tief').waitFor();
  assert.is(await page.locator('.messages a[href^="javascript"]').count(), 0);
  assert.is(await page.getByText('Das habe ich nie gesagt').count(), 0, 'an edit of somebody else');
  assert.ok((await page.locator('.messages blockquote').count()) < 30, 'nesting ends');
  assert.equal(person.errors, []);
});

journey('old words are found, and gone to with what stood around them; reading position and drafts stay', async (context) => {
  const { page, agent, roomId, person } = context;
  await agent.say(roomId, `${CANARY} Der Schlüssel liegt im Nadelwald.`);
  // More than an opened conversation brings along.
  for (let count = 1; count <= 70; count += 1) await agent.say(roomId, `Zeile ${count}`);
  await rowOf(page, 'Zeile 70').waitFor();
  await page.getByRole('textbox').fill('noch nicht fertig');
  await page.reload();
  await rowOf(page, 'Zeile 70').waitFor();
  assert.is(await page.getByRole('textbox').inputValue(), '', 'nothing is kept beyond the page');
  await page.getByRole('textbox').fill('noch nicht fertig');
  assert.is(await page.getByText('Nadelwald').count(), 0);
  await page.getByRole('button', { name: 'In dieser Unterhaltung suchen' }).click();
  await page.getByRole('searchbox').fill('Nadelwald');
  await page.keyboard.press('Enter');
  await assertAccessible('search', page);
  await page.getByRole('button', { name: /Der Schlüssel liegt im Nadelwald/ }).click();
  await page.locator('.said[data-found]').filter({ hasText: 'Nadelwald' }).waitFor();
  await page.getByText('Diese Nachricht wurde gelöscht.').nth(1).waitFor();
  assert.is(await page.getByText('Diese Nachricht wurde gelöscht.').count(), 2, 'the edits that went with them leave no trace');
  await page.getByRole('button', { name: 'Suche schließen' }).click();
  assert.is(await page.getByRole('textbox').inputValue(), 'noch nicht fertig');
  await lookAround(page, 'thread-found');

  await agent.say(roomId, `${CANARY} Zeile 71`);
  await page.getByRole('button', { name: 'Zur neuesten Nachricht, 1 neue' }).click();
  await rowOf(page, 'Zeile 71').waitFor();

  const log = page.getByRole('log');
  const topOf = (words: string) => rowOf(page, words).evaluate((row) => row.getBoundingClientRect().top);
  await log.hover();
  await log.evaluate((element) => element.scrollTo(0, 350));
  const [first] = await page
    .locator('.said')
    .evaluateAll((rows) => rows.filter((row) => row.getBoundingClientRect().top > 150).map((row) => row.textContent));
  const words = /Zeile \d+/.exec(first ?? '')?.[0] ?? '';
  const count = await page.locator('.said').count();
  await log.evaluate((element) => element.scrollTo(0, 250));
  const before = await topOf(words);
  await page.waitForFunction((known) => document.querySelectorAll('.said').length > known, count);
  assert.ok(Math.abs((await topOf(words)) - before) < 3, 'nothing jumped');
  assert.equal(person.errors, []);
});

journey('the menu of a message works by keyboard alone', async (context) => {
  const { page, agent, roomId } = context;
  await page.getByRole('button', { name: /Zur neuesten Nachricht/ }).click();
  await agent.say(roomId, `${CANARY} Für die Tasten`);
  await rowOf(page, 'Für die Tasten').waitFor();
  await page.getByRole('log').focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.getByRole('menu').waitFor();
  await assertAccessible('menu', page);
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });
  assert.match(await page.evaluate(() => document.activeElement?.textContent ?? ''), 'Für die Tasten', 'the message has the focus again');
  await page.keyboard.press('Enter');
  for (let count = 0; count < 7; count += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  assert.is(await page.evaluate(() => navigator.clipboard.readText()), `${CANARY} Für die Tasten`);
});

journey.run();
