import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { fill } from '../fill.ts';
import { copyIcon, editIcon, replyIcon, trashIcon } from './icons.ts';
import { canAnswer, canEdit, type MessageItem } from './message-item.ts';
import type { ThreadTexts } from './thread-texts-en.ts';

/** Something that is to be done with a message. */
export type MessageAction = { readonly kind: 'reply' | 'copy' | 'edit' | 'delete'; readonly item: MessageItem } | ReactAction;

/** A reaction that is to be given, or taken back. */
export type ReactAction = { readonly kind: 'react'; readonly item: MessageItem; readonly key: string };

const SIGNS = ['👍', '❤️', '😂', '😮', '😢', '🙏'];
const GAP = 4;

/**
 * What can be done with a message; beside it, and at the foot of a narrow screen.
 * @event smoope-do - Something was chosen; its detail is a `MessageAction`.
 */
export class MessageMenu extends LitElement {
  static override properties: PropertyDeclarations = { item: { state: true }, text: { attribute: false } };

  declare text: ThreadTexts;
  declare private item: MessageItem | undefined;
  private back: HTMLElement | null = null;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Opens it for a message; `anchor` stands beside it. */
  async open(item: MessageItem, anchor: Element): Promise<void> {
    this.item = item;
    this.back = anchor.closest<HTMLElement>('.said');
    await this.updateComplete;
    const menu = this.querySelector<HTMLElement>('.message-menu');
    if (menu === null) return;
    menu.showPopover();
    this.place(menu, anchor.getBoundingClientRect());
    menu.querySelector<HTMLElement>('button')?.focus();
  }

  private place(menu: HTMLElement, { bottom, top, right, left }: DOMRect): void {
    const { offsetWidth: width, offsetHeight: height } = menu;
    const isBelow = bottom + GAP + height < innerHeight;
    const wanted = (left + right) / 2 < innerWidth / 2 ? left : right - width;
    menu.style.setProperty('--menu-top', `${Math.max(GAP, isBelow ? bottom + GAP : top - GAP - height)}px`);
    menu.style.setProperty('--menu-left', `${Math.min(Math.max(GAP, wanted), Math.max(GAP, innerWidth - width - GAP))}px`);
  }

  private close(): void {
    this.querySelector<HTMLElement>('.message-menu')?.hidePopover();
  }

  private act(action: MessageAction): void {
    this.close();
    this.dispatchEvent(new CustomEvent<MessageAction>('smoope-do', { detail: action, bubbles: true }));
  }

  private readonly handleToggle = (event: ToggleEvent): void => {
    if (event.newState !== 'closed') return;
    // Whatever was chosen may have moved the focus on.
    if (document.activeElement === null || document.activeElement === document.body || this.contains(document.activeElement))
      this.back?.focus({ preventScroll: true });
    this.item = undefined;
  };

  private readonly handleKey = (event: KeyboardEvent): void => {
    const buttons = [...this.querySelectorAll<HTMLElement>('button')];
    const at = buttons.findIndex((button) => button === document.activeElement);
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
    const step = Object.hasOwn(steps, event.key) ? steps[event.key] : undefined;
    if (event.key === 'Tab') return this.close();
    const next = step === undefined ? { Home: 0, End: buttons.length - 1 }[event.key] : (at + step + buttons.length) % buttons.length;
    if (next === undefined) return;
    event.preventDefault();
    buttons[next]?.focus();
  };

  private renderItem(kind: 'reply' | 'copy' | 'edit' | 'delete', sign: TemplateResult, item: MessageItem): TemplateResult {
    return html`<button class=${kind} type="button" role="menuitem" tabindex="-1" @click=${() => this.act({ kind, item })}>
      ${sign} ${this.text[kind]}
    </button>`;
  }

  private renderSigns(item: MessageItem): TemplateResult {
    const own = new Set(item.reactions.filter(({ ownEventId }) => ownEventId !== undefined).map(({ key }) => key));
    return html`<div class="signs" role="group" aria-label=${this.text.react}>
      ${SIGNS.map(
        (key) =>
          html`<button
            type="button"
            role="menuitemcheckbox"
            tabindex="-1"
            aria-checked=${own.has(key) ? 'true' : 'false'}
            aria-label=${fill('{react} {key}', { react: this.text.react, key })}
            @click=${() => this.act({ kind: 'react', item, key })}
          >
            ${key}
          </button>`,
      )}
    </div>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { item, text } = this;
    if (item === undefined) return nothing;
    return html`<div
      class="message-menu"
      popover
      role="menu"
      aria-label=${text.options}
      @toggle=${this.handleToggle}
      @keydown=${this.handleKey}
    >
      ${canAnswer(item) ? html`${this.renderSigns(item)}${this.renderItem('reply', replyIcon, item)}` : nothing}
      ${item.file !== undefined ? nothing : this.renderItem('copy', copyIcon, item)}
      ${canEdit(item) ? this.renderItem('edit', editIcon, item) : nothing}
      ${item.isOwn && item.isThere ? this.renderItem('delete', trashIcon, item) : nothing}
    </div>`;
  }
}
customElements.define('smoope-thread-menu', MessageMenu);
