import { html, nothing, type TemplateResult } from 'lit';
import type { Params } from '../router.ts';
import { AccountFault } from './account-api.ts';
import { fill } from './account-texts.ts';
import { AccountView, type Faults } from './account-view.ts';
import { signInWithPasskey } from './passkey-data.ts';
import { knowsPasskeys, stopAsking } from './passkey-device.ts';
import type { PasskeyTexts } from './passkey-texts-en.ts';
import { passkeyTexts } from './passkey-texts.ts';
import { signInData } from './sign-in-data.ts';
import { otherWays } from './sign-in-ways.ts';

const FAULTS: Readonly<Record<string, keyof PasskeyTexts>> = {
  cancelled: 'cancelledSignIn',
  thereAlready: 'failedSignIn',
  unfit: 'failedSignIn',
  failed: 'failedSignIn',
};

/** Other ways in the middle of a sentence, by the name of the method. */
const NAMES: Readonly<Record<string, keyof PasskeyTexts>> = { phone: 'byCode', password: 'byPassword', network: 'byNetwork' };

/** Signs in with a passkey; who comes here by a click is asked by the device at once. */
export class SignInPasskey extends AccountView {
  static override properties = { ways: { state: true } };

  /** Ways that the server offers. */
  declare private ways: readonly string[];
  private readonly words = passkeyTexts(this.locale);
  private readonly isPossible = knowsPasskeys();
  protected readonly heading = this.words.signInTitle;
  private listing = Promise.resolve();

  constructor() {
    super();
    this.ways = ['phone', 'password'];
  }

  protected override firstUpdated(): void {
    this.listing = this.listWays();
    // A browser asks at a person's wish only; without one the button is that wish.
    if (this.isPossible && navigator.userActivation?.isActive) this.prove();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    stopAsking();
  }

  /** What is wrong with the sign-in is said when it goes on; here the two ways that are always there are kept. */
  private async listWays(): Promise<void> {
    try {
      this.ways = await signInData(this.flow).listMethods();
    } catch (error) {
      if (!(error instanceof AccountFault)) throw error;
    }
  }

  /** A sentence that ends with the other ways. */
  private say(text: string): string {
    const names = this.ways.flatMap((method) => {
      const name = NAMES[method];
      return name === undefined ? [] : [this.words[name]];
    });
    return fill(text, { ways: new Intl.ListFormat(this.locale, { type: 'disjunction' }).format(names) });
  }

  protected override explain(fault: AccountFault): Faults {
    if (fault.code === 'left') return {};
    if (fault.code === 'COM_SMOOPE_NOT_PROVEN' && fault.field === 'body') return { '': this.say(this.words.notKnown) };
    const named = FAULTS[fault.code];
    return named === undefined ? super.explain(fault) : { '': this.say(this.words[named]) };
  }

  private prove(): void {
    void this.attempt(async () => {
      this.said = this.words.waiting;
      const outcome = await signInWithPasskey(this.flow)
        .finally(() => {
          this.said = '';
        })
        .catch(async (error: unknown) => {
          // What is said of a failure names the other ways.
          await this.listing;
          throw error;
        });
      if ('continueAt' in outcome) location.assign(outcome.continueAt);
    });
  }

  private readonly handleSubmit = (event: Event): void => {
    event.preventDefault();
    this.prove();
  };

  protected override render(): TemplateResult {
    const { text, words, flow, isPossible } = this;
    const further = otherWays.filter(({ method }) => method !== 'passkey' && this.ways.includes(method));
    return html`<h1>${this.heading}</h1>
      ${isPossible ? html`<p class="lead">${words.signInLead}</p>` : html`<p class="warning after">${this.say(words.unsupportedSignIn)}</p>`}
      ${this.renderFault()} ${this.renderSaid()}
      ${isPossible ? html`<form @submit=${this.handleSubmit}>${this.renderButton(words.signIn)}</form>` : nothing}
      <nav class="more" aria-label=${text.otherWays}>
        <a href="/account/sign-in/${flow}">${text.withCode}</a>
        ${further.map(({ label, path }) => html`<a href=${path(flow)}>${label(text, this.locale)}</a>`)}
      </nav>`;
  }
}
customElements.define('smoope-sign-in-passkey', SignInPasskey);

/** The view of one sign-in. */
export const renderSignInPasskey = ({ flow = '' }: Params): TemplateResult =>
  html`<smoope-sign-in-passkey class="own" .flow=${flow}></smoope-sign-in-passkey>`;
