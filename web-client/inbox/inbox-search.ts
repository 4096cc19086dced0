import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { FoundMessages } from '../../appservice/team/agent-inbox-wire.ts';
import type { InboxApi } from '../api/inbox.ts';
import { whenInWords } from '../conversations/when-in-words.ts';
import { fill } from '../fill.ts';
import { inboxAddress, type InboxFilter } from './inbox-filter.ts';
import { inboxTexts } from './inbox-texts.ts';

/** Finds messages in the conversations of a company; the words stand in no address. */
export class InboxSearch extends LitElement {
  static override properties: PropertyDeclarations = {
    api: { attribute: false },
    slug: {},
    filter: { attribute: false },
    found: { state: true },
    step: { state: true },
  };

  declare api: InboxApi;
  declare slug: string;
  declare filter: InboxFilter;
  declare private found: FoundMessages | undefined;
  declare private step: 'idle' | 'searching' | 'failed';
  private readonly locale = document.documentElement.lang;
  private readonly words = inboxTexts(this.locale);

  constructor() {
    super();
    this.step = 'idle';
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  private readonly handleSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const words = this.querySelector('input')?.value.trim() ?? '';
    if (words.length < 2) return this.handleEnd();
    this.step = 'searching';
    try {
      this.found = await this.api.search(words);
      this.step = 'idle';
    } catch {
      this.step = 'failed';
    }
  };

  private readonly handleEnd = (): void => {
    const field = this.querySelector('input');
    if (field !== null) field.value = '';
    this.found = undefined;
    this.step = 'idle';
  };

  private renderFound({ found, isComplete }: FoundMessages): TemplateResult {
    const { words, slug, filter, locale } = this;
    const said = found.length === 0 ? words.nothingFound : fill(isComplete ? words.found : words.foundMore, { count: found.length });
    return html`<div class="found">
      <p class="hint" role="status">${said}</p>
      <button class="plain" type="button" @click=${this.handleEnd}>${words.searchEnd}</button>
      <ul>
        ${found.map(
          ({ number, at, text, isOurs }) =>
            html`<li>
              <a href=${inboxAddress(slug, filter, number)}>
                <span class="who">${fill(words.conversation, { number })} · ${isOurs ? words.team : words.personShort}</span>
                <span class="when">${whenInWords(at, locale, words)}</span>
                <span class="words" dir="auto">${text}</span>
              </a>
            </li>`,
        )}
      </ul>
    </div>`;
  }

  protected override render(): TemplateResult {
    const { words, found, step } = this;
    return html`<form role="search" @submit=${this.handleSubmit}>
        <input type="search" maxlength="200" aria-label=${words.search} placeholder=${words.searchFor} autocomplete="off" />
        <button class="small" type="submit">${words.searchGo}</button>
      </form>
      ${step === 'searching' ? html`<p class="hint" role="status">${words.searching}</p>` : nothing}
      ${step === 'failed' ? html`<p class="fault" role="alert">${words.searchFailed}</p>` : nothing}
      ${found === undefined ? nothing : this.renderFound(found)}`;
  }
}
customElements.define('smoope-inbox-search', InboxSearch);
