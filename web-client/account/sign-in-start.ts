import { html, nothing } from 'lit';
import type { Params } from '../router.ts';
import { AccountView } from './account-view.ts';
import { goTo, stateOf } from '../go-to.ts';
import { signInData } from './sign-in-data.ts';
import { otherWays } from './sign-in-ways.ts';

/** First page of a sign-in: a number, to which a code is sent. */
export class SignInStart extends AccountView {
  static override properties = { ways: { state: true } };

  declare private ways: readonly string[];
  protected readonly heading = this.text.startTitle;

  constructor() {
    super();
    this.ways = [];
  }

  protected override firstUpdated(): void {
    void this.begin(async () => {
      this.ways = await signInData(this.flow).listMethods();
    });
  }

  private readonly handleSubmit = (event: Event): void => {
    event.preventDefault();
    const phone = this.entered('phone');
    if (!/\d{3}/.test(phone)) return void this.refuse({ phone: this.text.faultPhone });
    void this.attempt(async () => {
      const sent = await signInData(this.flow).sendCode(phone);
      // Who comes back finds the number again.
      history.replaceState({ phone }, '');
      goTo(`/account/sign-in/${this.flow}/code`, { phone, ...sent });
    });
  };

  private readonly handleCancel = (): void => {
    void this.attempt(async () => location.assign((await signInData(this.flow).refuse()).continueAt));
  };

  protected override render() {
    const { text, flow } = this;
    const further = otherWays.filter(({ method }) => this.ways.includes(method));
    return html`<h1>${this.heading}</h1>
      <p class="lead">${text.startLead}</p>
      <form novalidate @submit=${this.handleSubmit}>
        ${this.renderFault()}
        ${this.renderField({
          name: 'phone',
          label: text.phone,
          autocomplete: 'tel',
          type: 'tel',
          hint: text.phoneHint,
          value: (stateOf()['phone'] as string | undefined) ?? '',
        })}
        ${this.renderButton(text.sendCode)}
      </form>
      <nav class="more" aria-label=${text.otherWays}>
        ${further.map(({ label, path }) => html`<a href=${path(flow)}>${label(text, this.locale)}</a>`)}
        ${this.ways.length === 0 ? nothing : html`<button class="quiet" type="button" @click=${this.handleCancel}>${text.cancel}</button>`}
      </nav>`;
  }
}
customElements.define('smoope-sign-in-start', SignInStart);

/** The view of one sign-in. */
export const renderSignInStart = ({ flow = '' }: Params) => html`<smoope-sign-in-start class="own" .flow=${flow}></smoope-sign-in-start>`;
