import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { whenInWords } from '../conversations/when-in-words.ts';
import { fill } from '../fill.ts';
import { closeIcon } from './icons.ts';
import type { ThreadTexts } from './thread-texts-en.ts';

/** A message in which the words stand. */
export type Hit = { readonly eventId: string; readonly name: string; readonly words: string; readonly at: number };

/** Some hits, and how the next ones are asked for; undefined at the end. */
export type Hits = { readonly hits: readonly Hit[]; readonly count: number; readonly next: string | undefined };

const SHOWN = 200;

/**
 * Looks for words in the conversation.
 * @event smoope-go - A hit was chosen; its detail is the id of its event.
 * @event smoope-close - The search was closed.
 */
export class ThreadSearch extends LitElement {
  static override properties: PropertyDeclarations = {
    text: { attribute: false },
    locale: {},
    find: { attribute: false },
    step: { state: true },
    found: { state: true },
  };

  declare text: ThreadTexts;
  declare locale: string;
  /** Asks the homeserver; throws where it does not answer. */
  declare find: (words: string, from: string | undefined) => Promise<Hits>;
  declare private step: 'idle' | 'searching' | 'failed';
  declare private found: Hits | undefined;
  private words = '';

  constructor() {
    super();
    this.step = 'idle';
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override firstUpdated(): void {
    this.querySelector('input')?.focus();
  }

  private async search(from: string | undefined): Promise<void> {
    const { words } = this;
    this.step = 'searching';
    try {
      const more = await this.find(words, from);
      // An answer to what was asked before is none.
      if (words !== this.words) return;
      this.found = { ...more, hits: from === undefined ? more.hits : [...(this.found?.hits ?? []), ...more.hits] };
      this.step = 'idle';
    } catch {
      this.step = 'failed';
    }
  }

  private readonly handleSubmit = (event: Event): void => {
    event.preventDefault();
    this.words = this.querySelector('input')?.value.trim() ?? '';
    this.found = undefined;
    if (this.words !== '') void this.search(undefined);
  };

  private readonly handleClose = (): void => void this.dispatchEvent(new CustomEvent('smoope-close'));

  private readonly handleKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    this.handleClose();
  };

  private choose(eventId: string): void {
    this.dispatchEvent(new CustomEvent<string>('smoope-go', { detail: eventId }));
  }

  private said(): string {
    const { text, step, found } = this;
    if (step === 'searching') return text.searching;
    if (step === 'failed') return text.searchFailed;
    if (found === undefined) return '';
    return found.hits.length === 0 ? text.searchNothing : fill(text.searchFound, { count: Math.max(found.count, found.hits.length) });
  }

  private renderHit({ eventId, name, words, at }: Hit): TemplateResult {
    const { locale, text } = this;
    return html`<li>
      <button type="button" @click=${() => this.choose(eventId)}>
        <b><bdi>${name}</bdi></b> <time datetime=${new Date(at).toISOString()}>${whenInWords(at, locale, text)}</time>
        <span dir="auto">${words.replaceAll(/\s+/g, ' ').slice(0, SHOWN)}</span>
      </button>
    </li>`;
  }

  protected override render(): TemplateResult {
    const { text, found, step } = this;
    return html`<section class="thread-search" aria-label=${text.search} @keydown=${this.handleKey}>
      <form role="search" @submit=${this.handleSubmit}>
        <input type="search" aria-label=${text.searchFor} placeholder=${text.searchFor} autocomplete="off" maxlength="200" dir="auto" />
        <button class="button">${text.searchNow}</button>
        <button class="icon" type="button" aria-label=${text.searchClose} @click=${this.handleClose}>${closeIcon}</button>
      </form>
      <p role="status">${this.said()}</p>
      ${
        found === undefined || found.hits.length === 0
          ? nothing
          : html`<ul>
              ${found.hits.map((hit) => this.renderHit(hit))}
            </ul>`
      }
      ${
        found?.next === undefined || step === 'searching'
          ? nothing
          : html`<button class="quiet" type="button" @click=${() => void this.search(found.next)}>${text.searchMore}</button>`
      }
    </section>`;
  }
}
customElements.define('smoope-thread-search', ThreadSearch);
