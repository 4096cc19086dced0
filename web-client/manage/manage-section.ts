import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { ManagedCompany } from '../../appservice/companies/manage-wire.ts';
import { ApiFault } from '../api/api-session.ts';
import type { ManageData } from './manage-data.ts';
import { EntryFault, inputOf, type FormState } from './manage-form.ts';
import { renderChoice, renderEntry, renderTick, type Entry } from './manage-inputs.ts';
import { manageTexts } from './manage-texts.ts';
import type { ManageTexts } from './manage-texts-en.ts';
import { guardChanges } from './unsaved-changes.ts';

/** The company that is run, as it is now, and how to ask about it. */
export type Managed = {
  readonly company: ManagedCompany;
  /** Matrix id of the admin. */
  readonly userId: string;
  readonly data: ManageData;
  /** Takes the company as the server answered it after a change. */
  readonly take: (company: ManagedCompany) => void;
};

/** A form of a section: saved as a whole, and only when its button is pressed. */
export type ManageForm = {
  readonly id: string;
  readonly title?: string;
  readonly lead?: string;
  readonly content: TemplateResult;
  readonly save?: string;
  /** Throws `EntryFault` for what cannot be, and what the server answered; answers `unsaved` where there is more to be asked. */
  readonly submit: (form: HTMLFormElement) => Promise<void | 'unsaved'>;
};

const GENERAL: Readonly<Record<string, keyof ManageTexts>> = {
  M_LIMIT_EXCEEDED: 'faultLimit',
  M_FORBIDDEN: 'faultForbidden',
  M_NOT_FOUND: 'faultGone',
  COM_SMOOPE_CONFLICT: 'faultConflict',
  M_TOO_LARGE: 'faultLarge',
};

/** A part of the administration: it loads what it shows, and says of each form how far it is. It draws into the page itself. */
export abstract class ManageSection extends LitElement {
  static override properties: PropertyDeclarations = {
    managed: { attribute: false },
    step: { state: true },
    states: { state: true },
    asking: { state: true },
  };

  declare managed: Managed;
  declare protected step: 'loading' | 'ready' | 'failed';
  declare private states: Readonly<Record<string, FormState>>;
  /** What a press on a button has yet to be confirmed. */
  declare private asking: string;
  protected readonly locale = document.documentElement.lang;
  protected readonly text = manageTexts(this.locale);
  private stopGuarding: (() => void) | undefined;

  constructor() {
    super();
    this.step = 'loading';
    this.states = {};
    this.asking = '';
  }

  protected abstract readonly heading: string;
  protected readonly lead: string = '';
  protected abstract renderReady(): TemplateResult;

