import { randomInt } from 'node:crypto';
import type { Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { startForeignClient } from '../../stack/openid/foreign-client.ts';
import { sentTo } from '../../stack/sent-messages.ts';
import { sharedStackAccess, type StackAccess } from '../../stack/stack-access.ts';
import { CANARY } from '../../stack/test-company.ts';
import { eventually } from '../../stack/waiting.ts';
import { assertAccessible } from './accessibility.ts';
import { startJourneyBrowser, type JourneyBrowser, type VisitorBrowser } from './journey-browser.ts';
import { lookAround } from './look.ts';
import { giveDevice } from './virtual-device.ts';

type Context = { stack: StackAccess; browser: JourneyBrowser; person: VisitorBrowser };

const journey = suite<Context>('passkeys');
journey.before((context) => {
  context.stack = sharedStackAccess();
});
journey.before(async (context) => {
  context.browser = await startJourneyBrowser();
});
journey.before.each(async (context) => {
  context.person = await context.browser.newVisitor();
});
journey.after.each(({ person }) => person.close());
journey.after(({ browser }) => browser.close());

const newNumber = (): string => `+49171${randomInt(1_000_000, 10_000_000)}`;
const codeTo = (number: string): Promise<string> =>
  eventually('the code', async () => /^\d{6}/.exec(sentTo(number).at(-1)?.text ?? '')?.[0]);

const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();

/** Tab by tab to what is called so, and Enter. */
async function pressByKeys(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name }).or(page.getByRole('button', { name })).first().waitFor();
  for (let steps = 0; steps < 25; steps += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? '';
    });
    if (focused.startsWith(name)) return page.keyboard.press('Enter');
  }
  assert.unreachable(`${name} is not reached by the keyboard`);
}

/** Makes an account with a number, and goes to its passkeys. */
async function registered({ stack, person }: Context): Promise<Page> {
  const number = newNumber();
  const page = await person.visit(`${stack.appUrl}/account`);
  await page.getByLabel('Mobilnummer').fill(number);
  await press(page, 'Code senden');
  await page.getByLabel('Code', { exact: true }).fill(await codeTo(number));
  await press(page, 'Weiter');
  await page.getByLabel('Vorname').fill(`${CANARY}first`);
  await page.getByLabel('Nachname').fill(`${CANARY}last`);
  await press(page, 'Konto anlegen');
  await page.getByRole('link', { name: 'Passkeys' }).click();
  await page.getByText('Sie haben noch keinen Passkey.').waitFor();
  return page;
}

async function signOut(page: Page, { stack }: Context): Promise<void> {
  await page.goto(`${stack.appUrl}/account`);
  await press(page, 'Abmelden');
  await page.waitForURL(`${stack.appUrl}/`);
}

const tenPasskeys = () =>
  Array.from({ length: 10 }, (_, index) => ({
    id: `id${index}`,
    browser: 'Firefox',
    system: 'Windows',
    createdAt: Date.now() - index * 3 * 86_400_000,
    lastUsedAt: index === 0 ? null : Date.now(),
  }));

const isFocused = (page: Page, part: string): Promise<boolean> =>
  page.evaluate((wanted) => document.activeElement?.className.includes(wanted) ?? false, part);

journey('a person adds a passkey, signs in with it from a client that is not ours, and removes it', async (context) => {
  const { stack, person } = context;
  const page = await registered(context);
  await giveDevice(page);
  await lookAround(page, 'passkeys-none');
  await press(page, 'Passkey hinzufügen');
  await page.getByText('Der Passkey ist hinzugefügt.').waitFor();
  await page.getByText('Chrome auf Linux').waitFor();
  await page.getByText('angelegt heute · noch nicht benutzt').waitFor();
  await assertAccessible('a passkey', page);
  await lookAround(page, 'passkeys-one');
  await press(page, 'Passkey hinzufügen');
  await page.getByText('Dieses Gerät hat schon einen Passkey für Ihr Konto.').waitFor();
  assert.is(await page.getByRole('button', { name: 'Passkey entfernen' }).count(), 1);
  const { userId } = await page.evaluate(async () => (await (await fetch('/api/v1/account')).json()) as { userId: string });
  await signOut(page, context);

  const client = await startForeignClient(stack.config.homeserver.publicUrl);
  try {
    await page.goto(client.address);
    const ways = page.getByRole('navigation', { name: 'Andere Wege' }).getByRole('link');
    await ways.first().waitFor();
    assert.is(await ways.first().innerText(), 'Mit Passkey anmelden', 'the first of the other ways');
    assert.not(
      person.requests.slice(-30).some((address) => address.includes('passkey-data')),
      'the library comes with the page of passkeys only',
    );
    // The click is the person's wish: nothing else has to be pressed.
    await ways.first().click();
    await page.locator(`a[href^="${client.back}"]`).click();
    await page.getByText('signed in').waitFor();
    assert.is((await client.signedIn()).userId, userId);
  } finally {
    await client.stop();
  }

  await page.goto(`${stack.appUrl}/account/passkeys`);
  await page.getByText('angelegt heute · zuletzt benutzt heute').waitFor();
  await page.getByRole('button', { name: 'Passkey entfernen' }).click();
  await page.getByRole('heading', { name: 'Diesen Passkey entfernen?' }).waitFor();
  await assertAccessible('the question', page);
  await lookAround(page, 'passkeys-question');
  await press(page, 'Behalten');
  await page.getByRole('button', { name: 'Passkey entfernen' }).click();
  await press(page, 'Passkey entfernen');
  await page.getByText('Der Passkey ist entfernt.').waitFor();
  await page.getByText('Sie haben noch keinen Passkey.').waitFor();
  await signOut(page, context);

  await page.goto(`${stack.appUrl}/account`);
  await page.getByRole('link', { name: 'Mit Passkey anmelden' }).click();
  await page.getByText('Dieser Passkey gehört zu keinem Konto hier').waitFor();
  assert.equal(person.errors, []);
});

