import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Page } from 'playwright-core';
import { DATA_CATALOGUE } from '../../../appservice/privacy/data-catalogue.ts';
import { roomOfAnnouncement, waitForAnnouncement } from '../../stack/conversation-facts.ts';
import { callJson } from '../../stack/stack-access.ts';
import { CANARY, type CompanyAgent } from '../../stack/test-company.ts';
import { eventually } from '../../stack/waiting.ts';
import { assertAccessible } from './accessibility.ts';
import { openAgent, openJourney, type Journey } from './journey.ts';
import type { VisitorBrowser } from './journey-browser.ts';
import { keptBy, NOTHING } from './kept-storage.ts';
import { lookAround } from './look.ts';
import { registerPerson } from './register-person.ts';

declare global {
  interface Window {
    /** When something of the list happened, in milliseconds since the page was asked for. */
    listTimes: { opened: number; filled: number; drawn: number };
  }
}

type Context = Journey & { person: VisitorBrowser; agent: CompanyAgent; page: Page; roomId: string };

const MATRIX = /\/_matrix\//;
const SEND = /\/send\/m\.room\.message\//;

const journey = suite<Context>('the web client without a connection');
const open = new AsyncDisposableStack();

const log = (page: Page) => page.getByRole('log');
const say = async (page: Page, words: string): Promise<void> => {
  await page.getByRole('textbox').fill(words);
  await page.keyboard.press('Enter');
};
const saidTo = async (agent: CompanyAgent, roomId: string, words: string): Promise<number> =>
  (await agent.messages(roomId, 40)).filter(({ content }) => String(content['body']).includes(words)).length;
const arrived = (agent: CompanyAgent, roomId: string, words: string) =>
  eventually(`"${words}" at the agent`, async () => ((await saidTo(agent, roomId, words)) > 0 ? true : undefined));
const keptWords = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const [{ name = '' } = {}] = await indexedDB.databases();
    const opening = indexedDB.open(name);
    await new Promise((resolve) => opening.addEventListener('success', resolve));
    const reading = opening.result.transaction('timeline').objectStore('timeline').getAll();
    await new Promise((resolve) => reading.addEventListener('success', resolve));
    opening.result.close();
    return JSON.stringify(reading.result);
  });
