import { html, nothing, svg } from 'lit';
import type { AllText } from '../../locales/messages.ts';
import { baseStyles } from '../base.styles.ts';
import type { MessageAction } from '../extras/message-action.ts';
import { Floating } from '../floating/floating.ts';
import { floatingStyles } from '../floating/floating.styles.ts';
import { emojiIcon, icon } from '../icons.ts';
import { isMedia } from '../message-list/message-row.ts';
import { bodyOf } from '../message-list/rows.ts';
import type { ShownMessage } from '../shown-messages.ts';
import { canEdit, isDelivered } from '../extras/outgoing.ts';
import { messageMenuStyles } from './message-menu.styles.ts';

const QUICK = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

const replyIcon = icon(svg`<path d="M20 18v-2a4 4 0 0 0-4-4H4M9 17l-5-5 5-5"/>`);
const copyIcon = icon(
  svg`<rect x="8" y="8" width="14" height="14" rx="2"/><path d="M4 16a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h10a2 2 0 0 1 2 2"/>`,
);
const editIcon = icon(
  svg`<path d="M21.2 6.8a1 1 0 0 0-4-4L3.8 16.2a2 2 0 0 0-.5.8L2 21.4a.5.5 0 0 0 .6.6L7 20.7a2 2 0 0 0 .8-.5zM15 5l4 4"/>`,
);
const trashIcon = icon(svg`<path d="M3 6h18M19 6v14a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V6M8 6V4a2 2 0 0 1 2-2h4a2 2 0 0 1 2 2v2"/>`);

/**
 * What can be done with a message.
 * @event smoope-action - Something was chosen.
 * @event smoope-leave - The menu has closed.
 */
export class MessageMenu extends Floating {
  static override styles = [baseStyles, floatingStyles, messageMenuStyles];
  static override properties = {
    ...Floating.properties,
    message: { attribute: false },
    text: { attribute: false },
    company: {},
    isAsking: { state: true },
  };

  declare message: ShownMessage;
  declare text: AllText;
  declare company: string;
  /** Asks whether the message shall really go. */
  declare isAsking: boolean;

  private act(kind: MessageAction['kind'], key?: string): void {
    const { message, anchor } = this;
    // Closed first: that gives the focus back, and what was chosen may move it on.
    this.leave();
    const detail: MessageAction = { kind, message, anchor, ...(key && { key }) };
    this.dispatchEvent(new CustomEvent('smoope-action', { detail, bubbles: true, composed: true }));
  }

  private async handleCopy(): Promise<void> {
    this.leave();
    await navigator.clipboard.writeText(bodyOf(this.message)).catch(() => undefined);
  }

  private ask(): void {
    this.isAsking = true;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.keep')?.focus());
  }

  private renderItem(label: string, sign: unknown, act: () => void, className = '') {
    return html`<button class="item ${className}" role="menuitem" @click=${act}>${sign} ${label}</button>`;
  }

  private renderQuestion() {
    return html`<p class="note" id="question">${this.text('deleteMessage', { company: this.company })}</p>
      <div role="menu" aria-labelledby="question">
        ${this.renderItem(this.text('deleteMessageNow'), trashIcon, () => this.act('delete'), 'bad')}
        ${this.renderItem(this.text('keep'), nothing, () => this.leave(), 'keep')}
      </div>`;
  }

  private renderItems() {
    const { message, text } = this;
    const isOwn = message.entry.sender.kind === 'person';
    const own = new Set(message.reactions.filter((reaction) => reaction.own).map(({ key }) => key));
    return html`<div role="menu" aria-label=${text('options')}>
      ${
        isDelivered(message)
          ? html`<div class="quick" role="group" aria-label=${text('react')}>
                ${QUICK.map(
                  (key) =>
                    html`<button
                      role="menuitemcheckbox"
                      aria-checked=${own.has(key) ? 'true' : 'false'}
                      aria-label=${text('reactWith', { key })}
                      @click=${() => this.act('react', key)}
                    >
                      ${key}
                    </button>`,
                )}
                <button role="menuitem" aria-label=${text('moreEmoji')} @click=${() => this.act('emoji')}>${emojiIcon}</button>
              </div>
              ${this.renderItem(text('reply'), replyIcon, () => this.act('reply'))}`
          : nothing
      }
      ${isMedia(message) ? nothing : this.renderItem(text('copy'), copyIcon, () => void this.handleCopy())}
      ${canEdit(message) ? this.renderItem(text('edit'), editIcon, () => this.act('edit')) : nothing}
      ${isOwn && isDelivered(message) ? this.renderItem(text('delete'), trashIcon, () => this.ask(), 'bad') : nothing}
    </div>`;
  }

  override render() {
    return html`<div popover @beforetoggle=${this.handleBeforeToggle} @toggle=${this.handleToggle} @keydown=${this.handleKey}>
      ${this.isAsking ? this.renderQuestion() : this.renderItems()}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'smoope-message-menu': MessageMenu;
  }
}

customElements.define('smoope-message-menu', MessageMenu);
