import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { inThread } from '../../stack/agents/agent.ts';
import { roomOfAnnouncement, waitForAnnouncement } from '../../stack/conversation-facts.ts';
import { beginConversation } from '../../stack/open-conversation.ts';
import { untilShown } from '../../stack/team/team-room.ts';
import { CANARY, type CompanyAgent } from '../../stack/test-company.ts';
import { assertAccessible } from './accessibility.ts';
import { openInbox, type InboxAgent } from './inbox-side.ts';
import { openAgent, openJourney, type Journey } from './journey.ts';
import { lookAround } from './look.ts';

type Context = Journey & { nio: CompanyAgent; anna: InboxAgent; bernd: InboxAgent };

const journey = suite<Context>('the inbox in the web client');
const open = new AsyncDisposableStack();
const settings = {
  cannedReplies: { gruss: { de: `${CANARY} Guten Tag, wie können wir helfen?` }, ende: { de: `${CANARY} Auf Wiedersehen` } },
};

journey.before(async (context) => {
  Object.assign(context, await openJourney(open));
  await context.company.operate('PATCH', '/settings', settings);
  context.nio = await openAgent(open, context);
  // Bernd is there first: his page hears of a colleague who came later.
  context.bernd = await openInbox(open, context, `Bernd ${CANARY}`);
  context.anna = await openInbox(open, context, `Anna ${CANARY}`);
});
journey.after(() => open.disposeAsync());

const line = ({ page }: InboxAgent, number: number) => page.locator(`.lines a[data-number="${number}"]`);
const view = ({ page }: InboxAgent, name: RegExp) => page.getByRole('navigation', { name: 'Ansichten' }).getByRole('link', { name });
const talk = ({ page }: InboxAgent) => page.locator('smoope-inbox-conversation');

journey('two agents in browsers and one in another client work in one inbox, and each sees what the others do', async (context) => {
  const { stack, company, nio, anna, bernd } = context;
  const { page } = anna;
  await page.waitForURL(`${stack.appUrl}/inbox/${company.slug}`);
  await page.getByText('Niemand wartet.').waitFor();
  const first = await beginConversation(stack, company, `${CANARY} Haben Sie Quittenmus?`);
  const second = await beginConversation(stack, company, `${CANARY} Eine zweite Frage`);
  const [one, two] = (await Promise.all(
    [first, second].map(async ({ visitor, id }) => (await visitor.conversations()).find((each) => each.id === id)?.number ?? 0),
  )) as [number, number];
  const announcement = await waitForAnnouncement(nio, company, one);
  await line(anna, one).waitFor();
  await line(anna, two).waitFor();
  await view(bernd, /^Offen/).click();
  await line(bernd, one).waitFor();
  assert.not.match((await page.locator('.inbox-list').textContent()) ?? '', CANARY, 'no words before it is joined');

  // Anna takes the first; the team room and Bernd see it.
  await line(anna, one).click();
  await talk(anna).getByText('Noch beantwortet niemand').waitFor();
  await assertAccessible('an offer', page);
  await lookAround(page, 'inbox-offer');
  await talk(anna).getByRole('button', { name: 'Übernehmen' }).click();
  await page.getByRole('log').getByText(`${CANARY} Haben Sie Quittenmus?`).waitFor();
  await untilShown(nio, company.teamRoomId, announcement, `Bei Anna ${CANARY}`);
  await line(bernd, one).getByText(`bei Anna ${CANARY}`).waitFor();

  // The agent in the other client takes the second; both browsers see it without a reload.
  const otherAnnouncement = await waitForAnnouncement(nio, company, two);
  await nio.send(company.teamRoomId, 'm.room.message', inThread(otherAnnouncement.event_id, '!claim'));
  for (const agent of [anna, bernd]) await line(agent, two).getByText(`bei ${nio.displayName}`).waitFor();

  // A canned reply, chosen by keys, can be changed before it is sent, and reaches the person.
  const answer = talk(anna).locator('smoope-conversation-thread textarea');
  await answer.pressSequentially('/gr');
  await talk(anna).getByRole('option', { name: /gruss/ }).waitFor();
  await assertAccessible('canned replies', page);
  await page.keyboard.press('Enter');
  assert.is(await answer.inputValue(), settings.cannedReplies.gruss.de);
  await page.keyboard.type(' Gern.');
  await page.keyboard.press('Enter');
  const roomId = roomOfAnnouncement(announcement);
  await nio.join(roomId);
  await nio.waitForEvent(roomId, 'the reply', ({ content }) => content['body'] === `${settings.cannedReplies.gruss.de} Gern.`);

  // A note is in the thread of the announcement, both ways, and never in the conversation.
  await page.keyboard.press('Escape');
  await page.keyboard.press('n');
  await page.keyboard.type(`${CANARY} nur für uns`);
  await page.keyboard.press('Enter');
  const note = await nio.waitForEvent(company.teamRoomId, 'the note', ({ content }) => content['body'] === `${CANARY} nur für uns`);
  assert.is((note.content['m.relates_to'] as { event_id?: string }).event_id, announcement.event_id);
  await nio.send(company.teamRoomId, 'm.room.message', inThread(announcement.event_id, `${CANARY} verstanden`));
  await talk(anna).locator('smoope-team-notes').getByText(`${CANARY} verstanden`).waitFor();
  assert.is(await page.getByRole('log').getByText(`${CANARY} nur für uns`).count(), 0);

  // A label, and a hand over to Bernd, who has it among his own then.
  await talk(anna).getByLabel('Label hinzufügen').fill('Eilt');
  await page.keyboard.press('Enter');
  await line(bernd, one).getByText('Eilt').waitFor();
  await assertAccessible('a conversation', page);
  await lookAround(page, 'inbox');
  await talk(anna)
    .getByLabel('Wer antwortet')
    .selectOption({ label: `Bernd ${CANARY}` });
  await view(bernd, /^Meine/).click();
  await line(bernd, one).click();
  await talk(bernd).getByRole('button', { name: 'Übernehmen' }).click();
  await bernd.page.getByRole('log').getByText(`${CANARY} Haben Sie Quittenmus?`).waitFor();

  // Closed by a key and opened again; the person reads it.
  const statusOf = async () => (await first.visitor.conversations()).find(({ id }) => id === first.id)?.status;
  await line(bernd, one).focus();
  await bernd.page.keyboard.press('e');
  await talk(bernd).getByRole('button', { name: 'Wieder öffnen' }).waitFor();
  assert.is(await statusOf(), 'closed');
  await talk(anna).getByRole('button', { name: 'Wieder öffnen' }).click();
  await talk(bernd).getByRole('button', { name: 'Schließen', exact: true }).waitFor();
  assert.is(await statusOf(), 'waiting');

  // The card, with the source of what it says.
  const card = talk(bernd).getByRole('region', { name: 'Person', exact: true });
  await card.getByText('Schreibt ohne Konto').waitFor();
  await card.getByText('Deutsch', { exact: true }).waitFor();
  assert.equal(anna.browser.errors, []);
  assert.equal(bernd.browser.errors, []);
});

