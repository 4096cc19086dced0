import { html } from 'lit';
import type { Params } from '../router.ts';
import { CodeForm } from './code-form.ts';
import { goTo } from '../go-to.ts';
import { signInNetworks } from './network-data.ts';
import { signInData } from './sign-in-data.ts';

/** Asks for the code of a number that is needed beside a network. */
export class SignInNetworkCode extends CodeForm {
  static override properties = { name: {} };

  /** Name of the network. */
  declare name: string;
  protected readonly heading = this.text.codeTitle;

  constructor() {
    super();
    this.name = '';
  }

  protected get back(): string {
    return `/account/sign-in/${this.flow}/networks/${this.name}?back=number`;
  }

  protected send() {
    return signInData(this.flow).sendCode(this.phone);
  }

  protected async prove(code: string): Promise<void> {
    await signInNetworks(this.flow).proveNumber(this.phone, code);
    goTo(`/account/sign-in/${this.flow}/names`);
  }
}
customElements.define('smoope-sign-in-network-code', SignInNetworkCode);

/** The view of one sign-in. */
export const renderSignInNetworkCode = ({ flow = '', network = '' }: Params) =>
  html`<smoope-sign-in-network-code class="own" .flow=${flow} .name=${network}></smoope-sign-in-network-code>`;
