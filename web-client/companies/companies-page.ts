import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { ListedCompany } from '../../appservice/companies/company-directory-wire.ts';
import { fill } from '../fill.ts';
import { directory, DirectoryError, type DirectoryFault } from './companies-data.ts';
import { companiesTexts } from './companies-texts.ts';
import { renderFault } from './directory-fault.ts';
import './company-face.ts';

/** What the address asks for. */
type Place = { readonly search: string };

/** How far somebody had read when they left, kept with the entry of the history: back leads to the same place. */
type Reading = { readonly shown?: number; readonly scroll?: number };

/** Time in which somebody types on. */
const PAUSE_MS = 150;

const readingOf = (): Reading => (history.state ?? {}) as Reading;

/** The directory of companies: a search as one types, and what it finds. */
export class Companies extends LitElement {
  static override properties = {
    place: { attribute: false },
    companies: { state: true },
    next: { state: true },
    found: { state: true },
    busy: { state: true },
    fault: { state: true },
  };

  private readonly locale = document.documentElement.lang;
  private readonly text = companiesTexts(this.locale);
  private pause: ReturnType<typeof setTimeout> | undefined;
  private loading: AbortController | undefined;

  declare private companies: readonly ListedCompany[] | undefined;
  declare private next: string | null;
  /** What the shown companies were searched by. */
  declare private found: string;
  declare private busy: boolean;
  declare private fault: DirectoryFault | undefined;

  declare place: Place;

  constructor() {
    super();
    this.place = { search: '' };
    this.companies = undefined;
    this.next = null;
    this.found = '';
    this.busy = false;
    this.fault = undefined;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.className = 'companies';
    document.title = `${this.text.title} · ${document.title.split(' · ').at(-1) ?? ''}`;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.pause);
    this.loading?.abort();
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('place')) void this.open();
  }

  private get input(): HTMLInputElement | null {
    return this.querySelector('input');
  }

  /** Shows what the address asks for, as far as it had been read. */
  private async open(): Promise<void> {
    const { shown = 1, scroll } = readingOf();
    if (this.input !== null) this.input.value = this.place.search;
    await this.load(this.place.search, shown);
    await this.updateComplete;
    if (scroll !== undefined) scrollTo(0, scroll);
  }

  /** Loads pages until `wanted` companies are there; who asks for something else meanwhile gets that. */
  private async load(search: string, wanted: number, already: readonly ListedCompany[] = [], from: string | null = null): Promise<void> {
    clearTimeout(this.pause);
    this.loading?.abort();
    const { signal } = (this.loading = new AbortController());
    this.busy = true;
    try {
      let companies = already;
      let next = from;
      do {
        const page = await directory.list({ search, from: next }, signal);
        companies = [...companies, ...page.companies];
        ({ next } = page);
      } while (companies.length < wanted && next !== null);
      Object.assign(this, { companies, next, found: search, fault: undefined });
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof DirectoryError)) throw error;
      this.fault = error.fault;
    }
    if (!signal.aborted) this.busy = false;
  }

  private readonly searchNow = (): void => {
    const search = this.input?.value.trim() ?? '';
    history.replaceState(null, '', search === '' ? location.pathname : `?${new URLSearchParams({ search })}`);
    void this.load(search, 1);
  };

  private readonly handleInput = (): void => {
    clearTimeout(this.pause);
    this.pause = setTimeout(this.searchNow, PAUSE_MS);
  };

  private readonly handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    this.searchNow();
  };

  private readonly handleLeave = (): void => {
    history.replaceState({ shown: this.companies?.length ?? 1, scroll: scrollY } satisfies Reading, '');
  };

  private readonly handleMore = async (): Promise<void> => {
    const { companies = [], next, found } = this;
    if (this.busy || next === null) return;
    await this.load(found, companies.length + 1, companies, next);
    await this.updateComplete;
    // Whoever goes on by keyboard goes on with what is new, not behind it.
    this.querySelectorAll<HTMLElement>('.found a')[companies.length]?.focus();
  };

  private get countInWords(): string {
    const { text, companies, next, found } = this;
    if (companies === undefined) return '';
    if (companies.length === 0) return found === '' ? text.none : fill(text.notFound, { search: found });
    if (companies.length === 1 && next === null) return text.one;
    return fill(next === null ? text.several : text.first, { count: companies.length });
  }

  private renderNothing(): TemplateResult {
    const { text, found } = this;
    const [hint, address, label] = found === '' ? [text.noneHint, '/', text.toHome] : [text.notFoundHint, '/companies', text.toAll];
    return html`<div class="nothing">
      <p>${hint}</p>
      <p><a href=${address}>${label}</a></p>
    </div>`;
  }

  private renderFound(): TemplateResult | typeof nothing {
    const { text, companies, next, busy } = this;
    if (companies === undefined) return busy ? html`<p class="wait">${text.waiting}</p>` : nothing;
    if (companies.length === 0) return this.renderNothing();
    return html`<ul class="found" aria-busy=${busy ? 'true' : 'false'} @click=${this.handleLeave}>
        ${companies.map(
          (company) =>
            html`<li>
              <a href="/companies/${company.slug}"
                ><smoope-company-face .company=${company}></smoope-company-face><span>${company.name}</span></a
              >
            </li>`,
        )}
      </ul>
      ${next === null ? nothing : html`<button type="button" class="button second" @click=${this.handleMore}>${text.more}</button>`}`;
  }

  protected override render(): TemplateResult {
    const { text, fault } = this;
    return html`<h1>${text.title}</h1>
      <p class="lead">${text.lead}</p>
      <form role="search" @submit=${this.handleSubmit}>
        <label for="company-search">${text.search}</label>
        <div>
          <input
            id="company-search"
            type="search"
            name="search"
            maxlength="100"
            autocomplete="off"
            spellcheck="false"
            enterkeyhint="search"
            @input=${this.handleInput}
          />
          <button class="button">${text.find}</button>
        </div>
      </form>
      <p class="count" role="status">${this.countInWords}</p>
      ${fault === undefined ? nothing : renderFault(fault, text, this.searchNow)} ${this.renderFound()}`;
  }
}
customElements.define('smoope-companies', Companies);

/** The view of what the address asks for. */
export const renderCompanies = (): TemplateResult => {
  const place: Place = { search: new URLSearchParams(location.search).get('search') ?? '' };
  return html`<smoope-companies .place=${place}></smoope-companies>`;
};
