import { html, LitElement, nothing } from 'lit';
import type { PreChatField } from '../../../appservice/contact-fields/contact-field-wire.ts';
import type { AllText } from '../../locales/messages.ts';
import { baseStyles } from '../base.styles.ts';
import { checkField, cleanValue } from './field-check.ts';
import { preChatStyles } from './pre-chat.styles.ts';

const INPUTS = { text: ['text', 'text'], email: ['email', 'email'], phone: ['tel', 'tel'] } as const;

/** What the company asks before the first message: each field says what it is asked for, and beside itself what is wrong with it. */
export class PreChat extends LitElement {
  static override styles = [baseStyles, preChatStyles];
  static override properties = {
    fields: { attribute: false },
    text: { attribute: false },
    given: { attribute: false },
    values: { state: true },
    checked: { state: true },
  };

  declare fields: readonly PreChatField[];
  declare text: AllText;
  /** What the website knows; what the person enters goes before. */
  declare given: Readonly<Record<string, string>> | undefined;
  declare values: Readonly<Record<string, string>>;
  /** Keys of the fields whose problems are said: those that were left, or all after an attempt to send. */
  declare checked: ReadonlySet<string>;

  constructor() {
    super();
    this.values = {};
    this.checked = new Set();
  }

  /** The values, without empty ones; undefined where something is wrong, which then has the focus. */
  check(): Readonly<Record<string, string>> | undefined {
    this.checked = new Set(this.fields.map(({ key }) => key));
    const wrong = this.fields.findIndex((field) => checkField(field, this.entered(field)));
    if (wrong >= 0) {
      void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#field-${wrong}`)?.focus());
      return undefined;
    }
    const entered = this.fields.map((field) => [field.key, cleanValue(this.entered(field))] as const);
    return Object.fromEntries(entered.filter(([, value]) => value));
  }

  private entered({ key }: PreChatField): string {
    return this.values[key] ?? this.given?.[key] ?? '';
  }

  private handleInput(key: string, { target }: Event): void {
    if (target instanceof HTMLInputElement) this.put(key, target.type === 'checkbox' ? (target.checked ? 'yes' : '') : target.value);
    if (target instanceof HTMLSelectElement) this.put(key, target.value);
  }

  private put(key: string, value: string): void {
    this.values = { ...this.values, [key]: value };
  }

  private renderControl(field: PreChatField, index: number, isWrong: boolean) {
    const { key, kind, required, options = [], maxLength = 200 } = field;
    const describedBy = `purpose-${index} problem-${index}`;
    const handleInput = (event: Event) => this.handleInput(key, event);
    const handleBlur = () => (this.checked = this.entered(field) ? new Set([...this.checked, key]) : this.checked);
    if (kind === 'agreement')
      return html`<input
        type="checkbox"
        id="field-${index}"
        aria-describedby=${describedBy}
        aria-invalid=${isWrong ? 'true' : 'false'}
        ?required=${required}
        .checked=${this.entered(field) === 'yes'}
        @change=${handleInput}
      />`;
    if (kind === 'choice')
      return html`<select
        id="field-${index}"
        aria-describedby=${describedBy}
        aria-invalid=${isWrong ? 'true' : 'false'}
        ?required=${required}
        @change=${handleInput}
      >
        <option value="">${this.text('choose')}</option>
        ${options.map(({ value, label }) => html`<option value=${value} .selected=${value === this.entered(field)}>${label}</option>`)}
      </select>`;
    const [type, inputMode] = INPUTS[kind];
    return html`<input
      type=${type}
      inputmode=${inputMode}
      id="field-${index}"
      dir="auto"
      maxlength=${maxLength}
      aria-describedby=${describedBy}
      aria-invalid=${isWrong ? 'true' : 'false'}
      ?required=${required}
      .value=${this.entered(field)}
      @input=${handleInput}
      @blur=${handleBlur}
    />`;
  }

  private renderField(field: PreChatField, index: number) {
    const problem = this.checked.has(field.key) ? checkField(field, this.entered(field)) : undefined;
    return html`<div class="field ${field.kind}">
      <label for="field-${index}"
        >${field.label}${field.required ? nothing : html` <span class="muted">(${this.text('optional')})</span>`}</label
      >
      ${this.renderControl(field, index, Boolean(problem))}
      <p class="muted" id="purpose-${index}">${field.purpose}</p>
      <p class="problem" id="problem-${index}" role=${problem ? 'alert' : nothing}>${problem ? this.text(problem) : ''}</p>
    </div>`;
  }

  override render() {
    return html`<section aria-labelledby="title">
      <h2 id="title">${this.text('preChatTitle')}</h2>
      ${this.fields.map((field, index) => this.renderField(field, index))}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'smoope-pre-chat': PreChat;
  }
}

customElements.define('smoope-pre-chat', PreChat);
