import { html, nothing, type TemplateResult } from 'lit';
import type { NetworkReturn } from '../../appservice/networks/network-wire.ts';
import type { Params } from '../router.ts';
import type { AccountFault } from './account-api.ts';
import type { Faults } from './account-view.ts';
import { goTo, stateOf } from '../go-to.ts';
import { listNetworks, signInNetworks } from './network-data.ts';
import { NetworkView } from './network-view.ts';
import { signInData } from './sign-in-data.ts';

/** What the person sees: what is asked before leaving, a question about their mail address, a number to prove, or only a moment. */
type Step = 'leave' | 'wait' | 'email' | 'number';

/** Where somebody goes on, by the word in the address. */
const STEPS: Readonly<Record<string, Step>> = { proven: 'wait', email: 'email', number: 'number' };

const PROBLEMS = ['denied', 'refused', 'unreachable', 'garbage'] as const satisfies readonly NetworkReturn[];

/** Signing in with a network: the page before leaving, and what follows after coming back. */
export class SignInNetworkView extends NetworkView {
  static override properties = { step: { state: true }, asksNumber: { state: true } };

  declare private step: Step;
  declare private asksNumber: boolean;

  constructor() {
    super();
    this.asksNumber = false;
    this.step = STEPS[this.back ?? ''] ?? 'leave';
  }

  protected get heading(): string {
    const { signInTitle, emailTitle, numberTitle } = this.words;
    const titles = { leave: signInTitle, wait: signInTitle, email: emailTitle, number: numberTitle };
    return this.say(titles[this.step]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.attempt(async () => {
      const { networks, asksNumber } = await listNetworks();
      this.network = networks.find(({ name }) => name === this.name);
      this.asksNumber = asksNumber;
      const problem = PROBLEMS.find((each) => each === this.back);
      if (problem !== undefined) this.faults = { '': this.say(this.words[problem]) };
      if (this.step === 'wait') await this.goOn();
    });
  }

  protected override explain(fault: AccountFault): Faults {
    // Whoever loads the page again has been let in, or begins again.
    if (fault.code === 'COM_SMOOPE_NOT_PROVEN') {
      this.step = 'leave';
      return { '': this.words.notProven };
    }
    return super.explain(fault);
  }

  private get calls() {
    return signInNetworks(this.flow);
  }

  private async goOn(): Promise<void> {
    const outcome = await this.calls.goOn();
    if ('continueAt' in outcome) return location.assign(outcome.continueAt);
    const { needsNumber } = await this.calls.getRegistration();
    if (needsNumber) this.step = 'number';
    else goTo(`/account/sign-in/${this.flow}/names`);
  }

  private readonly handleLeave = (event: Event): void => {
    event.preventDefault();
    const again = this.step === 'email';
    void this.attempt(async () => location.assign(await this.calls.leave(this.name, again)));
  };

  private readonly handleEnter = (): void => void this.attempt(() => this.goOn());

  private readonly handleNumber = (event: Event): void => {
    event.preventDefault();
    const phone = this.entered('phone');
    if (!/\d{3}/.test(phone)) return void this.refuse({ phone: this.text.faultPhone });
    void this.attempt(async () => {
      const sent = await signInData(this.flow).sendCode(phone);
      history.replaceState({ phone }, '');
      goTo(`/account/sign-in/${this.flow}/networks/${this.name}/code`, { phone, ...sent });
    });
  };

  private renderStep(): TemplateResult | typeof nothing {
    const { words, network } = this;
    switch (this.step) {
      case 'wait':
        return html`<p role="status">${words.wait}</p>`;
      case 'leave':
        return html`${network === undefined ? nothing : this.renderAsked(network, { for: 'sign-in', asksNumber: this.asksNumber })}
          <form class="after" @submit=${this.handleLeave}>
            ${this.renderButton(this.say(this.back === null ? words.leave : words.leaveAgain))}
          </form>`;
      case 'email':
        return html`<p class="lead">${this.say(words.emailLead)}</p>
          <form @submit=${this.handleLeave}>
            ${this.renderButton(this.say(words.emailAgain))}
            <button type="button" class="quiet" @click=${this.handleEnter}>${words.emailEnter}</button>
          </form>`;
      case 'number':
        return html`<p class="lead">${this.say(words.numberLead)}</p>
          <form @submit=${this.handleNumber} novalidate>
            ${this.renderField({
              name: 'phone',
              label: this.text.phone,
              hint: this.text.phoneHint,
              autocomplete: 'tel',
              type: 'tel',
              value: (stateOf()['phone'] as string | undefined) ?? '',
            })}
            ${this.renderButton(this.text.sendCode)}
          </form>`;
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    // Names of networks come with the first answer; a heading without one would change under the reader.
    if (this.network === undefined) {
      if (this.busy) return nothing;
      return html`<h1>${this.words.chooseTitle}</h1>
        ${this.renderFault()}
        <p>${this.faults[''] === undefined ? this.words.unknown : nothing}</p>
        <p class="more"><a href="/account/sign-in/${this.flow}">${this.words.otherWay}</a></p>`;
    }
    return html`<h1>${this.heading}</h1>
      ${this.renderFault()}${this.renderStep()}
      ${this.step === 'wait' ? nothing : html`<p class="more"><a href="/account/sign-in/${this.flow}">${this.words.otherWay}</a></p>`}`;
  }
}
customElements.define('smoope-sign-in-network', SignInNetworkView);

/** The view. */
export const renderSignInNetwork = ({ flow = '', network = '' }: Params): TemplateResult =>
  html`<smoope-sign-in-network class="own" .flow=${flow} .name=${network}></smoope-sign-in-network>`;
