import type { Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { messages as german } from '../../../widget/locales/de.ts';
import type { Messages } from '../../../widget/locales/messages.ts';

/** The widget on a page as a person meets it. */
export type Chat = {
  readonly button: Locator;
  /** Number of unread messages on the button. */
  readonly badge: Locator;
  readonly frameElement: Locator;
  readonly panel: FrameLocator;
  /** Field for the message. */
  readonly field: Locator;
  readonly log: Locator;
  /** Bubbles with these words. */
  message(words: string): Locator;
  /** State below one's own message, like "Gelesen". */
  state(words: string, state: string): Locator;
  /** Anything in the panel that says this. */
  says(words: string): Locator;
  /** Clicks the button and waits until a message can be written. */
  open(): Promise<void>;
  /** Writes and sends with the button. */
  send(words: string): Promise<void>;
  /** Number of the conversation, as the menu says it. */
  conversationNumber(): Promise<number>;
  /** The frame itself, for looking inside. */
  frame(): Promise<Frame>;
};

/** The widget on a page, in German unless told otherwise. */
export function chatOn(page: Page, texts: Messages = german): Chat {
  const launcher = page.locator('smoope-launcher');
  const button = launcher.getByRole('button');
  const frameElement = launcher.locator('iframe');
  const panel = frameElement.contentFrame();
  const field = panel.getByRole('textbox', { name: texts.message });
  return {
    button,
    badge: launcher.locator('b'),
    frameElement,
    panel,
    field,
    log: panel.getByRole('log'),
    message: (words) => panel.locator('.bubble', { hasText: words }),
    state: (words, state) => panel.locator('.row', { hasText: words }).locator('.foot', { hasText: state }),
    says: (words) => panel.getByText(words),
    async open() {
      await button.click();
      await field.waitFor();
    },
    async send(words) {
      await field.fill(words);
      await panel.getByRole('button', { name: texts.send }).click();
      await panel.locator('.bubble', { hasText: words }).waitFor();
    },
    async conversationNumber() {
      const [before = ''] = texts.number.split('{number}');
      await panel.getByRole('button', { name: texts.menu }).click();
      const line = panel.getByText(before);
      await line.waitFor();
      const number = Number((await line.innerText()).replace(before, ''));
      await page.keyboard.press('Escape');
      return number;
    },
    async frame() {
      const frame = await (await frameElement.elementHandle())?.contentFrame();
      if (!frame) throw new Error('the panel has no frame');
      return frame;
    },
  };
}
