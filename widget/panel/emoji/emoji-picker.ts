import { html, type PropertyValues } from 'lit';
import type { AllText } from '../../locales/messages.ts';
import { baseStyles } from '../base.styles.ts';
import { Floating } from '../floating/floating.ts';
import { floatingStyles } from '../floating/floating.styles.ts';
import { searchEmoji } from './emoji-list.ts';
import { emojiPickerStyles } from './emoji-picker.styles.ts';

/**
 * Chooses an emoji, by looking or by searching in German or English.
 * @event smoope-choose - One was chosen; `detail` is the emoji.
 * @event smoope-leave - The picker has closed.
 */
export class EmojiPicker extends Floating {
  static override styles = [baseStyles, floatingStyles, emojiPickerStyles];
  static override properties = { ...Floating.properties, text: { attribute: false }, sought: { state: true } };

  declare text: AllText;
  declare sought: string;

  constructor() {
    super();
    this.sought = '';
  }

  protected override get first(): HTMLElement | null {
    return this.renderRoot.querySelector('input');
  }

  override updated(changed?: PropertyValues): void {
    // Its size changes while somebody searches; its place does not.
    if (!changed?.has('sought') || changed.has('anchor')) super.updated();
  }

  private choose(key: string): void {
    this.leave();
    this.dispatchEvent(new CustomEvent('smoope-choose', { detail: key, bubbles: true, composed: true }));
  }

  private handleArrows(event: KeyboardEvent): void {
    const buttons = [...this.renderRoot.querySelectorAll<HTMLElement>('.emoji')];
    const at = buttons.findIndex((button) => button.matches(':focus'));
    const inField = event.target instanceof HTMLInputElement;
    const perRow = buttons.filter((button) => button.offsetTop === buttons[0]?.offsetTop).length;
    const isMirrored = getComputedStyle(this).direction === 'rtl';
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: isMirrored ? -1 : 1,
      ArrowLeft: isMirrored ? 1 : -1,
      ArrowDown: inField ? 1 : perRow,
      ArrowUp: -perRow,
    };
    const step = steps[event.key];
    if (step === undefined || (inField && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    const next = inField ? 0 : at + step;
    if (next < 0) this.first?.focus();
    else buttons[Math.min(next, buttons.length - 1)]?.focus();
  }

  private handleEnter(event: KeyboardEvent): void {
    const best = searchEmoji(this.sought)[0]?.emoji[0]?.[0];
    if (event.key !== 'Enter' || !best || !this.sought) return;
    event.preventDefault();
    this.choose(best);
  }

  override render() {
    const groups = searchEmoji(this.sought);
    return html`<div
      popover
      role="dialog"
      aria-label=${this.text('emoji')}
      @beforetoggle=${this.handleBeforeToggle}
      @toggle=${this.handleToggle}
      @keydown=${this.handleArrows}
    >
      <input
        type="search"
        aria-label=${this.text('search')}
        placeholder=${this.text('search')}
        autocomplete="off"
        @input=${({ target }: Event) => (this.sought = target instanceof HTMLInputElement ? target.value : '')}
        @keydown=${this.handleEnter}
      />
      <div class="groups">
        ${groups.map(
          ({ name, emoji }) =>
            html`<div role="group" aria-labelledby=${name}>
              <h2 id=${name}>${this.text(name)}</h2>
              ${emoji.map(
                ([key, words]) =>
                  html`<button class="emoji" title=${words} aria-label="${key} ${words}" @click=${() => this.choose(key)}>${key}</button>`,
              )}
            </div>`,
        )}
        <p class="note" role="status">${groups.length === 0 ? this.text('noEmoji') : ''}</p>
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'smoope-emoji-picker': EmojiPicker;
  }
}

customElements.define('smoope-emoji-picker', EmojiPicker);