journey('by keys alone: adds a passkey, cancels a sign-in, is told of the other ways, and signs in', async (context) => {
  const { stack, person } = context;
  const page = await registered(context);
  const device = await giveDevice(page);
  await device.answers(false);
  await pressByKeys(page, 'Passkey hinzufügen');
  await page.getByText('Es wurde kein Passkey hinzugefügt.').waitFor();
  assert.ok(await isFocused(page, 'fault'), 'the focus is on what went wrong');
  await device.answers(true);
  await pressByKeys(page, 'Passkey hinzufügen');
  await page.getByText('Der Passkey ist hinzugefügt.').waitFor();
  await signOut(page, context);

  await page.goto(`${stack.appUrl}/account/sign-in?to=/account/passkeys`);
  await page.getByLabel('Mobilnummer').waitFor();
  await device.answers(false);
  await pressByKeys(page, 'Mit Passkey anmelden');
  await page.getByText('melden Sie sich anders an: mit Code, mit Kennwort oder mit einem anderen Netzwerk.').waitFor();
  assert.ok(await isFocused(page, 'fault'), 'the focus is on what went wrong');
  await assertAccessible('cancelled', page);
  await lookAround(page, 'passkey-cancelled');
  await device.answers(true);
  await pressByKeys(page, 'Passkey verwenden');
  await page.getByText('angelegt heute · zuletzt benutzt heute').waitFor();

  await pressByKeys(page, 'Passkey entfernen');
  await pressByKeys(page, 'Behalten');
  assert.match(
    await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? ''),
    'Passkey entfernen: Chrome auf Linux',
    'back where the question was asked',
  );
  assert.equal(person.errors, []);
});

journey('whoever has as many as an account may have, or a browser without passkeys, reads what they can do', async (context) => {
  const { person } = context;
  const page = await registered(context);
  await page.route('**/api/v1/account/passkeys?*', (route) => route.fulfill({ json: { passkeys: tenPasskeys(), most: 10 } }));
  await page.reload();
  await page.getByText('Sie haben 10 Passkeys; mehr kann ein Konto nicht haben.').waitFor();
  assert.is(await page.getByRole('button', { name: 'Passkey hinzufügen' }).count(), 0);
  await lookAround(page, 'passkeys-ten');
  await page.unrouteAll();
  await page.addInitScript('delete window.PublicKeyCredential');
  await page.reload();
  await page.getByText('Dieser Browser kennt keine Passkeys.').waitFor();
  assert.is(await page.getByRole('button', { name: 'Passkey hinzufügen' }).count(), 0);
  await lookAround(page, 'passkeys-unknown');
  assert.equal(person.errors, []);
});

journey('a page that was opened by its address waits for its button, and without passkeys it names the other ways', async (context) => {
  const { stack, browser } = context;
  const person = await browser.newVisitor({ locale: 'en-GB', viewport: { width: 320, height: 568 } });
  try {
    const page = await person.visit(`${stack.appUrl}/account`);
    await page.getByRole('link', { name: 'Sign in with a passkey' }).waitFor();
    // No look into the page before it has drawn itself: looks of a test count as wishes of the person.
    const drawn = page.waitForRequest(/\/methods\?/);
    await page.goto(`${page.url()}/passkey`);
    await drawn;
    await page.getByRole('button', { name: 'Use passkey' }).waitFor();
    await page.getByRole('link', { name: 'With another network' }).waitFor();
    assert.not(person.requests.some((address) => address.includes('/methods/passkey')));
    await assertAccessible('before it is asked', page);
    await lookAround(page, 'passkey-sign-in');
    await page.addInitScript('delete window.PublicKeyCredential');
    await page.reload();
    await page.getByText('or sign in another way: with a code, with a password, or with another network.').waitFor();
    assert.is(await page.getByRole('button', { name: 'Use passkey' }).count(), 0);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'nothing is wider than the screen');
    await lookAround(page, 'passkey-unknown');
    await page.getByRole('link', { name: 'Sign in with a code' }).click();
    await page.getByLabel('Mobile number').waitFor();
    assert.equal(person.errors, []);
  } finally {
    await person.close();
  }
});

journey.run();
