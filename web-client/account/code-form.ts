import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { AccountView } from './account-view.ts';
import { fill, waitInWords } from './account-texts.ts';
import { stateOf } from '../go-to.ts';
import type { CodeSent } from './sign-in-data.ts';

type CodeCredential = Credential & { readonly code?: string };

/** A page that asks for the code of a text, and lets another be sent. */
export abstract class CodeForm extends AccountView {
  static override properties: PropertyDeclarations = { resendAt: { state: true }, now: { state: true } };

  declare protected resendAt: number;
  declare private now: number;
  private clock: ReturnType<typeof setInterval> | undefined;
  private readonly reading = new AbortController();
  protected abstract readonly back: string;

  constructor() {
    super();
    this.resendAt = (stateOf()['resendAt'] as number | undefined) ?? 0;
    this.now = Date.now();
  }

  /** The number that the code was sent to. */
  protected get phone(): string {
    return (stateOf()['phone'] as string | undefined) ?? '';
  }

  protected abstract send(): Promise<CodeSent>;
  protected abstract prove(code: string): Promise<void>;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.phone === '') return location.replace(this.back);
    this.clock = setInterval(() => (this.now = Date.now()), 1000);
    void this.readText();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.clock);
    this.reading.abort();
  }

  /** Lets the phone offer the code of the text by itself (WebOTP, on our own origin only), where it can. */
  private async readText(): Promise<void> {
    if (!('OTPCredential' in window)) return;
    const request = { otp: { transport: ['sms'] }, signal: this.reading.signal } as CredentialRequestOptions;
    const { code } = ((await navigator.credentials.get(request).catch(() => null)) ?? {}) as CodeCredential;
    const input = this.querySelector<HTMLInputElement>('input[name="code"]');
    if (code === undefined || input === null) return;
    input.value = code;
    this.submit();
  }

  private submit(): void {
    const code = this.entered('code').replaceAll(/[\s-]/g, '');
    if (!/^\p{Nd}{6}$/u.test(code)) return void this.refuse({ code: this.text.faultCodeShape });
    void this.attempt(() => this.prove(code));
  }

  private readonly handleSubmit = (event: Event): void => {
    event.preventDefault();
    this.submit();
  };

  private readonly handleResend = (): void => {
    void this.attempt(async () => {
      const { resendAt } = await this.send();
      this.resendAt = resendAt;
      history.replaceState({ ...stateOf(), resendAt }, '');
      this.said = this.text.resent;
      this.querySelector<HTMLInputElement>('input[name="code"]')?.focus();
    });
  };

  private renderResend(): TemplateResult {
    const { text } = this;
    const waitMs = this.resendAt - this.now;
    return waitMs > 0
      ? html`<p class="hint">${fill(text.resendIn, { time: waitInWords(waitMs, this.locale) })}</p>`
      : html`<button class="quiet" type="button" @click=${this.handleResend}>${text.resend}</button>`;
  }

  protected override render() {
    const { text } = this;
    return html`<h1>${this.heading}</h1>
      <p class="lead">${fill(text.codeLead, { number: this.phone })}</p>
      <form novalidate @submit=${this.handleSubmit}>
        ${this.renderFault()} ${this.renderField({ name: 'code', label: text.code, autocomplete: 'one-time-code', inputmode: 'numeric' })}
        ${this.renderButton(text.goOn)} ${this.renderSaid()}
      </form>
      <div class="more">${this.renderResend()} ${this.back === '' ? nothing : html`<a href=${this.back}>${text.otherNumber}</a>`}</div>`;
  }
}
