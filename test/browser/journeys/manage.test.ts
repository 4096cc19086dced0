import type { Page } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { manageTexts } from '../../../web-client/manage/manage-texts.ts';
import { SECTIONS } from '../../../web-client/manage/sections.ts';
import { sharedStackAccess, type StackAccess } from '../../stack/stack-access.ts';
import { sentTo } from '../../stack/sent-messages.ts';
import { CANARY, newCompany, type TestCompany } from '../../stack/test-company.ts';
import { eventually } from '../../stack/waiting.ts';
import { assertAccessible } from './accessibility.ts';
import { chatOn } from './chat.ts';
import { startHostSite, type HostSite } from './host-site.ts';
import { startJourneyBrowser, type JourneyBrowser, type VisitorBrowser } from './journey-browser.ts';
import { lookAround } from './look.ts';
import { registerPerson } from './register-person.ts';

type Context = { stack: StackAccess; site: HostSite; company: TestCompany; browser: JourneyBrowser; person: VisitorBrowser };

const text = manageTexts('de');
const open = new AsyncDisposableStack();
const manage = suite<Context>('the pages of a company admin');

manage.before(async (context) => {
  context.stack = sharedStackAccess();
  context.site = open.adopt(await startHostSite(), (site) => site.close());
  context.company = await newCompany(context.stack, { status: 'draft', settings: { origins: [] } });
  context.browser = open.adopt(await startJourneyBrowser(), (browser) => browser.close());
  context.person = open.adopt(await context.browser.newVisitor(), (person) => person.close());
});
manage.after(() => open.disposeAsync());

/** Goes to a part by the navigation. */
async function goToPart(page: Page, key: string): Promise<void> {
  const label = text[SECTIONS.find((section) => section.key === key)?.label ?? 'title'];
  await page.getByRole('navigation').getByRole('link', { name: label, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: label }).waitFor();
}

/** Presses the button of a form and waits until it says that it is saved. */
async function save(page: Page, form: string, button = text.save): Promise<void> {
  await page.locator(`form#${form}`).getByRole('button', { name: button, exact: true }).click();
  await page.locator(`form#${form} .form-state.saved`).waitFor();
}

