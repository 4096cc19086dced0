import { html, nothing, type TemplateResult } from 'lit';
import type { SecurityView } from '../../appservice/accounts/security-wire.ts';
import type { AccountFault } from './account-api.ts';
import { AccountView, type Faults } from './account-view.ts';
import { fill } from './account-texts.ts';
import { ownAccount } from './own-account-data.ts';
import { isShortPassword } from './password-shape.ts';

/** Password, number and mail address of an account. */
export class AccountSecurity extends AccountView {
  static override properties = { security: { state: true }, askedFor: { state: true } };

  declare private security: SecurityView | undefined;
  /** The new number that a code was sent to. */
  declare private askedFor: string;
  protected readonly heading = this.text.securityTitle;

  constructor() {
    super();
    this.askedFor = '';
  }

  protected override firstUpdated(): void {
    void this.begin(() => this.load());
  }

  private async load(): Promise<void> {
    this.security = await ownAccount.getSecurity();
  }

  protected override explain(fault: AccountFault): Faults {
    const isLast = fault.code === 'COM_SMOOPE_CONFLICT' && fault.field === undefined;
    return isLast ? { '': this.text.faultLastMeans } : super.explain(fault);
  }

  private rawEntered(name: string): string {
    return this.querySelector<HTMLInputElement>(`input[name="${name}"]`)?.value ?? '';
  }

  private readonly handlePassword = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const password = this.rawEntered('password');
    if (isShortPassword(password)) return void this.refuse({ password: this.text.faultPasswordShort });
    void this.attempt(async () => {
      await ownAccount.setPassword(password, this.security?.hasPassword === true ? this.rawEntered('current') : undefined);
      form.reset();
      await this.load();
      this.said = this.text.passwordSaved;
    });
  };

  private readonly handleNumber = (event: SubmitEvent): void => {
    event.preventDefault();
    if (this.askedFor !== '') return this.changeNumber();
    const phone = this.entered('phone');
    if (!/\d{3}/.test(phone)) return void this.refuse({ phone: this.text.faultPhone });
    void this.attempt(async () => {
      await ownAccount.sendNumberCode(phone);
      this.askedFor = phone;
      await this.updateComplete;
      this.querySelector<HTMLInputElement>('input[name="code"]')?.focus();
    });
  };

  private changeNumber(): void {
    const code = this.entered('code').replaceAll(/[\s-]/g, '');
    if (!/^\p{Nd}{6}$/u.test(code)) return void this.refuse({ code: this.text.faultCodeShape });
    void this.attempt(async () => {
      await ownAccount.changeNumber(this.askedFor, code);
      this.askedFor = '';
      await this.load();
      this.said = this.text.numberSaved;
    });
  }

  private readonly handleEmail = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const email = this.entered('email');
    if (!email.includes('@')) return void this.refuse({ email: this.text.faultEmail });
    void this.attempt(async () => {
      await ownAccount.proposeEmail(email);
      form.reset();
      this.said = fill(this.text.emailSent, { address: email });
    });
  };

  private readonly handleRemoveEmail = (): void => {
    void this.attempt(async () => {
      await ownAccount.removeEmail();
      await this.load();
      this.said = this.text.emailRemoved;
    });
  };

  private renderPasswordForm({ hasPassword }: SecurityView): TemplateResult {
    const { text } = this;
    return html`<h2>${text.password}</h2>
      <form novalidate @submit=${this.handlePassword}>
        <p class="hint">${hasPassword ? text.passwordThere : text.passwordNone}</p>
        ${
          hasPassword
            ? this.renderField({ name: 'current', label: text.currentPassword, autocomplete: 'current-password', type: 'password' })
            : nothing
        }
        ${this.renderPassword({ name: 'password', label: text.newPassword, autocomplete: 'new-password', hint: text.newPasswordHint })}
        ${this.renderButton(text.setPassword, 'second')}
      </form>`;
  }

  private renderNumberForm({ number }: SecurityView): TemplateResult {
    const { text, askedFor } = this;
    return html`<h2>${text.numberTitle}</h2>
      <form novalidate @submit=${this.handleNumber}>
        <p class="hint">${number === null ? text.numberNone : fill(text.numberNow, { number })}</p>
        ${
          askedFor === ''
            ? this.renderField({ name: 'phone', label: text.newNumber, autocomplete: 'tel', type: 'tel', hint: text.phoneHint })
            : html`<p>${fill(text.codeLead, { number: askedFor })}</p>
                ${this.renderField({ name: 'code', label: text.code, autocomplete: 'one-time-code', inputmode: 'numeric' })}`
        }
        ${this.renderButton(askedFor === '' ? text.sendCode : text.saveNumber, 'second')}
      </form>`;
  }

  private renderEmailForm({ email }: SecurityView): TemplateResult {
    const { text } = this;
    const now = email === null ? text.emailNone : fill(email.isProved ? text.emailNow : text.emailUnproved, { address: email.address });
    return html`<h2>${text.emailTitle}</h2>
      <form novalidate @submit=${this.handleEmail}>
        <p class="hint">${now}</p>
        ${this.renderField({ name: 'email', label: text.newEmail, autocomplete: 'email', type: 'email', inputmode: 'email' })}
        ${this.renderButton(text.emailSend, 'second')}
      </form>
      ${email === null ? nothing : html`<button class="quiet" type="button" @click=${this.handleRemoveEmail}>${text.emailRemove}</button>`}`;
  }

  protected override render() {
    const { text, security } = this;
    if (security === undefined)
      return html`<h1>${this.heading}</h1>
        ${this.renderFault()}`;
    const { closesAt, canMail } = security;
    const closing = closesAt === null ? '' : new Date(closesAt).toLocaleDateString(this.locale, { dateStyle: 'long' });
    return html`<h1>${this.heading}</h1>
      ${closing === '' ? nothing : html`<p class="warning">${fill(text.closing, { when: closing })}</p>`} ${this.renderFault()}
      ${this.renderSaid()} ${this.renderPasswordForm(security)} ${this.renderNumberForm(security)}
      ${canMail || security.email !== null ? this.renderEmailForm(security) : nothing}
      <p class="more"><a href="/account">${text.toAccount}</a></p>`;
  }
}
customElements.define('smoope-account-security', AccountSecurity);

/** The view. */
export const renderAccountSecurity = () => html`<smoope-account-security class="own"></smoope-account-security>`;
