import { html } from 'lit';
import type { Params } from '../router.ts';
import { CodeForm } from './code-form.ts';
import { goTo } from '../go-to.ts';
import { signInData } from './sign-in-data.ts';

/** Asks for the code that signs in, or leads to the names of somebody new. */
export class SignInCode extends CodeForm {
  protected readonly heading = this.text.codeTitle;

  protected get back(): string {
    return `/account/sign-in/${this.flow}`;
  }

  protected send() {
    return signInData(this.flow).sendCode(this.phone);
  }

  protected async prove(code: string): Promise<void> {
    const outcome = await signInData(this.flow).proveNumber(this.phone, code);
    if ('continueAt' in outcome) location.assign(outcome.continueAt);
    else goTo(`/account/sign-in/${this.flow}/names`);
  }
}
customElements.define('smoope-sign-in-code', SignInCode);

/** The view of one sign-in. */
export const renderSignInCode = ({ flow = '' }: Params) => html`<smoope-sign-in-code class="own" .flow=${flow}></smoope-sign-in-code>`;
