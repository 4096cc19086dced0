import { html } from 'lit';
import type { Params } from '../router.ts';
import type { AccountFault } from './account-api.ts';
import { AccountView, type Faults } from './account-view.ts';
import { signInData } from './sign-in-data.ts';

/** Signs in with a number or mail address and a password. */
export class SignInPassword extends AccountView {
  protected readonly heading = this.text.passwordTitle;

  protected override explain(fault: AccountFault): Faults {
    return fault.code === 'COM_SMOOPE_NOT_PROVEN' && fault.field === 'password'
      ? { password: this.text.faultPasswordWrong }
      : super.explain(fault);
  }

  private readonly handleSubmit = (event: Event): void => {
    event.preventDefault();
    const identifier = this.entered('identifier');
    if (!/\d{3}|@/.test(identifier)) return void this.refuse({ identifier: this.text.faultIdentifier });
    // A password may begin or end with a space.
    const password = this.querySelector<HTMLInputElement>('input[name="password"]')?.value ?? '';
    if (password === '') return void this.refuse({ password: this.text.faultPasswordWrong });
    void this.attempt(async () => {
      const outcome = await signInData(this.flow).provePassword(identifier, password);
      if ('continueAt' in outcome) location.assign(outcome.continueAt);
    });
  };

  protected override render() {
    const { text, flow } = this;
    return html`<h1>${this.heading}</h1>
      <form class="spaced" novalidate @submit=${this.handleSubmit}>
        ${this.renderFault()} ${this.renderField({ name: 'identifier', label: text.identifier, autocomplete: 'username' })}
        ${this.renderPassword({ name: 'password', label: text.password, autocomplete: 'current-password' })}
        ${this.renderButton(text.signIn)}
      </form>
      <nav class="more" aria-label=${text.otherWays}>
        <a href="/account/sign-in/${flow}/forgot">${text.forgot}</a>
        <a href="/account/sign-in/${flow}">${text.withCode}</a>
      </nav>`;
  }
}
customElements.define('smoope-sign-in-password', SignInPassword);

/** The view of one sign-in. */
export const renderSignInPassword = ({ flow = '' }: Params) =>
  html`<smoope-sign-in-password class="own" .flow=${flow}></smoope-sign-in-password>`;