  /** Fetches what is shown beside the company itself. */
  protected async load(): Promise<void> {}

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopGuarding = guardChanges(() => this.hasChanges(), this.text.unsavedQuestion);
    void this.fetch();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopGuarding?.();
  }

  protected async fetch(): Promise<void> {
    try {
      await this.load();
      this.step = 'ready';
    } catch {
      this.step = 'failed';
    }
  }

  private hasChanges(): boolean {
    return [...this.querySelectorAll('form')].some(({ id }) => /^(changed|failed|saving)$/.test(this.states[id]?.kind ?? ''));
  }

  protected setState(id: string, state: FormState): void {
    this.states = { ...this.states, [id]: state };
  }

  private explain(error: unknown, form: HTMLFormElement | null | undefined, conflict?: string): FormState {
    const { text } = this;
    if (error instanceof EntryFault) return { kind: 'failed', name: error.input, text: error.message };
    if (!(error instanceof ApiFault)) return { kind: 'failed', name: undefined, text: text.faultOffline };
    const entries = [...(form?.querySelectorAll<HTMLInputElement>('[name]') ?? [])];
    const names = entries.map(({ name }) => name);
    const name = /^M_(INVALID|MISSING)_PARAM$/.test(error.code) ? inputOf(error.field, names) : undefined;
    const own = entries.find((entry) => entry.name === name)?.dataset['fault'];
    if (name !== undefined) return { kind: 'failed', name, text: own ?? text.faultEntry };
    if (error.code === 'COM_SMOOPE_CONFLICT' && conflict !== undefined) return { kind: 'failed', name: undefined, text: conflict };
    return { kind: 'failed', name: undefined, text: text[GENERAL[error.code] ?? 'faultUnknown'] };
  }

  /** Does something and says beside `id` how it went; answers whether it did. */
  protected async attempt(
    id: string,
    work: () => Promise<void | 'unsaved'>,
    form?: HTMLFormElement | null,
    conflict?: string,
  ): Promise<boolean> {
    this.setState(id, { kind: 'saving' });
    try {
      const done = await work();
      this.setState(id, { kind: done === 'unsaved' ? 'changed' : 'saved' });
      return true;
    } catch (error) {
      const state = this.explain(error, form, conflict);
      this.setState(id, state);
      await this.updateComplete;
      const place = state.kind === 'failed' && state.name !== undefined ? form?.elements.namedItem(state.name) : undefined;
      if (place instanceof HTMLElement) place.focus();
      return false;
    }
  }

  protected faultAt(id: string, name: string): string | undefined {
    const state = this.states[id];
    return state?.kind === 'failed' && state.name === name ? state.text : undefined;
  }

  /** Says how far a form is; read out where it changes. */
  protected renderState(id: string): TemplateResult {
    const { text } = this;
    const state = this.states[id];
    const said =
      state === undefined
        ? ''
        : state.kind === 'failed'
          ? state.name === undefined
            ? `${text.notSaved} ${state.text}`
            : text.notSavedField
          : { changed: text.changed, saving: text.saving, saved: text.saved }[state.kind];
    return html`<p class="form-state ${state?.kind ?? ''}" role="status">${said}</p>`;
  }

  protected renderForm({ id, title, lead, content, save, submit }: ManageForm): TemplateResult {
    const handleSubmit = (event: SubmitEvent): void => {
      event.preventDefault();
      const form = event.currentTarget as HTMLFormElement;
      if (this.states[id]?.kind === 'saving') return;
      void this.attempt(id, () => submit(form), form);
    };
    return html`<form
      class="part"
      id=${id}
      novalidate
      aria-labelledby=${title === undefined ? nothing : `${id}-title`}
      @submit=${handleSubmit}
      @input=${() => this.setState(id, { kind: 'changed' })}
    >
      ${title === undefined ? nothing : html`<h2 id="${id}-title">${title}</h2>`}
      ${lead === undefined ? nothing : html`<p class="hint">${lead}</p>`} ${content}
      <div class="form-end">
        <button class="button" type="submit">${save ?? this.text.save}</button>
        ${this.renderState(id)}
      </div>
    </form>`;
  }

  protected renderEntry(form: string, entry: Entry): TemplateResult {
    return renderEntry(form, entry, this.faultAt(form, entry.name));
  }

  protected readonly renderTick = renderTick;
  protected readonly renderChoice = renderChoice;

  /** A button whose effect is said before it is done. */
  protected renderAsk(
    id: string,
    {
      label,
      question,
      confirm,
      work,
      conflict,
    }: { label: string; question: string; confirm: string; work: () => Promise<void>; conflict?: string },
  ): TemplateResult {
    const focus = (selector: string): void => void this.updateComplete.then(() => this.querySelector<HTMLElement>(selector)?.focus());
    const close = (): void => {
      this.asking = '';
      focus(`[data-ask="${id}"]`);
    };
    if (this.asking !== id) {
      const open = (): void => {
        this.asking = id;
        focus('.question .quiet');
      };
      return html`<div class="ask">
        <button class="quiet" type="button" data-ask=${id} @click=${open}>${label}</button>${this.renderState(id)}
      </div>`;
    }
    const go = (): void => {
      this.asking = '';
      void this.attempt(id, work, undefined, conflict);
    };
    return html`<div
      class="question"
      role="group"
      aria-label=${label}
      @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && close()}
    >
      <p>${question}</p>
      <button class="button danger" type="button" @click=${go}>${confirm}</button>
      <button class="quiet" type="button" @click=${close}>${this.text.cancel}</button>
    </div>`;
  }

  protected override render(): TemplateResult {
    const { text, step, heading, lead } = this;
    const head = html`<h1>${heading}</h1>
      ${lead === '' ? nothing : html`<p class="lead">${lead}</p>`}`;
    if (step === 'loading')
      return html`${head}
        <p class="hint" role="status">${text.loading}</p>`;
    if (step === 'failed')
      return html`${head}
        <p class="fault" role="alert">${text.loadFailed}</p>
        <button class="button second" type="button" @click=${() => void this.fetch()}>${text.tryAgain}</button>`;
    return html`${head}${this.renderReady()}`;
  }
}
