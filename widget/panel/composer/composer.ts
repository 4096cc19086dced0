import { html, LitElement, nothing } from 'lit';
import type { Text } from '../../locales/messages.ts';
import { baseStyles } from '../base.styles.ts';
import { sendIcon } from '../icons.ts';
import { composerStyles } from './composer.styles.ts';

/** Characters that the server takes. */
const LONGEST = 10_000;

/**
 * Where the person writes: Enter sends, Shift and Enter begins a new line, the field grows to five lines.
 * @event smoope-write - The text changed; `detail` is the text.
 * @event smoope-send - A message is to be sent; `detail` is its text.
 */
export class Composer extends LitElement {
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [baseStyles, composerStyles];
  static override properties = { text: { attribute: false }, value: { attribute: false } };

  declare text: Text;
  /** What stands in the field. */
  declare value: string;

  constructor() {
    super();
    this.value = '';
  }

  private get field(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea');
  }

  private get canSend(): boolean {
    const { length } = this.value.trim();
    return length > 0 && length <= LONGEST;
  }

  override focus(): void {
    this.field?.focus();
  }

  override updated(): void {
    const { field } = this;
    if (!field) return;
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight}px`;
  }

  private emit(name: 'smoope-write' | 'smoope-send', detail: string): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  private handleInput({ target }: InputEvent): void {
    if (!(target instanceof HTMLTextAreaElement)) return;
    this.value = target.value;
    this.emit('smoope-write', this.value);
  }

  private handleKey(event: KeyboardEvent): void {
    // Enter that ends the input of a syllable (Japanese, Chinese, Korean) belongs to the input method.
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) this.handleSend(event);
  }

  private handleSend(event: Event): void {
    event.preventDefault();
    this.focus();
    if (!this.canSend) return;
    this.emit('smoope-send', this.value.trim());
    this.value = '';
  }

  override render() {
    return html`
      ${this.value.trim().length > LONGEST ? html`<p class="long" id="long" role="alert">${this.text('tooLong')}</p>` : nothing}
      <form @submit=${this.handleSend}>
        <textarea
          rows="1"
          aria-label=${this.text('message')}
          aria-describedby="hint long"
          placeholder=${this.text('message')}
          enterkeyhint="send"
          autocomplete="off"
          dir="auto"
          .value=${this.value}
          @input=${this.handleInput}
          @keydown=${this.handleKey}
        ></textarea>
        <button class="round" aria-label=${this.text('send')} aria-disabled=${this.canSend ? 'false' : 'true'}>${sendIcon}</button>
      </form>
      <p class="hidden" id="hint">${this.text('hint')}</p>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'smoope-composer': Composer;
  }
}

customElements.define('smoope-composer', Composer);