manage(
  'an admin sets up a company without touching a file, and the website shows it',
  async ({ stack, site, company, person, browser }) => {
    const page = await person.visit(`${stack.appUrl}/manage`);
    await page.getByRole('heading', { name: text.signInTitle }).waitFor();
    await page.getByRole('button', { name: text.signIn }).click();
    await registerPerson(page);
    await page.getByText(text.noneLead).waitFor();
    const session = await page.evaluate(() => localStorage.getItem('smoope.matrix-session') ?? '{}');
    const { userId } = JSON.parse(session) as { userId: string };
    await page.goto(`${stack.appUrl}/manage/${company.slug}`);
    await page.getByRole('heading', { name: text.goneTitle }).waitFor();
    const added = await company.operate('POST', '/members', { userId, role: 'admin', displayName: `${CANARY} admin` });
    assert.is(added.status, 200);
    await page.goto(`${stack.appUrl}/manage`);
    await page.waitForURL(`${stack.appUrl}/manage/${company.slug}`);
    await page.getByText(text.statusDraft).waitFor();
    await assertAccessible('overview', page);
    await lookAround(page, 'manage-overview');

    await page.getByRole('link', { name: text.missingAgreement }).click();
    await page.getByText(text.agreementRead).click();
    await page.getByText('Anlage 2', { exact: false }).first().waitFor();
    await page.getByRole('button', { name: text.agreementAcceptNow }).click();
    await page.getByText(text.acceptedByFault).waitFor();
    await assertAccessible('legal', page);
    await page.getByLabel(text.acceptedBy).fill(`${CANARY} Erika, Geschäftsführung`);
    await page.getByLabel(text.agreementTick).check();
    await page.getByRole('button', { name: text.agreementAcceptNow }).click();
    await page.getByText(/angenommen von .*Erika/).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: text.agreementDownload }).click();
    assert.match((await download).suggestedFilename(), /^agreement-.*\.txt$/);
    await page.getByLabel(text.imprint).fill('example');
    await page.locator('form#legal').getByRole('button').click();
    await page.getByText(text.webFault).waitFor();
    assert.ok(await page.getByLabel(text.imprint).evaluate((input) => input === document.activeElement), 'who erred is taken there');
    await page.getByLabel(text.imprint).fill('https://example.org/imprint2');
    await save(page, 'legal');
    await lookAround(page, 'manage-legal');

    await goToPart(page, 'widget');
    await page.getByLabel(text.origins, { exact: true }).fill(`${site.origin}/path`);
    await page.locator('form#origins').getByRole('button').click();
    await page.getByText(text.originsFault).waitFor();
    await page.getByLabel(text.origins, { exact: true }).fill(site.origin);
    await save(page, 'origins');
    await page.getByLabel(text.color, { exact: true }).fill('#ffee00');
    await page.getByText(/wird sie zu #/).waitFor();
    await page.getByLabel('Überschrift auf Deutsch').fill(`${CANARY} Fragen zum Garten`);
    await page.locator('smoope-widget-preview').getByText(`${CANARY} Fragen zum Garten`).first().waitFor();
    page.once('dialog', (dialog) => void dialog.dismiss());
    await page.getByRole('navigation').getByRole('link', { name: text.navHours }).click();
    assert.ok(page.url().endsWith('/widget'), 'what is not saved is not left by mistake');
    await page.getByLabel(text.color, { exact: true }).fill('#7a1f5c');
    await page.getByText(text.notShifted).waitFor();
    await save(page, 'look');
    await assertAccessible('widget', page);
    await lookAround(page, 'manage-widget');
    const snippet = await page.locator('.code').innerText();
    assert.is(snippet, `<script src="${stack.appUrl}/widget.js" data-company="${company.slug}" data-color="#7a1f5c" async></script>`);

    // By keyboard alone: the week, from the first day to the button.
    await goToPart(page, 'hours');
    const always = page.getByLabel(text.hoursAlways);
    await always.focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.type('9-12, 11-18');
    await page.keyboard.press('Enter');
    await page.getByText(text.hoursFault).waitFor();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('0-24');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.type('0-24');
    await page.keyboard.press('Tab');
    await page.keyboard.type('0-24');
    await page.keyboard.press('Enter');
    await page.locator('form#hours .form-state.saved').waitFor();
    await assertAccessible('hours', page);
    await lookAround(page, 'manage-hours');

    await goToPart(page, 'fields');
    const field = page.locator('form#add-field');
    await field.getByLabel('Frage auf Deutsch').fill('Ihre Bestellnummer');
    await field.getByRole('button', { name: text.fieldAddNow }).click();
    await page.getByText(text.fieldPurposeFault).waitFor();
    await field.getByLabel('Wofür, auf Deutsch').fill('Damit wir Ihre Bestellung finden.');
    await save(page, 'add-field', text.fieldAddNow);
    await page.getByText('ihre_bestellnummer').waitFor();
    await assertAccessible('fields', page);
    await lookAround(page, 'manage-fields');

    await goToPart(page, 'retention');
    await page.locator('form#life-company').getByLabel(text.retentionDays).fill('30');
    await page.locator('form#life-company').getByRole('button', { name: text.previewNow }).click();
    await page.getByText(text.previewNothing).waitFor();
    assert.is(
      ((await company.operate('GET', '')).body['settings'] as { retentionDays: unknown }).retentionDays,
      null,
      'a preview saves nothing',
    );
    await lookAround(page, 'manage-retention');
    await assertAccessible('retention', page);
    await page.locator('#preview-life-company').getByRole('button', { name: text.save }).click();
    await page.locator('form#life-company .form-state.saved').waitFor();

    await goToPart(page, 'members');
    const to = `${CANARY}${company.slug}@example.org`;
    await page.getByLabel(text.inviteTo).fill(to);
    await save(page, 'invite', text.invite);
    await eventually('the invitation', async () => sentTo(to).at(-1));
    await page.getByRole('button', { name: text.revoke }).waitFor();
    await assertAccessible('members', page);
    await lookAround(page, 'manage-members');

    await goToPart(page, 'departments');
    await page.locator('form#add-department').getByLabel(text.departmentName).fill('Verkauf');
    await save(page, 'add-department', text.departmentAddNow);
    await page.getByRole('heading', { name: 'Verkauf' }).waitFor();
    await assertAccessible('departments', page);
    await lookAround(page, 'manage-departments');

    await goToPart(page, 'identity');
    await page.getByRole('button', { name: text.keyAdd }).click();
    assert.ok((await page.locator('.secret').innerText()).length >= 40);
    await assertAccessible('identity', page);
    await lookAround(page, 'manage-identity');

    await goToPart(page, 'replies');
    await page.locator('form#add-reply').getByLabel(text.replyName, { exact: true }).fill('Versand');
    await page.locator('form#add-reply').getByLabel('Text auf Deutsch').fill('Wir liefern in drei Tagen.');
    await save(page, 'add-reply', text.replyAddNow);
    await page.getByRole('heading', { name: '!reply versand' }).waitFor();
    await assertAccessible('replies', page);

    for (const key of ['texts', 'routing', 'appearance', 'blocks', 'satisfaction', 'audit']) {
      await goToPart(page, key);
      await page.getByText(text.loading).waitFor({ state: 'detached' });
      await assertAccessible(key, page);
      await lookAround(page, `manage-${key}`);
    }
    await page
      .getByRole('cell', { name: new RegExp(`${text.navAudit}|Einstellungen geändert`) })
      .first()
      .waitFor();

    const settings = (await company.operate('GET', '')).body['settings'] as Record<string, unknown>;
    assert.is(settings['retentionDays'], 30);
    assert.is((settings['businessHours'] as { open: unknown[] }).open.length, 7, 'Monday, four days like it, and two more');
    const visitor = await browser.newVisitor();
    const chat = chatOn(
      await visitor.visit(
        site.add('/', {
          html: `<!doctype html><html lang="de"><head><title>Garten</title>${snippet}</head><body><h1>Garten</h1></body></html>`,
        }),
      ),
    );
    assert.is(await chat.button.evaluate((button) => getComputedStyle(button).backgroundColor), 'rgb(122, 31, 92)');
    await chat.button.click();
    await chat.panel.getByText(`${CANARY} Fragen zum Garten`).first().waitFor();
    await chat.panel.getByText('Damit wir Ihre Bestellung finden.').waitFor();
    await visitor.close();
    assert.equal(person.errors, []);
  },
);

manage.run();
