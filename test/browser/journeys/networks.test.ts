import type { Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { callJson, sharedStackAccess, type StackAccess } from '../../stack/stack-access.ts';
import { eventually } from '../../stack/waiting.ts';
import { assertAccessible } from './accessibility.ts';
import { startJourneyBrowser, type JourneyBrowser, type VisitorBrowser } from './journey-browser.ts';
import { takePicture } from './look.ts';

type Context = { stack: StackAccess; browser: JourneyBrowser; person: VisitorBrowser };

const journey = suite<Context>('registering with Facebook');
journey.before(async (context) => {
  context.stack = sharedStackAccess();
  context.browser = await startJourneyBrowser();
});
journey.before.each(async (context) => {
  context.person = await context.browser.newVisitor({ viewport: { width: 390, height: 844 } });
});
journey.after.each(({ person }) => person.close());
journey.after(({ browser }) => browser.close());

let count = 0;
const newId = (): string => `10158${Date.now()}${(count += 1)}`;

const own = (page: Page, name: RegExp | string) => page.getByRole('button', { name });

/** Opens a page of somebody's own account, which asks for a sign-in, and takes the way of networks. */
async function toFacebookPage({ stack, person }: Context): Promise<Page> {
  const page = await person.visit(`${stack.appUrl}/account/sign-in?to=/account/networks`);
  await page.getByRole('link', { name: 'Mit einem anderen Netzwerk' }).click();
  await own(page, 'Weiter zu Facebook').waitFor();
  return page;
}

/** What somebody does at Facebook. */
async function atFacebook(page: Page, id: string, { givesEmail }: { givesEmail: boolean }): Promise<void> {
  await page.getByLabel('Id', { exact: true }).fill(id);
  await page.getByLabel('First name').fill('Kanari');
  await page.getByLabel('Last name').fill('Müller');
  await page.getByLabel('E-mail', { exact: true }).fill(`kanari${id}@example.de`);
  await page.getByRole('checkbox').setChecked(givesEmail);
  await page.getByRole('button', { name: 'Continue' }).click();
}

async function makeAccount(page: Page): Promise<void> {
  await page.getByLabel('Vorname').waitFor();
  assert.is(await page.getByLabel('Vorname').inputValue(), 'Kanari');
  await page.getByLabel('Vorname').fill('Kanarina');
  await own(page, 'Konto anlegen').click();
  await own(page, 'Facebook trennen').waitFor();
}

const ask = (page: Page, path: string): Promise<Record<string, unknown>> =>
  page.evaluate(async (address) => (await (await fetch(address)).json()) as Record<string, unknown>, path);

journey('a person reads what is asked for, registers with what Facebook gave, and disconnects', async (context) => {
  const { person, stack } = context;
  const page = await toFacebookPage(context);
  const text = await page.locator('main').innerText();
  for (const part of ['Vorname und Nachname', 'E-Mail-Adresse', 'Facebook of the tests, Irland', 'Kennwort']) assert.match(text, part);
  for (const name of ['Datenschutz bei Facebook', 'Nutzungsbedingungen von Facebook']) {
    const address = await page.getByRole('link', { name }).getAttribute('href');
    assert.match(address ?? '', /^https:\/\/www\.facebook\.com\//);
  }
  await assertAccessible('before leaving', page);
  await takePicture(page, 'network');
  assert.not(
    person.requests.some((address) => !address.startsWith('http://localhost:') && !address.startsWith('data:')),
    'nobody else was asked before the person left',
  );

  const id = newId();
  await own(page, 'Weiter zu Facebook').click();
  await page.getByLabel('Id', { exact: true }).waitFor();
  const { origin: facebook } = new URL(await page.evaluate(() => location.href));
  assert.is.not(facebook, stack.appUrl);
  await atFacebook(page, id, { givesEmail: true });
  await page.getByLabel('Vorname').waitFor();
  assert.is(await page.getByLabel('E-Mail-Adresse').inputValue(), `kanari${id}@example.de`);
  await assertAccessible('names', page);
  await makeAccount(page);
  assert.is((await ask(page, '/api/v1/account'))['firstName'], 'Kanarina');
  await assertAccessible('own networks', page);

  await own(page, 'Facebook trennen').click();
  await page.getByText('keine E-Mail-Adresse von Ihnen ist bestätigt').waitFor();
  await assertAccessible('the question', page);
  await own(page, 'Facebook trennen').click();
  await page.getByText('Facebook hat bestätigt, dass die Erlaubnis zurückgenommen ist.').waitFor();
  await page.getByText('Setzen Sie ein Kennwort, bevor Sie sich abmelden.').waitFor();
  await assertAccessible('after disconnecting', page);
  assert.is((await fetch(`${facebook}/stub/withdrawn/${id}`)).status, 204);
  assert.is((await ask(page, '/api/v1/account'))['firstName'], 'Kanarina', 'the account stays');
  assert.equal(person.errors, []);
});

journey('who is known is signed in without any question, and the homeserver with them', async (context) => {
  const { browser, stack, person } = context;
  const id = newId();
  const page = await toFacebookPage(context);
  await own(page, 'Weiter zu Facebook').click();
  await atFacebook(page, id, { givesEmail: true });
  await makeAccount(page);
  const { userId } = await ask(page, '/api/v1/account');

  const elsewhere = await browser.newVisitor();
  const second = await toFacebookPage({ ...context, person: elsewhere });
  await own(second, 'Weiter zu Facebook').click();
  await atFacebook(second, id, { givesEmail: true });
  await own(second, 'Facebook trennen').waitFor();
  assert.is((await ask(second, '/api/v1/account'))['userId'], userId);
  const { body } = await callJson(`${stack.homeserverUrl}/_synapse/admin/v2/users/${encodeURIComponent(String(userId))}`, {
    token: stack.secrets.adminToken,
  });
  assert.is(body['displayname'], 'Kanarina');
  assert.equal([person.errors, elsewhere.errors], [[], []]);
  await elsewhere.close();
});

journey('who does not want to, or keeps the mail address back, is told what follows', async (context) => {
  const page = await toFacebookPage(context);
  await own(page, 'Weiter zu Facebook').click();
  await page.getByRole('button', { name: 'Not now' }).click();
  await page.getByText('Sie haben es bei Facebook nicht erlaubt. Uns wurde nichts mitgeteilt.').waitFor();
  await assertAccessible('after a refusal', page);
  await own(page, 'Noch einmal versuchen').click();
  const id = newId();
  await atFacebook(page, id, { givesEmail: false });
  await page.getByRole('heading', { name: 'Ihre E-Mail-Adresse fehlt' }).waitFor();
  await assertAccessible('without a mail address', page);
  await own(page, 'Von Facebook mitteilen lassen').click();
  await atFacebook(page, id, { givesEmail: false });
  const email = page.getByLabel('E-Mail-Adresse');
  await email.waitFor();
  assert.is(await email.inputValue(), '');
  await own(page, 'Konto anlegen').click();
  await eventually('the fault beside the address', async () => ((await email.getAttribute('aria-invalid')) === 'true' ? true : undefined));
  await email.fill('kanari@example.de');
  await makeAccount(page);
  assert.equal(context.person.errors, []);
});

journey('who signs in by keyboard alone comes to Facebook and back', async (context) => {
  const page = await toFacebookPage(context);
  for (let steps = 0; steps < 20; steps += 1) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate(() => document.activeElement?.textContent ?? '')).includes('Weiter zu Facebook')) break;
  }
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Not now' }).press('Enter');
  await page.getByText('Sie haben es bei Facebook nicht erlaubt').waitFor();
  await eventually('the focus on what went wrong', async () =>
    (await page.evaluate(() => document.activeElement?.className ?? '')).includes('fault') ? true : undefined,
  );
});

journey.run();
