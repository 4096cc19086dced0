import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { fill } from '../fill.ts';
import { closeIcon } from './icons.ts';
import type { Draft } from './drafts.ts';
import { wordsToEdit, type Writing } from './outgoing-content.ts';
import { textOfNodes } from './text-template.ts';
import type { ThreadTexts } from './thread-texts-en.ts';

const NEW: Writing = { kind: 'new' };
const QUOTED = 160;

/** Keys that put marks around what is chosen. */
const MARKS: ReadonlyMap<string, string> = new Map([
  ['b', '**'],
  ['i', '*'],
]);

/**
 * Where one writes: a new message, an answer, or one of one's own anew.
 * @event smoope-send - A message is to go; its detail is a `Draft`.
 * @event smoope-words - The words changed; its detail is the `Draft` as it is now.
 * @event smoope-edit-last - Arrow up in the empty field: one's last message is to be edited.
 */
export class Composer extends LitElement {
  static override properties: PropertyDeclarations = {
    text: { attribute: false },
    company: {},
    nameOf: { attribute: false },
    extras: { attribute: false },
    writing: { state: true },
  };

  declare text: ThreadTexts;
  declare company: string;
  /** What somebody is called, for the line above an answer. */
  declare nameOf: (userId: string) => string;
  /** What stands before the field, such as the button for files. */
  declare extras: TemplateResult | typeof nothing;
  declare private writing: Writing;
  /** What stood there before an edit began. */
  private interrupted = '';

  constructor() {
    super();
    this.writing = NEW;
    this.extras = nothing;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  private get field(): HTMLTextAreaElement | null {
    return this.querySelector('textarea');
  }

  /** What stands there now; an edit that was begun is no draft. */
  get draft(): Draft {
    const { writing, field } = this;
    return writing.kind === 'edit' ? { words: this.interrupted, writing: NEW } : { words: field?.value ?? '', writing };
  }

  /** Puts a draft there. */
  async begin({ words, writing }: Draft): Promise<void> {
    this.writing = writing;
    await this.updateComplete;
    this.setWords(words);
  }

  /** Answers a message, or writes it anew. */
  async write(writing: Exclude<Writing, { kind: 'new' }>): Promise<void> {
    const { words } = this.draft;
    if (writing.kind === 'edit') this.interrupted = words;
    this.writing = writing;
    await this.updateComplete;
    this.setWords(writing.kind === 'edit' ? wordsToEdit(writing.item) : words);
    this.field?.focus();
  }

  /** Gives the field the focus. */
  focusField(): void {
    this.field?.focus({ preventScroll: true });
  }

  private setWords(words: string): void {
    const { field } = this;
    if (field === null) return;
    field.value = words;
    field.parentElement?.setAttribute('data-words', words);
    field.setSelectionRange(words.length, words.length);
  }

  private say(name: 'smoope-send' | 'smoope-words' | 'smoope-edit-last', detail: Draft = this.draft): void {
    this.dispatchEvent(new CustomEvent<Draft>(name, { detail, bubbles: true }));
  }

  private readonly handleCancel = (): void => {
    const { writing, interrupted } = this;
    this.writing = NEW;
    if (writing.kind === 'edit') this.setWords(interrupted);
    this.say('smoope-words');
    this.focusField();
  };

  private readonly handleInput = (): void => {
    const { field } = this;
    field?.parentElement?.setAttribute('data-words', field.value);
    this.say('smoope-words');
  };

  private mark(field: HTMLTextAreaElement, mark: string): void {
    const { selectionStart: from, selectionEnd: to, value } = field;
    field.setRangeText(`${mark}${value.slice(from, to)}${mark}`, from, to, 'end');
    if (from === to) field.setSelectionRange(from + mark.length, from + mark.length);
    this.handleInput();
  }

  private readonly handleKey = (event: KeyboardEvent): void => {
    const field = event.target as HTMLTextAreaElement;
    // A word that is still being put together (Japanese, Chinese, …) is ended by the same keys.
    if (event.isComposing) return;
    const mark = event.ctrlKey || event.metaKey ? MARKS.get(event.key.toLowerCase()) : undefined;
    const isEditLast = event.key === 'ArrowUp' && field.value === '' && this.writing.kind === 'new';
    if (event.key === 'Enter' && !event.shiftKey) field.form?.requestSubmit();
    else if (event.key === 'Escape' && this.writing.kind !== 'new') this.handleCancel();
    else if (mark !== undefined && !event.altKey) this.mark(field, mark);
    else if (isEditLast) this.say('smoope-edit-last');
    else return;
    event.preventDefault();
  };

  private readonly handleSubmit = (event: Event): void => {
    event.preventDefault();
    const words = this.field?.value.trim() ?? '';
    if (words === '') return;
    const { writing, interrupted } = this;
    this.writing = NEW;
    this.setWords(writing.kind === 'edit' ? interrupted : '');
    // An edit that changes nothing is none.
    if (writing.kind !== 'edit' || wordsToEdit(writing.item) !== words) this.say('smoope-send', { words, writing });
    this.focusField();
  };

  private renderWriting(): TemplateResult | typeof nothing {
    const { writing, text, nameOf } = this;
    if (writing.kind === 'new') return nothing;
    const { item } = writing;
    const title = writing.kind === 'edit' ? text.editing : fill(text.replyTo, { name: nameOf(item.senderId) });
    return html`<div class="writing">
      <p><b>${title}</b><span dir="auto">${textOfNodes(item.nodes).replaceAll(/\s+/g, ' ').slice(0, QUOTED)}</span></p>
      <button class="icon" type="button" aria-label=${text.cancel} @click=${this.handleCancel}>${closeIcon}</button>
    </div>`;
  }

  protected override render(): TemplateResult {
    const { text, company, writing } = this;
    const label = fill(text.message, { company });
    return html`${this.renderWriting()}
      <form class="compose" @submit=${this.handleSubmit}>
        ${this.extras}
        <div class="growing">
          <textarea
            rows="1"
            dir="auto"
            aria-label=${label}
            placeholder=${text.placeholder}
            @input=${this.handleInput}
            @keydown=${this.handleKey}
          ></textarea>
        </div>
        <button class="button">${writing.kind === 'edit' ? text.save : text.send}</button>
      </form>`;
  }
}
customElements.define('smoope-thread-composer', Composer);
