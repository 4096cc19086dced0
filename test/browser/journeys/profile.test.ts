import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { activeFiles, photo } from '../../media/sample-files.ts';
import { sharedStackAccess, type StackAccess } from '../../stack/stack-access.ts';
import { CANARY } from '../../stack/test-company.ts';
import { eventually } from '../../stack/waiting.ts';
import { assertAccessible } from './accessibility.ts';
import { registerPerson } from './register-person.ts';
import { startJourneyBrowser, type JourneyBrowser, type VisitorBrowser } from './journey-browser.ts';

type Context = { stack: StackAccess; browser: JourneyBrowser; person: VisitorBrowser };

const journey = suite<Context>('the profile of an account');
journey.before(async (context) => {
  context.stack = sharedStackAccess();
  context.browser = await startJourneyBrowser();
  context.person = await context.browser.newVisitor({ viewport: { width: 390, height: 844 } });
});
journey.after(async ({ browser, person }) => {
  await person.close();
  await browser.close();
});

journey('a person sets a name for companies, a picture and a language, and reads what each is for', async ({ stack, person }) => {
  const page = await person.visit(`${stack.appUrl}/account`);
  await registerPerson(page);
  await page.getByText('Angemeldet als').waitFor();
  await page.getByRole('link', { name: 'Profil' }).click();
  await page.getByRole('heading', { name: 'Profil', level: 1 }).waitFor();
  await page.getByText(`sehen Sie als ${CANARY}first`).waitFor();
  for (const why of ['Freiwillig. Daran erkennen', 'Nur Sie sehen ihn', 'Freiwillig. Alle Unternehmen', 'Für diese Seiten']) {
    await page.getByText(why).waitFor();
  }
  await assertAccessible('profile', page);

  await page.getByLabel('Vorname').fill('');
  await page.getByRole('button', { name: 'Speichern' }).click();
  await page.getByText('Bitte geben Sie einen Namen').waitFor();
  assert.is(await page.evaluate(() => document.activeElement?.id), 'firstName', 'where the fault is');
  await page.getByLabel('Vorname').fill(`${CANARY}first`);
  await page.getByLabel('Name für Unternehmen').fill(`${CANARY} Alias`);
  await page.getByRole('button', { name: 'Speichern' }).click();
  await page.getByText('Ihre Angaben sind gespeichert').waitFor();
  await page.getByText(`sehen Sie als ${CANARY} Alias`).waitFor();

  const file = page.locator('input[type="file"]');
  const [name = '', script = Buffer.alloc(0)] = activeFiles[0] ?? [];
  await file.setInputFiles({ name, mimeType: 'image/png', buffer: script });
  await page.getByText('ein Bild als JPEG, PNG oder WebP').waitFor();
  await assertAccessible('a file that is no picture', page);
  await file.setInputFiles({ name: 'kanari.jpg', mimeType: 'image/jpeg', buffer: await photo() });
  const shown = page.getByRole('img', { name: 'Ihr Bild' });
  await shown.waitFor();
  await eventually('the picture', async () =>
    (await shown.evaluate((img) => (img as HTMLImageElement).naturalWidth)) === 40 ? true : undefined,
  );
  await assertAccessible('with a picture', page);
  await page.getByRole('button', { name: 'Bild entfernen' }).click();
  await page.getByText('Ihr Bild ist gelöscht').waitFor();
  assert.is(await page.evaluate(() => document.activeElement?.textContent?.trim()), 'Bild auswählen');

  await page.getByLabel('Sprache').selectOption('English');
  await page.getByRole('button', { name: 'Speichern' }).click();
  await page.getByText('Your details are saved').waitFor();
  assert.is(await page.evaluate(() => document.documentElement.lang), 'en');
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'nothing is wider than the screen');
  assert.equal(person.errors, []);
  assert.not(
    person.requests.some((address) => !address.startsWith('http://localhost:') && !address.startsWith('data:')),
    'nobody else was asked',
  );
});

journey.run();
