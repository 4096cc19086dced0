import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { AccountFault, OFFLINE } from './account-api.ts';
import { accountTexts, fill, waitInWords } from './account-texts.ts';
import type { AccountTexts } from './account-texts-en.ts';
import { signInHere } from '../go-to.ts';

/** Sentences about what was entered, by the name of the input; what belongs to none stands under ''. */
export type Faults = Readonly<Record<string, string>>;

/** One line of input. */
export type Field = {
  readonly name: string;
  readonly label: string;
  readonly autocomplete: AutoFill;
  readonly type?: 'text' | 'tel' | 'email' | 'password';
  readonly inputmode?: 'numeric' | 'tel' | 'email' | 'text';
  readonly hint?: string;
  readonly value?: string;
};

/** Faults that no field names, by the code of the server. */
const GENERAL: Readonly<Record<string, keyof AccountTexts>> = {
  COM_SMOOPE_TEXT_NOT_SENT: 'faultText',
  COM_SMOOPE_SIGN_IN_ENDED: 'faultEnded',
  COM_SMOOPE_CODE_USED: 'faultUsed',
  COM_SMOOPE_NOT_PROVEN: 'faultClosed',
  [OFFLINE]: 'faultOffline',
};

/** Faults of a field, by its name. */
const OF_FIELD: Readonly<Record<string, keyof AccountTexts>> = {
  phone: 'faultPhone',
  identifier: 'faultIdentifier',
  code: 'faultCode',
  firstName: 'faultName',
  lastName: 'faultName',
  email: 'faultEmail',
  password: 'faultPasswordWeak',
  current: 'faultCurrent',
};

/**
 * A view of sign-in and account: a heading, a form, what went wrong beside the input it is about. It draws into the page itself, where
 * password managers and labels find its inputs.
 */
export abstract class AccountView extends LitElement {
  static override properties: PropertyDeclarations = { flow: {}, busy: { state: true }, faults: { state: true }, said: { state: true } };

  /** Id of the sign-in, for views of one. */
  declare flow: string;
  declare protected busy: boolean;
  declare protected faults: Faults;
  /** What was done, read out by screen readers. */
  declare protected said: string;
  protected readonly text = accountTexts(document.documentElement.lang);
  protected readonly locale = document.documentElement.lang;
  protected abstract readonly heading: string;

  constructor() {
    super();
    this.flow = '';
    this.busy = false;
    this.faults = {};
    this.said = '';
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const brand = document.title.split(' · ').at(-1) ?? '';
    document.title = `${this.heading} · ${brand}`;
  }

  /** The sentence about a fault, and the field it belongs to where the view has one. */
  protected explain(fault: AccountFault): Faults {
    const { code, field = '', retryAfterMs } = fault;
    if (code === 'M_LIMIT_EXCEEDED') return { '': fill(this.text.faultLimit, { time: waitInWords(retryAfterMs, this.locale) }) };
    const named = OF_FIELD[field];
    const isOfField = named !== undefined && this.querySelector(`[name="${field}"]`) !== null;
    if (code === 'COM_SMOOPE_CONFLICT') return { [isOfField ? field : '']: this.text.faultTaken };
    if (isOfField) return { [field]: this.text[named] };
    return { '': this.text[GENERAL[code] ?? 'faultOther'] };
  }

  /** Does what a button is for; a fault is said beside its input, and takes the person there. */
  protected async attempt(work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.faults = {};
    this.said = '';
    try {
      await this.begin(work);
    } finally {
      this.busy = false;
    }
  }

  /** Fetches what a view shows; meanwhile its buttons work, or what is pressed early on a slow line would be lost. */
  protected async begin(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof AccountFault)) throw error;
      if (error.code === 'M_MISSING_TOKEN' || error.code === 'M_UNKNOWN_TOKEN') location.replace(signInHere());
      else this.faults = this.explain(error);
    }
    await this.showFaults();
  }

  /** Refuses what can be seen to be wrong before anybody is asked. */
  protected async refuse(faults: Faults): Promise<void> {
    this.faults = faults;
    await this.showFaults();
  }

  private async showFaults(): Promise<void> {
    if (Object.keys(this.faults).length === 0) return;
    await this.updateComplete;
    this.querySelector<HTMLElement>('[aria-invalid="true"], .fault[tabindex]')?.focus();
  }

  /** The trimmed value of an input. */
  protected entered(name: string): string {
    return this.querySelector<HTMLInputElement>(`input[name="${name}"]`)?.value.trim() ?? '';
  }

  protected renderField({ name, label, autocomplete, type = 'text', inputmode, hint, value = '' }: Field): TemplateResult {
    const fault = this.faults[name];
    const described = [fault === undefined ? '' : `${name}-fault`, hint === undefined ? '' : `${name}-hint`].filter(Boolean).join(' ');
    return html`<div class="field">
      <label for=${name}>${label}</label>
      ${hint === undefined ? nothing : html`<p class="hint" id="${name}-hint">${hint}</p>`}
      ${fault === undefined ? nothing : html`<p class="fault" id="${name}-fault">${fault}</p>`}
      <input
        id=${name}
        name=${name}
        type=${type}
        autocomplete=${autocomplete}
        inputmode=${inputmode ?? nothing}
        .defaultValue=${value}
        aria-invalid=${fault === undefined ? nothing : 'true'}
        aria-describedby=${described === '' ? nothing : described}
        autocapitalize=${autocomplete === 'given-name' || autocomplete === 'family-name' ? 'words' : 'none'}
        spellcheck="false"
      />
    </div>`;
  }

  /** A password with a tick that shows it. */
  protected renderPassword(field: Field): TemplateResult {
    const show = (event: Event): void => {
      const input = this.querySelector<HTMLInputElement>(`input[name="${field.name}"]`);
      if (input !== null) input.type = (event.target as HTMLInputElement).checked ? 'text' : 'password';
    };
    return html`${this.renderField({ ...field, type: 'password' })}
      <label class="tick"><input type="checkbox" @change=${show} />${this.text.showPassword}</label>`;
  }

  protected renderFault(): TemplateResult | typeof nothing {
    const fault = this.faults[''];
    return fault === undefined ? nothing : html`<p class="fault block" role="alert" tabindex="-1">${fault}</p>`;
  }

  protected renderSaid(): TemplateResult {
    return html`<p class="said" role="status">${this.said}</p>`;
  }

  /** What a form is for; `second` where a view has several forms, of which none is more than the others. */
  protected renderButton(label: string, rank: 'first' | 'second' = 'first'): TemplateResult {
    return html`<button class="button ${rank}" aria-disabled=${this.busy ? 'true' : 'false'}>${label}</button>`;
  }
}
