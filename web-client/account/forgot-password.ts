import { html } from 'lit';
import type { Params } from '../router.ts';
import { AccountView } from './account-view.ts';
import { goTo } from '../go-to.ts';
import { signInData } from './sign-in-data.ts';

/** "Forgot password": a code to the number, or a link to the confirmed address. */
export class ForgotPassword extends AccountView {
  protected readonly heading = this.text.forgotTitle;

  private readonly handleSubmit = (event: Event): void => {
    event.preventDefault();
    const identifier = this.entered('identifier');
    if (!/\d{3}|@/.test(identifier)) return void this.refuse({ identifier: this.text.faultIdentifier });
    void this.attempt(async () => {
      const asked = await signInData(this.flow).recover(identifier);
      if (asked.way === 'mail') this.said = this.text.forgotMailed;
      else goTo(`/account/sign-in/${this.flow}/forgot-code`, { phone: identifier, resendAt: asked.resendAt });
    });
  };

  protected override render() {
    const { text, flow } = this;
    return html`<h1>${this.heading}</h1>
      <p class="lead">${text.forgotLead}</p>
      <form novalidate @submit=${this.handleSubmit}>
        ${this.renderFault()} ${this.renderField({ name: 'identifier', label: text.identifier, autocomplete: 'username' })}
        ${this.renderButton(text.forgotSend)} ${this.renderSaid()}
      </form>
      <nav class="more" aria-label=${text.otherWays}>
        <a href="/account/sign-in/${flow}/password">${text.withPassword}</a>
        <a href="/account/sign-in/${flow}">${text.withCode}</a>
      </nav>`;
  }
}
customElements.define('smoope-forgot-password', ForgotPassword);

/** The view of one sign-in. */
export const renderForgotPassword = ({ flow = '' }: Params) =>
  html`<smoope-forgot-password class="own" .flow=${flow}></smoope-forgot-password>`;
