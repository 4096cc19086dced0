import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Frame, Page } from 'playwright-core';
import * as assert from 'uvu/assert';

const SOURCE = readFileSync(fileURLToPath(new URL('../../../node_modules/axe-core/axe.min.js', import.meta.url)), 'utf8');

// From light to dark nothing changes but colours.
const CHECKS = { light: 'axe.run()', dark: "axe.run({ runOnly: ['color-contrast'] })" } as const;

/** Fails with every rule that the document of a page or frame breaks, in light and in dark. */
export async function assertAccessible(state: string, page: Page, document: Frame = page.mainFrame()): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // Half-way between light and dark, colours are nobody's.
    await document.evaluate(async () => {
      for (const animation of window.document.getAnimations()) if (animation instanceof CSSTransition) await animation.finished;
    });
    if (!(await document.evaluate<boolean>('"axe" in window'))) await document.evaluate(SOURCE);
    const { violations } = await document.evaluate<AxeResults>(CHECKS[colorScheme]);
    const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`));
    assert.equal(found, [], `${state}, ${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: null });
}
