import type { Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sharedStackAccess, type StackAccess } from '../../stack/stack-access.ts';
import { newCompany, type TestCompany } from '../../stack/test-company.ts';
import { eventually } from '../../stack/waiting.ts';
import { assertAccessible } from './accessibility.ts';
import { foreignRequests, startJourneyBrowser, type JourneyBrowser, type VisitorBrowser } from './journey-browser.ts';
import { lookAround } from './look.ts';

type Context = { stack: StackAccess; company: TestCompany; browser: JourneyBrowser; person: VisitorBrowser };

const journey = suite<Context>('finding a company in the directory');

const OPEN = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => ({ day, from: '09:00', to: '17:00' }));

journey.before(async (context) => {
  context.stack = sharedStackAccess();
  context.company = await newCompany(context.stack, {
    settings: {
      listed: true,
      color: '#7a1fa2',
      businessHours: { timeZone: 'Europe/Berlin', open: OPEN },
      texts: { de: { greeting: 'Kanari beantwortet Fragen zu Vögeln.' } },
    },
  });
  context.browser = await startJourneyBrowser();
  context.person = await context.browser.newVisitor({ timezoneId: 'America/New_York', permissions: ['clipboard-read', 'clipboard-write'] });
});
journey.after(({ browser }) => browser.close());

const isNarrow = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

async function assertFits(state: string, page: Page): Promise<void> {
  const desk = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  assert.ok(await isNarrow(page), `${state} is wider than 320 pixels`);
  if (desk !== null) await page.setViewportSize(desk);
}

/** Companies as the API tells of them; making so many would take minutes. */
async function fill(page: Page, count: number): Promise<void> {
  const some = Array.from({ length: count }, (_, index) => ({
    slug: `bird-${index}`,
    name: `Vogel ${String(index).padStart(3, '0')} ${index === 7 ? 'Donaudampfschifffahrtsgesellschaftskapitänspatent'.repeat(2) : 'GmbH'}`,
    color: '#0b5c6b',
    onColor: '#ffffff',
    darkColor: '#5cc3d4',
    onDarkColor: '#06242b',
    logo: null,
  }));
  await page.route('**/api/v1/companies?*', (route) => {
    const from = Number(new URL(route.request().url()).searchParams.get('from') ?? 0);
    const next = from + 50 < count ? String(from + 50) : null;
    return route.fulfill({ json: { companies: some.slice(from, from + 50), next } });
  });
}

