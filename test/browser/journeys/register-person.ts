import { randomInt } from 'node:crypto';
import type { Page } from 'playwright-core';
import { sentTo } from '../../stack/sent-messages.ts';
import { CANARY } from '../../stack/test-company.ts';
import { eventually } from '../../stack/waiting.ts';

/** From the first page of a sign-in: makes an account by phone, and goes on to where the sign-in came from. */
export async function registerPerson(page: Page): Promise<void> {
  const number = `+49171${randomInt(1_000_000, 10_000_000)}`;
  await page.getByLabel('Mobilnummer').fill(number);
  await page.getByRole('button', { name: 'Code senden' }).click();
  const code = await eventually('the code', async () => /^\d{6}/.exec(sentTo(number).at(-1)?.text ?? '')?.[0]);
  await page.getByLabel('Code', { exact: true }).fill(code);
  await page.getByRole('button', { name: 'Weiter' }).click();
  await page.getByLabel('Vorname').fill(`${CANARY}first`);
  await page.getByLabel('Nachname').fill(`${CANARY}last`);
  await page.getByRole('button', { name: 'Konto anlegen' }).click();
}
