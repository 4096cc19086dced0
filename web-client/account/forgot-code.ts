import { html } from 'lit';
import type { Params } from '../router.ts';
import { AccountFault } from './account-api.ts';
import { CodeForm } from './code-form.ts';
import { goTo } from '../go-to.ts';
import { signInData, type CodeSent } from './sign-in-data.ts';

/** Asks for the code that lets somebody set a new password. */
export class ForgotCode extends CodeForm {
  protected readonly heading = this.text.codeTitle;

  protected get back(): string {
    return `/account/sign-in/${this.flow}/forgot`;
  }

  protected async send(): Promise<CodeSent> {
    const asked = await signInData(this.flow).recover(this.phone);
    if (asked.way !== 'sms') throw new AccountFault('M_UNKNOWN');
    return asked;
  }

  protected async prove(code: string): Promise<void> {
    const { token } = await signInData(this.flow).proveRecovery(this.phone, code);
    goTo(`/account/new-password#${token}`);
  }
}
customElements.define('smoope-forgot-code', ForgotCode);

/** The view of one sign-in. */
export const renderForgotCode = ({ flow = '' }: Params) => html`<smoope-forgot-code class="own" .flow=${flow}></smoope-forgot-code>`;