journey('a person finds a company from the start page by a part of its name, by keyboard alone', async ({ stack, company, person }) => {
  const page = await person.visit(stack.appUrl);
  await page.getByRole('link', { name: 'Unternehmen finden' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Unternehmen finden', level: 1 }).waitFor();
  await page.getByRole('link', { name: 'Muster Räder GmbH' }).waitFor();
  await assertAccessible('the directory', page);
  await assertFits('the directory', page);
  await lookAround(page, 'companies');

  await page.keyboard.press('Tab');
  await page.keyboard.type(company.slug.toUpperCase());
  await page.getByRole('status').getByText('Ein Unternehmen', { exact: true }).waitFor();
  assert.is(await page.getByRole('link', { name: 'Muster Räder GmbH' }).count(), 0);
  assert.is(new URL(page.url()).search, `?search=${company.slug.toUpperCase()}`, 'the search can be shared');
  await page.reload();
  await page.getByRole('link', { name: company.name }).waitFor();
  assert.is(await page.getByLabel('Name des Unternehmens').inputValue(), company.slug.toUpperCase());

  await page.getByRole('link', { name: company.name }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: company.name, level: 1 }).waitFor();
  assert.match(await page.title(), company.name);
  await page.goBack();
  await page.getByRole('link', { name: company.name }).waitFor();
  assert.is(await page.getByLabel('Name des Unternehmens').inputValue(), company.slug.toUpperCase());
  assert.equal(foreignRequests(person, stack, stack.appUrl), []);
});

journey('its page says who it is, when it answers and how to write, and asks nobody else', async ({ stack, company, person }) => {
  const page = await person.visit(`${stack.appUrl}/companies/${company.slug}`);
  await page.getByText('Kanari beantwortet Fragen zu Vögeln.').waitFor();
  await page.getByText('Montag bis Freitag', { exact: true }).waitFor();
  await page.getByText('Zeitzone: Mitteleuropäische Zeit').waitFor();
  await assertAccessible('a company', page);
  await assertFits('a company', page);
  await lookAround(page, 'company');

  const write = page.getByRole('link', { name: 'Nachricht schreiben' });
  assert.is(await write.getAttribute('href'), `/conversations/new/${company.slug}`);
  assert.is(await write.evaluate((link) => getComputedStyle(link).backgroundColor), 'rgb(122, 31, 162)', "the company's colour");
  await page.getByRole('link', { name: 'privacy@example.org' }).waitFor();
  await page.getByRole('img', { name: 'QR-Code' }).waitFor();
  const matrix = await page.getByRole('link', { name: 'In einer Matrix-App öffnen' }).getAttribute('href');
  assert.is(matrix, `matrix:u/${company.userId.slice(1)}?action=chat`);

  const away = page.locator('a[href^="http"]');
  for (const link of await away.all()) {
    assert.is(await link.getAttribute('rel'), 'noreferrer noopener external');
    assert.match((await link.textContent()) ?? '', /andere Website/);
  }
  const names = (await away.allTextContents()).map((name) => name.trim().split(' (')[0]);
  assert.equal(names, ['Impressum', 'WhatsApp', 'Datenschutz bei WhatsApp', 'Facebook', 'Datenschutz bei Facebook']);

  await page.getByRole('button', { name: 'Link kopieren' }).click();
  await page.getByText('Der Link ist kopiert.').waitFor();
  assert.is(await page.evaluate(() => navigator.clipboard.readText()), `${stack.appUrl}/companies/${company.slug}`);
  assert.equal(foreignRequests(person, stack, stack.appUrl), []);
  assert.equal(person.errors, []);
});

journey('a company that is not listed, or not there, reads as such', async ({ stack, company, browser }) => {
  await company.operate('PATCH', '/settings', { listed: false });
  // Who has just seen it has it in the browser for a minute.
  const person = await browser.newVisitor();
  const page = await person.context.newPage();
  for (const slug of ['nobody', company.slug, 'N%20B']) {
    await page.goto(`${stack.appUrl}/companies/${slug}`);
    await page.getByRole('heading', { name: 'Dieses Unternehmen ist nicht eingetragen' }).waitFor();
  }
  await assertAccessible('a company that is not listed', page);
  await page.getByRole('link', { name: 'Alle Unternehmen zeigen' }).click();
  await page.getByRole('link', { name: 'Muster Räder GmbH' }).waitFor();
  await person.close();
});

journey('300 companies come in parts, and back leads to where somebody was', async ({ stack, browser }) => {
  const person = await browser.newVisitor({ viewport: { width: 390, height: 844 } });
  const page = await person.context.newPage();
  await fill(page, 300);
  await page.goto(`${stack.appUrl}/companies`);
  await page.getByText('Die ersten 50 Unternehmen').waitFor();
  await page.getByRole('button', { name: 'Mehr anzeigen' }).click();
  await page.getByText('Die ersten 100 Unternehmen').waitFor();
  const focused = page.locator(':focus');
  await eventually('the first new one to be focused', async () => (/Vogel 050/.test(await focused.innerText()) ? true : undefined));
  assert.ok(await isNarrow(page), 'a long name makes the page wider');
  await page.getByRole('link', { name: 'Vogel 080' }).scrollIntoViewIfNeeded();
  const before = await page.evaluate(() => scrollY);
  assert.ok(before > 2_000);
  await page.getByRole('link', { name: 'Vogel 080' }).click();
  await page.getByRole('heading', { name: 'Dieses Unternehmen ist nicht eingetragen' }).waitFor();
  assert.is(await page.evaluate(() => scrollY), 0);
  await page.goBack();
  await page.getByText('Die ersten 100 Unternehmen').waitFor();
  await eventually('the same place', async () => (Math.abs((await page.evaluate(() => scrollY)) - before) < 2 ? true : undefined));
  for (const shown of [150, 200, 250]) {
    await page.getByRole('button', { name: 'Mehr anzeigen' }).click();
    await page.getByText(`Die ersten ${shown} Unternehmen`).waitFor();
  }
  await page.getByRole('button', { name: 'Mehr anzeigen' }).click();
  await page.getByText('300 Unternehmen', { exact: true }).waitFor();
  assert.is(await page.getByRole('button', { name: 'Mehr anzeigen' }).count(), 0);
  await person.close();
});

journey('an empty directory, a search for nobody and a lost connection say what can be done', async ({ stack, browser }) => {
  const person = await browser.newVisitor();
  const page = await person.context.newPage();
  await fill(page, 0);
  await page.goto(`${stack.appUrl}/companies`);
  await page.getByText('Noch ist kein Unternehmen eingetragen').waitFor();
  await assertAccessible('an empty directory', page);
  await page.unroute('**/api/v1/companies?*');
  const field = page.getByLabel('Name des Unternehmens');
  await field.fill('<img src=x onerror=alert(1)>');
  await page.getByText('Kein Unternehmen zu „<img src=x onerror=alert(1)>“ gefunden').waitFor();
  await assertAccessible('a search for nobody', page);
  await lookAround(page, 'companies-none');

  await person.context.setOffline(true);
  await field.fill('muster');
  await page.getByRole('alert').getByText('Wir waren nicht erreichbar').waitFor();
  await assertAccessible('a lost connection', page);
  await person.context.setOffline(false);
  await page.getByRole('button', { name: 'Erneut versuchen' }).click();
  await page.getByRole('link', { name: 'Muster Räder GmbH' }).waitFor();
  assert.is(await page.getByRole('alert').count(), 0);
  assert.equal(person.errors, []);
  await person.close();
});

journey('who reads English reads it in English, also where no hours are given', async ({ stack, company, browser }) => {
  await company.operate('PATCH', '/settings', { listed: true, businessHours: null });
  const person = await browser.newVisitor({ locale: 'en-GB' });
  const page = await person.visit(`${stack.appUrl}/companies/${company.slug}`);
  await page.getByRole('link', { name: 'Write a message' }).waitFor();
  await page.getByText('No fixed hours are given. You can write at any time.').waitFor();
  await person.close();
});

journey.run();
