import type { Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { messages as german } from '../../../widget/locales/de.ts';
import type { Messages } from '../../../widget/locales/messages.ts';

/** The opened panel as a person meets it, in a frame or as a page of its own. */
export type Panel<Root extends PanelRoot = PanelRoot> = {
  readonly panel: Root;
  /** Field for the message. */
  readonly field: Locator;
  readonly log: Locator;
  /** Bubbles with these words. */
  message(words: string): Locator;
  /** State below one's own message, like "Gelesen". */
  state(words: string, state: string): Locator;
  /** Anything in the panel that says this. */
  says(words: string): Locator;
  /** Writes and sends with the button. */
  send(words: string): Promise<void>;
  /** Opens the panel's menu and chooses what has this name. */
  choose(name: string): Promise<void>;
  /** Number of the conversation, as the menu says it. */
  conversationNumber(): Promise<number>;
};

/** Where a panel stands. */
export type PanelRoot = Pick<FrameLocator & Page, 'getByRole' | 'getByText' | 'getByLabel' | 'locator'>;

/** The widget on a page. */
export type Chat = Panel<FrameLocator> & {
  readonly button: Locator;
  /** Number of unread messages on the button. */
  readonly badge: Locator;
  readonly frameElement: Locator;
  /** Clicks the button and waits until a message can be written. */
  open(): Promise<void>;
  /** The frame itself, for looking inside. */
  frame(): Promise<Frame>;
};

function panelAt<Root extends PanelRoot>(panel: Root, page: Page, texts: Messages): Panel<Root> {
  const field = panel.getByRole('textbox', { name: texts.message });
  const openMenu = () => panel.getByRole('button', { name: texts.menu }).click();
  return {
    panel,
    field,
    log: panel.getByRole('log'),
    message: (words) => panel.locator('.bubble', { hasText: words }),
    // With its case: "Gesendet" is no part of "Wird gesendet".
    state: (words, state) => panel.locator('.row', { hasText: words }).locator('.foot', { hasText: new RegExp(state) }),
    says: (words) => panel.getByText(words),
    async send(words) {
      await field.fill(words);
      await panel.getByRole('button', { name: texts.send }).click();
      await panel.locator('.bubble', { hasText: words }).waitFor();
    },
    async choose(name) {
      await openMenu();
      await panel.getByRole('menuitem', { name }).click();
    },
    async conversationNumber() {
      const [before = ''] = texts.number.split('{number}');
      await openMenu();
      const line = panel.getByText(before);
      await line.waitFor();
      const number = Number((await line.innerText()).replace(before, ''));
      await page.keyboard.press('Escape');
      return number;
    },
  };
}

/** The widget on a page, in German unless told otherwise. */
export function chatOn(page: Page, texts: Messages = german): Chat {
  const launcher = page.locator('smoope-launcher');
  const button = launcher.getByRole('button');
  const frameElement = launcher.locator('iframe');
  const inFrame = panelAt(frameElement.contentFrame(), page, texts);
  return {
    ...inFrame,
    button,
    badge: launcher.locator('b'),
    frameElement,
    async open() {
      await button.click();
      await inFrame.field.waitFor();
    },
    async frame() {
      const frame = await (await frameElement.elementHandle())?.contentFrame();
      if (!frame) throw new Error('the panel has no frame');
      return frame;
    },
  };
}

/** A panel that is a page of its own, in German unless told otherwise. */
export const panelPage = (page: Page, texts: Messages = german): Panel<Page> => panelAt(page, page, texts);
