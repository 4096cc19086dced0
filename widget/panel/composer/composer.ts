import { html, LitElement, nothing } from 'lit';
import type { Text } from '../../locales/messages.ts';
import { baseStyles } from '../base.styles.ts';
import { askExtras } from '../extra-request.ts';
import { attachIcon, emojiIcon, sendIcon, voiceIcon } from '../icons.ts';
import { composerStyles } from './composer.styles.ts';

/** Characters that the server takes. */
const LONGEST = 10_000;
const COUNTED = 500;

/**
 * Where the person writes: Enter sends, Shift and Enter begins a new line, the field grows to five lines, arrow up in the
 * empty field changes the last message.
 * @event smoope-write - The text changed; `detail` is the text.
 * @event smoope-send - A message is to be sent; `detail` is its text, empty where only files go; refused by `preventDefault`.
 * @event smoope-extra - Something beyond words is wanted.
 */
export class Composer extends LitElement {
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [baseStyles, composerStyles];
  static override properties = {
    text: {},
    value: {},
    accept: {},
    attached: {},
  };

  declare text: Text;
  /** What stands in the field. */
  declare value: string;
  /** Types of files that are taken; undefined where none are. */
  declare accept: readonly string[] | undefined;
  /** Number of files that go with the message. */
  declare attached: number;

  constructor() {
    super();
    this.value = '';
    this.attached = 0;
  }

  get #field(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea');
  }

  /** Whether voice messages can be recorded: the browser can, the page may, and the company takes files. */
  get #canRecord(): boolean {
    const { featurePolicy } = document as { readonly featurePolicy?: { allowsFeature(name: string): boolean } };
    return Boolean(this.accept) && 'MediaRecorder' in window && featurePolicy?.allowsFeature('microphone') !== false;
  }

  get #canSend(): boolean {
    const { length } = this.value.trim();
    return length + this.attached > 0 && length <= LONGEST;
  }

  override focus(): void {
    this.#field?.focus();
  }

  /** Puts words where the cursor is. */
  insert(words: string): void {
    const field = this.#field;
    field?.setRangeText(words, field.selectionStart, field.selectionEnd, 'end');
    this.#handleInput();
  }

  override updated(): void {
    const field = this.#field;
    if (!field) return;
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight}px`;
  }

  #emit(name: 'smoope-write' | 'smoope-send', detail: string): boolean {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }));
  }

  #handleInput(): void {
    this.value = this.#field?.value ?? '';
    this.#emit('smoope-write', this.value);
  }

  #handleKey(event: KeyboardEvent): void {
    const { key } = event;
    // Enter that ends the input of a syllable (Japanese, Chinese, Korean) belongs to the input method.
    if (key === 'Enter' && !event.shiftKey && !event.isComposing) this.#handleSend(event);
    if (key === 'ArrowUp' && !this.value) {
      event.preventDefault();
      askExtras(this, { kind: 'edit' });
    }
  }

  #handlePaste(event: ClipboardEvent): void {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length || !this.accept) return;
    event.preventDefault();
    askExtras(this, { kind: 'files', files });
  }

  #handleSend(event: Event): void {
    event.preventDefault();
    this.focus();
    // Whoever takes the event may refuse it: then the words stay.
    if (this.#canSend && this.#emit('smoope-send', this.value.trim())) this.value = '';
  }

  #renderLength() {
    const left = LONGEST - this.value.trim().length;
    if (left < 0) return html`<p class="long" id="long" role="alert">${this.text('tooLong')}</p>`;
    return left > COUNTED ? nothing : html`<p class="left" id="long">${this.text('charactersLeft', { count: left })}</p>`;
  }

  #renderAttach() {
    if (!this.accept) return nothing;
    return html`<button type="button" class="round" aria-label=${this.text('attach')} @click=${() => askExtras(this, { kind: 'attach' })}>
      ${attachIcon}
    </button>`;
  }

  #renderSend() {
    if (this.#canRecord && !this.value && !this.attached)
      return html`<button type="button" class="round" aria-label=${this.text('voice')} @click=${() => askExtras(this, { kind: 'voice' })}>
        ${voiceIcon}
      </button>`;
    return html`<button class="round send" aria-label=${this.text('send')} aria-disabled=${this.#canSend ? 'false' : 'true'}>
      ${sendIcon}
    </button>`;
  }

  override render() {
    return html`
      ${this.#renderLength()}
      <form @submit=${this.#handleSend}>
        ${this.#renderAttach()}
        <textarea
          rows="1"
          aria-label=${this.text('message')}
          aria-describedby="hint long"
          placeholder=${this.text('message')}
          enterkeyhint="send"
          autocomplete="off"
          dir="auto"
          .value=${this.value}
          @input=${this.#handleInput}
          @keydown=${this.#handleKey}
          @paste=${this.#handlePaste}
        ></textarea>
        <button
          type="button"
          class="round emoji"
          aria-label=${this.text('emoji')}
          @click=${({ currentTarget }: Event) => askExtras(this, { kind: 'emoji', anchor: currentTarget as HTMLElement })}
        >
          ${emojiIcon}
        </button>
        ${this.#renderSend()}
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
