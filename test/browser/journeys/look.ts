import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const PHONE = { width: 390, height: 844 };

/** A picture of a page for looking at, in the folder that SMOOPE_LOOKS names; without it nothing happens. */
export async function look(page: Page, name: string): Promise<void> {
  const folder = process.env['SMOOPE_LOOKS'];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
}

/** Pictures of a page as it is, on a phone, and both in the dark. */
export async function lookAround(page: Page, name: string): Promise<void> {
  const desk = page.viewportSize();
  if (process.env['SMOOPE_LOOKS'] === undefined || desk === null) return;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [place, size] of Object.entries({ desk, phone: PHONE })) {
      await page.setViewportSize(size);
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 400)));
      await look(page, `${name}-${place}-${colorScheme}`);
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(desk);
}

/** Takes a picture of the README anew when SMOOPE_SCREENSHOTS is set. */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (process.env['SMOOPE_SCREENSHOTS'] === undefined) return;
  await page.screenshot({ path: fileURLToPath(new URL(`../../../docs/${name}.png`, import.meta.url)) });
}
