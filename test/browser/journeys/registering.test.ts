import { randomInt } from 'node:crypto';
import type { Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { z } from 'zod';
import { DEMO_NUMBER } from '../../../homeserver-config/embedded/demo-agent.ts';
import { startForeignClient, type ForeignClient } from '../../stack/openid/foreign-client.ts';
import { sentTo } from '../../stack/sent-messages.ts';
import { callJson, sharedStackAccess, type StackAccess } from '../../stack/stack-access.ts';
import { CANARY } from '../../stack/test-company.ts';
import { eventually } from '../../stack/waiting.ts';
import { assertAccessible } from './accessibility.ts';
import { startJourneyBrowser, type JourneyBrowser, type VisitorBrowser } from './journey-browser.ts';
import { takePicture } from './look.ts';

type Context = { stack: StackAccess; browser: JourneyBrowser; person: VisitorBrowser };

const journey = suite<Context>('registering by phone with any Matrix client');
const FIRST_NAME = `${CANARY}first`;
const LAST_NAME = `${CANARY}last`;
const PASSWORD = 'quarzuhr im nassen hafen';

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

/** The latest code, once more than `before` texts went out to the number. */
const codeTo = (number: string, before = 0): Promise<string> =>
  eventually('the code', async () => /^\d{6}/.exec(sentTo(number).slice(before).at(-1)?.text ?? '')?.[0]);

const pathOf = (page: Page): string => new URL(page.url()).pathname;

async function enterNumber(page: Page, number: string): Promise<void> {
  const before = sentTo(number).length;
  await page.getByLabel('Mobilnummer').fill(number);
  await page.getByRole('button', { name: 'Code senden' }).click();
  await page.getByLabel('Code', { exact: true }).fill(await codeTo(number, before));
}

/** Goes on from the page on which the homeserver names the client that is not ours. */
async function goBackTo(page: Page, client: ForeignClient): Promise<void> {
  await page.getByRole('heading', { name: 'Weiter in Ihre App' }).waitFor();
  await page.locator(`a[href^="${client.back}"]`).click();
  await page.getByText('signed in').waitFor();
}

journey(
  'a person registers from a client that is not ours, sets a password, signs out, and signs in with it',
  async ({ stack, person }) => {
    const number = newNumber();
    const client = await startForeignClient(stack.config.homeserver.publicUrl);
    let userId: string;
    try {
      const page = await person.visit(client.address);
      await page.getByRole('heading', { name: 'Anmelden oder registrieren' }).waitFor();
      await assertAccessible('start', page);
      await enterNumber(page, number);
      assert.match(pathOf(page), /\/code$/);
      await assertAccessible('code', page);
      await page.getByRole('button', { name: 'Weiter' }).click();
      await page.getByRole('heading', { name: 'Ihr Konto' }).waitFor();
      await assertAccessible('names', page);
      await takePicture(page, 'registering');
      await page.getByLabel('Vorname').fill(FIRST_NAME);
      await page.getByLabel('Nachname').fill(LAST_NAME);
      await page.getByRole('button', { name: 'Konto anlegen' }).click();
      await goBackTo(page, client);
      ({ userId } = await client.signedIn());
      assert.equal((await client.firstSync()).rooms, []);

      await page.goto(`${stack.appUrl}/account/security`);
      await page.getByRole('heading', { name: 'Sicherheit' }).waitFor();
      await page.getByLabel('Neues Kennwort').fill(PASSWORD);
      await page.getByRole('button', { name: 'Kennwort setzen' }).click();
      await page.getByText('Das Kennwort ist gesetzt').waitFor();
      await assertAccessible('security', page);
      await eventually('the text about the password', async () =>
        sentTo(number).some(({ text }) => text.includes('Kennwort Ihres Kontos wurde geändert')) ? true : undefined,
      );

      await page.goto(`${stack.appUrl}/account/sessions`);
      await page.getByText('dieser Browser').waitFor();
      await page.getByText('test', { exact: true }).waitFor();
      await assertAccessible('sessions', page);
      await page.goto(`${stack.appUrl}/account`);
      await page.getByText(`Angemeldet als ${FIRST_NAME} ${LAST_NAME}`).waitFor();
      await assertAccessible('account', page);
      await page.getByRole('button', { name: 'Abmelden' }).click();
      await page.waitForURL(`${stack.appUrl}/`);
      await eventually('the end of the Matrix session', async () =>
        (await client.sync()).refused === 'M_UNKNOWN_TOKEN' ? true : undefined,
      );
    } finally {
      await client.stop();
    }

    const again = await startForeignClient(stack.config.homeserver.publicUrl);
    try {
      const page = await person.visit(again.address);
      await page.getByRole('link', { name: 'Mit Kennwort anmelden' }).click();
      await page.getByLabel('Mobilnummer oder E-Mail-Adresse').fill(number);
      await assertAccessible('password', page);
      await page.getByLabel('Kennwort', { exact: true }).fill('a wrong one, of course');
      await page.getByRole('button', { name: 'Anmelden' }).click();
      await page.getByText('passen nicht zusammen').waitFor();
      assert.is(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'password', 'where the fault is');
      await assertAccessible('a wrong password', page);
      await page.getByLabel('Kennwort', { exact: true }).fill(PASSWORD);
      await page.getByRole('button', { name: 'Anmelden' }).click();
      await goBackTo(page, again);
      assert.is((await again.signedIn()).userId, userId);
      assert.equal(person.errors, []);
      assert.not.match(person.requests.join(' '), LAST_NAME);
      const elsewhere = person.requests.filter((address) => !['localhost', '127.0.0.1', ''].includes(new URL(address).hostname));
      assert.equal(elsewhere, [], 'nobody else learns of a sign-in');
    } finally {
      await again.stop();
    }
  },
);

journey('without a mouse: registers by keys alone, faults take the person to the input, back works', async ({ stack, person }) => {
  const number = newNumber();
  const page = await person.visit(`${stack.appUrl}/account`);
  const { promise: pressed, resolve: press } = Promise.withResolvers<void>();
  await page.route('**/methods', async (route) => {
    await pressed;
    await route.continue();
  });
  await page.waitForURL(/\/account\/sign-in\//);
  const input = page.getByLabel('Mobilnummer');
  await input.waitFor();
  await input.focus();
  await page.keyboard.type('123');
  await page.keyboard.press('Enter');
  await page.getByText('vollständige Mobilnummer').waitFor();
  press();
  assert.is(await input.getAttribute('aria-invalid'), 'true', 'pressed while the page still loads');
  assert.match((await input.getAttribute('aria-describedby')) ?? '', 'phone-fault');
  assert.is(await page.evaluate(() => document.activeElement?.id), 'phone');
  await page.keyboard.press('Control+A');
  await page.keyboard.type(number);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/code$/);
  await page.goBack();
  assert.is(await input.inputValue(), number, 'back shows what was entered');
  await page.goForward();
  const code = page.getByLabel('Code', { exact: true });
  await code.waitFor();
  await page.reload();
  await code.waitFor();
  assert.is(await code.getAttribute('autocomplete'), 'one-time-code');
  await code.focus();
  await page.keyboard.type('000000');
  await page.keyboard.press('Enter');
  await page.getByText('falsch oder zu alt').waitFor();
  await page.keyboard.press('Control+A');
  await page.keyboard.type(await codeTo(number));
  await page.keyboard.press('Enter');
  await page.getByLabel('Vorname').focus();
  await page.keyboard.press('Enter');
  await page.getByText('Bitte geben Sie einen Namen').first().waitFor();
  await page.keyboard.type(FIRST_NAME);
  await page.keyboard.press('Tab');
  await page.keyboard.type(LAST_NAME);
  await page.keyboard.press('Enter');
  await page.getByText('Angemeldet als').waitFor();
  assert.is(new URL(page.url()).search, '', 'no token stays in the address');
  assert.equal(person.errors, []);
});

journey('who has forgotten the password sets a new one by a code, in English, on a small screen', async ({ stack, browser }) => {
  const number = newNumber();
  const person = await browser.newVisitor({ locale: 'en-GB', viewport: { width: 320, height: 568 } });
  try {
    const page = await person.visit(`${stack.appUrl}/account`);
    await page.getByLabel('Mobile number').fill(number);
    await page.getByRole('button', { name: 'Send code' }).click();
    await page.getByLabel('Code', { exact: true }).fill(await codeTo(number));
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByLabel('First name').fill(FIRST_NAME);
    await page.getByLabel('Last name').fill(LAST_NAME);
    await page.getByRole('button', { name: 'Make account' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(`${stack.appUrl}/`);

    await page.goto(`${stack.appUrl}/account`);
    await page.getByRole('link', { name: 'Sign in with a password' }).click();
    await page.getByRole('link', { name: 'Forgot password?' }).click();
    await page.getByLabel('Mobile number or e-mail address').fill(number);
    await assertAccessible('forgot password', page);
    const before = sentTo(number).length;
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    // The wait after the first text, in the words of the page.
    await page.getByText(/Try again in \d+ seconds/).waitFor();
    assert.is(sentTo(number).length, before);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'nothing is wider than the screen');
    assert.equal(person.errors, []);
  } finally {
    await person.close();
  }
});

journey('the demo agent signs in like everybody, by a code to their number', async ({ stack, person }) => {
  const client = await startForeignClient(stack.config.homeserver.publicUrl);
  try {
    const page = await person.visit(client.address);
    await enterNumber(page, DEMO_NUMBER);
    await page.getByRole('button', { name: 'Weiter' }).click();
    await goBackTo(page, client);
    const { userId } = await client.signedIn();
    const members = await callJson(`${stack.appUrl}/api/v1/operator/companies/demo/members`, { token: stack.operatorToken });
    assert.ok(
      z.object({ members: z.array(z.looseObject({ userId: z.literal(userId) })) }).safeParse(members.body).success,
      'a member of the demo company',
    );
    assert.ok(((await client.firstSync()).rooms?.length ?? 0) >= 2, 'in its space and team room');
  } finally {
    await client.stop();
  }
});

journey.run();