journey('the keyboard is enough: through the list, to the search and back, and all keys are shown', async ({ stack, company, anna }) => {
  const { page } = anna;
  await page.goto(`${stack.appUrl}/inbox/${company.slug}?view=all`);
  await page.locator('.lines a').first().waitFor();
  const [newest, older] = await page.locator('.lines a').evaluateAll((lines) => lines.map((each) => each.getAttribute('data-number')));
  await page.keyboard.press('j');
  await page.waitForURL(new RegExp(`/${newest}\\?view=all$`));
  await page.locator(`.lines a[data-number="${newest}"]:focus`).waitFor();
  await page.keyboard.press('j');
  await page.waitForURL(new RegExp(`/${older}\\?view=all$`));
  await page.keyboard.press('k');
  await page.waitForURL(new RegExp(`/${newest}\\?view=all$`));
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Tasten' }).waitFor();
  await assertAccessible('the help', page);
  await lookAround(page, 'inbox-help');
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.keyboard.type('Quittenmus');
  await page.keyboard.press('Enter');
  await page.getByText('1 Nachrichten gefunden').waitFor();
  await page.locator('.found a').getByText('Haben Sie Quittenmus?').waitFor();
  await assertAccessible('a search', page);
  await page.getByRole('button', { name: 'Suche beenden' }).click();
  await page.locator('.lines a').first().waitFor();
});

journey('who is away says so with a switch, which a reload keeps; the address keeps the view', async ({ anna }) => {
  const { page } = anna;
  const here = page.getByRole('switch', { name: 'Verfügbar' });
  assert.is(await here.getAttribute('aria-checked'), 'true');
  const saved = page.waitForResponse((answer) => answer.url().includes('/availability'));
  await here.click();
  assert.is((await saved).status(), 200);
  await page.reload();
  await page.getByText('Sie bekommen reihum keine Unterhaltungen').waitFor();
  assert.is(await here.getAttribute('aria-checked'), 'false');
  assert.is(await view(anna, /^Offen/).getAttribute('aria-current'), 'page');
});

journey('who works for no company reads what an inbox is, and nobody sees the inbox of another company', async ({ stack, anna }) => {
  const { page } = anna;
  await page.goto(`${stack.appUrl}/inbox/demo`);
  await page.getByRole('heading', { name: 'Diesen Eingang gibt es nicht' }).waitFor();
  await assertAccessible('no inbox', page);
});

journey.run();