/** Runs in the page: copies of the one conversation that is kept. */
async function keepCopies(count: number): Promise<void> {
  const done = (request: IDBRequest): Promise<void> => new Promise((resolve) => request.addEventListener('success', () => resolve()));
  const [database] = await indexedDB.databases();
  const opening = indexedDB.open(database?.name ?? '');
  await done(opening);
  const transaction = opening.result.transaction(['room', 'timeline'], 'readwrite');
  for (const name of ['room', 'timeline']) {
    const store = transaction.objectStore(name);
    const reading = store.getAll();
    await done(reading);
    // Ids of rooms and events are all that tells one from another.
    const text = JSON.stringify(reading.result[0]);
    for (let number = 0; number < count; number += 1) store.put(JSON.parse(text.replaceAll(/"([!$][^"]+)"/g, `"$1copy${number}"`)));
  }
  await new Promise((resolve) => transaction.addEventListener('complete', resolve));
  opening.result.close();
}
/** Runs before the page: when the store was opened, when the list filled the screen, and when it had so many lines. */
function watchList(count: number): void {
  window.listTimes = { opened: 0, filled: 0, drawn: 0 };
  const { open: openDatabase } = IDBFactory.prototype;
  IDBFactory.prototype.open = function (...parts) {
    window.listTimes.opened ||= Math.round(performance.now());
    return openDatabase.apply(this, parts);
  };
  new MutationObserver((_changes, observer) => {
    const lines = document.querySelectorAll('.conversations li').length;
    if (lines >= 20) window.listTimes.filled ||= Math.round(performance.now());
    if (lines < count) return;
    window.listTimes.drawn = Math.round(performance.now());
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
}
const tokenOf = (page: Page): Promise<string> =>
  page.evaluate(() => (JSON.parse(localStorage.getItem('smoope.matrix-session') ?? '{}') as { accessToken: string }).accessToken);

journey.before(async (context) => {
  Object.assign(context, await openJourney(open));
  const { stack, company } = context;
  context.agent = await openAgent(open, context);
  context.person = open.adopt(await context.browser.newVisitor(), (person) => person.close());
  context.page = await context.person.visit(`${stack.appUrl}/conversations/new/${company.slug}`);
  await context.page.getByRole('button', { name: 'Anmelden oder registrieren' }).click();
  await registerPerson(context.page);
  await context.page.getByRole('heading', { name: company.name }).waitFor();
  await say(context.page, `${CANARY} erste`);
  context.roomId = roomOfAnnouncement(await waitForAnnouncement(context.agent, company, 1));
  await context.agent.join(context.roomId);
  await arrived(context.agent, context.roomId, 'erste');
});
journey.after(() => open.disposeAsync());

journey('what is sent while the page is reloaded arrives once', async ({ page, agent, roomId }) => {
  // The homeserver has taken it, and the answer never reaches the page.
  await page.route(SEND, async (route) => {
    await route.fetch();
    await page.unroute(SEND);
    await page.reload();
  });
  await say(page, `${CANARY} mitten im Senden`);
  await arrived(agent, roomId, 'mitten im Senden');
  await log(page).getByText('mitten im Senden').waitFor();
  await page
    .getByText('Gesendet', { exact: true })
    .or(page.getByText('Gelesen', { exact: true }))
    .waitFor();
  assert.is(await log(page).getByText('mitten im Senden').count(), 1);
  await say(page, `${CANARY} danach`);
  await arrived(agent, roomId, 'danach');
  assert.is(await saidTo(agent, roomId, 'mitten im Senden'), 1);
});

journey('what is written before the page is closed is sent by the next one', async (context) => {
  const { page, agent, roomId, person } = context;
  await page.route(SEND, (route) => route.abort());
  await say(page, `${CANARY} vor dem Schliessen`);
  await log(page).getByText('Wartet, wird von selbst gesendet').waitFor();
  await assertAccessible('a message that waits', page);
  const address = page.url();
  await page.close();
  context.page = await person.visit(address);
  await arrived(agent, roomId, 'vor dem Schliessen');
  await log(context.page).getByText('vor dem Schliessen').waitFor();
  assert.is(await saidTo(agent, roomId, 'vor dem Schliessen'), 1);
});

journey('list and conversation are drawn from the browser before the homeserver answers', async ({ page, company }) => {
  await log(page).getByText('vor dem Schliessen').waitFor();
  await eventually('the snapshot', async () => ((await keptWords(page)).includes('vor dem Schliessen') ? true : undefined));
  const held = Promise.withResolvers<void>();
  await page.route(MATRIX, async (route) => {
    await held.promise;
    await route.fallback();
  });
  await page.reload();
  await log(page).getByText('vor dem Schliessen').waitFor();
  await log(page).getByText('erste').waitFor();
  assert.match(await page.getByRole('navigation', { name: 'Ihre Unterhaltungen' }).innerText(), company.name);
  assert.not.match(await page.locator('body').innerText(), 'Keine Verbindung', 'a slow answer is no lost connection');
  held.resolve();
  await page.unroute(MATRIX);
});

journey('a gap while the page was away is no hole: what lies between is fetched', async (context) => {
  const { page, agent, roomId } = context;
  const address = page.url();
  await page.close();
  for (let number = 1; number <= 55; number += 1) await agent.say(roomId, `${CANARY} Lücke ${number}.`);
  context.page = await context.person.visit(address);
  await log(context.page).getByText('Lücke 55.').waitFor();
  await log(context.page).getByText('Lücke 30.').waitFor();
  assert.is(await log(context.page).getByText('vor dem Schliessen').count(), 0, 'what may lie behind a gap is not shown beside it');
  // Earlier messages come when somebody scrolls up to them.
  await log(context.page).hover();
  await context.page.mouse.wheel(0, -100_000);
  await log(context.page).getByText('vor dem Schliessen').waitFor();
  const words = await log(context.page).locator('.bubble').allInnerTexts();
  const numbers = words.flatMap((each) => /Lücke (\d+)/.exec(each)?.[1] ?? []).map(Number);
  assert.equal(
    numbers,
    Array.from({ length: 55 }, (_, index) => index + 1),
  );
});

journey(
  'a lost connection is said once, and what was written meanwhile is sent when it is back',
  async ({ page, agent, roomId, person }) => {
    await person.context.setOffline(true);
    await say(page, `${CANARY} im Tunnel eins`);
    await say(page, `${CANARY} im Tunnel zwei`);
    await page.getByText('Keine Verbindung. Was Sie schreiben').waitFor();
    await assertAccessible('offline', page);
    await lookAround(page, 'customer-offline');
    assert.is(await log(page).getByText('Wartet, wird von selbst gesendet').count(), 2);
    await person.context.setOffline(false);
    await arrived(agent, roomId, 'im Tunnel zwei');
    await page.getByText('Keine Verbindung. Was Sie schreiben').waitFor({ state: 'detached' });
    const said = (await agent.messages(roomId, 10)).map(({ content }) => String(content['body'])).filter((body) => body.includes('Tunnel'));
    assert.equal(said, [`${CANARY} im Tunnel eins`, `${CANARY} im Tunnel zwei`]);
    await agent.say(roomId, `${CANARY} wieder da`);
    await log(page).getByText('wieder da').waitFor();
  },
);

journey('of two tabs one sends, and both show it; when that one is closed the other goes on', async ({ page, agent, roomId, person }) => {
  const second = await person.visit(page.url());
  await log(second).getByText('wieder da').waitFor();
  await person.context.route(SEND, (route) => route.abort());
  await say(second, `${CANARY} aus dem zweiten`);
  await log(page).getByText('aus dem zweiten').waitFor();
  await say(page, `${CANARY} aus dem ersten`);
  await log(second).getByText('aus dem ersten').waitFor();
  await person.context.unroute(SEND);
  await second.close();
  await arrived(agent, roomId, 'aus dem ersten');
  assert.is(await saidTo(agent, roomId, 'aus dem zweiten'), 1);
  assert.is(await log(page).getByText('aus dem zweiten').count(), 1);
});

journey('what the homeserver refuses is said, survives a reload and is discarded by the person', async ({ page, agent, roomId }) => {
  await page.route(SEND, (route) => route.fulfill({ status: 413, json: { errcode: 'M_TOO_LARGE', error: 'too large' } }));
  await say(page, `${CANARY} zu viel`);
  await page.getByText('Nicht gesendet: Die Nachricht ist zu lang.').waitFor();
  await page.unroute(SEND);
  await page.reload();
  await page.getByText('Nicht gesendet: Die Nachricht ist zu lang.').waitFor();
  await assertAccessible('refused', page);
  await say(page, `${CANARY} geht trotzdem`);
  await arrived(agent, roomId, 'geht trotzdem');
  await page.getByRole('button', { name: 'Verwerfen' }).click();
  await log(page).getByText('zu viel').waitFor({ state: 'detached' });
  await page.reload();
  await log(page).getByText('geht trotzdem').waitFor();
  assert.is(await log(page).getByText('zu viel').count(), 0);
  assert.is(await saidTo(agent, roomId, 'zu viel'), 0);
});

journey(
  '500 conversations are drawn from the browser; those that the homeserver knows no more go with its answer',
  async ({ page, person }) => {
    await page.goto(new URL('/conversations', page.url()).href);
    await page.evaluate(keepCopies, 500);
    const held = Promise.withResolvers<void>();
    await page.route(MATRIX, async (route) => {
      await held.promise;
      await route.fallback();
    });
    await person.context.addInitScript(watchList, 500);
    await page.reload();
    await page.locator('.conversations li:nth-child(500)').waitFor();
    const { opened, filled, drawn } = await page.evaluate(() => window.listTimes);
    process.stdout.write(
      `  500 conversations: the screen is full ${filled - opened} ms after the store was opened, all are there after ${drawn - opened} ms\n`,
    );
    held.resolve();
    await page.unroute(MATRIX);
    await page.locator('.conversations li:nth-child(2)').waitFor({ state: 'detached' });
    await eventually('the snapshot', async () => ((await keptWords(page)).includes('copy') ? undefined : true));
  },
);

journey('a session that is ended elsewhere leaves nothing behind, says why, and leads back', async ({ page, stack, roomId }) => {
  await page.goto(`${stack.appUrl}/conversations/${encodeURIComponent(roomId)}`);
  await log(page).getByText('geht trotzdem').waitFor();
  await callJson(`${stack.homeserverUrl}/_matrix/client/v3/logout`, { method: 'POST', token: await tokenOf(page), body: {} });
  await page.getByRole('heading', { name: 'Sie sind abgemeldet' }).waitFor();
  await page.getByText('Ihre Sitzung wurde von einem anderen Gerät aus beendet').waitFor();
  assert.equal({ ...(await keptBy(page.mainFrame())), cookie: '' }, NOTHING);
  await assertAccessible('ended elsewhere', page);
  await lookAround(page, 'customer-ended');
  await page.getByRole('button', { name: 'Wieder anmelden' }).click();
  await log(page).getByText('geht trotzdem').waitFor();
  assert.is(decodeURIComponent(new URL(page.url()).pathname), `/conversations/${roomId}`);
});

journey('a browser keeps what the catalogue names, and nothing once somebody has signed out, in any tab', async (context) => {
  const { page, person, stack } = context;
  const kept = await keptBy(page.mainFrame());
  const names = [
    ...kept.localStorage,
    ...kept.sessionStorage,
    ...kept.caches.map((name) => name.replace(/^(smoope-shell-).+/, '$1…')),
    ...kept.databases.map((name) => name?.replace(/@.*/, '<Matrix id>')),
  ];
  const known = DATA_CATALOGUE.browser.flatMap(({ store }) => store.split(', '));
  assert.equal(
    names.filter((name) => !known.includes(name ?? '')),
    [],
  );
  assert.is(kept.databases.length, 1);
  const second = await person.visit(page.url());
  await log(second).getByText('geht trotzdem').waitFor();
  const token = await tokenOf(page);
  await page.goto(`${stack.appUrl}/conversations`);
  await page.getByRole('button', { name: 'Menü' }).click();
  await assertAccessible('menu', page);
  await lookAround(page, 'customer-menu');
  await page.keyboard.press('Escape');
  assert.is(await page.getByRole('button', { name: 'Abmelden' }).count(), 0);
  await page.getByRole('button', { name: 'Menü' }).click();
  await page.getByRole('button', { name: 'Abmelden' }).click();
  for (const each of [page, second]) {
    await each.getByRole('heading', { name: 'Sie sind abgemeldet' }).waitFor();
    assert.equal(await keptBy(each.mainFrame()), NOTHING);
  }
  await assertAccessible('signed out', page);
  assert.is((await callJson(`${stack.homeserverUrl}/_matrix/client/v3/account/whoami`, { token })).status, 401);
  await page.getByRole('button', { name: 'Wieder anmelden' }).click();
  await page.getByLabel('Mobilnummer').waitFor();
  await second.close();
});

journey.run();
