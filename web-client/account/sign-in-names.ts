import { html, nothing } from 'lit';
import type { Params } from '../router.ts';
import type { RegistrationView } from '../../appservice/registrations/registration-wire.ts';
import { AccountView } from './account-view.ts';
import { goTo } from '../go-to.ts';
import { signInNetworks } from './network-data.ts';
import { networkTexts } from './network-texts.ts';
import { signInData } from './sign-in-data.ts';

/** Asks somebody new for names and shows the privacy notice; then the account is made. */
export class SignInNames extends AccountView {
  static override properties = { registration: { state: true }, needsEmail: { state: true } };

  declare private registration: RegistrationView | undefined;
  /** Whether the account needs a mail address, because it is made with a network. */
  declare private needsEmail: boolean;
  protected readonly heading = this.text.namesTitle;

  constructor() {
    super();
    this.needsEmail = false;
  }

  protected override firstUpdated(): void {
    void this.begin(async () => {
      const registration = await signInData(this.flow).getRegistration();
      const { network, needsEmail, needsNumber } = await signInNetworks(this.flow).getRegistration();
      if (network !== null && needsNumber && !registration.hasNumber) {
        return goTo(`/account/sign-in/${this.flow}/networks/${network.name}?back=number`);
      }
      this.needsEmail = needsEmail;
      this.registration = registration;
    });
  }

  private readonly handleSubmit = (event: Event): void => {
    event.preventDefault();
    const { registration, text } = this;
    if (registration === undefined) return;
    const [firstName, lastName, email] = ['firstName', 'lastName', 'email'].map((name) => this.entered(name)) as [string, string, string];
    const missing = {
      ...(firstName === '' ? { firstName: text.faultName } : {}),
      ...(lastName === '' ? { lastName: text.faultName } : {}),
      ...(this.needsEmail && email === '' ? { email: text.faultEmail } : {}),
    };
    if (Object.keys(missing).length > 0) return void this.refuse(missing);
    const { version, hash } = registration.notice;
    const shown = registration.email === null && !this.needsEmail ? {} : { email: email === '' ? null : email };
    void this.attempt(async () => {
      const { continueAt } = await signInData(this.flow).register({ firstName, lastName, ...shown, notice: { version, hash } });
      location.assign(continueAt);
    });
  };

  protected override render() {
    const { text, registration } = this;
    if (registration === undefined)
      return html`<h1>${this.heading}</h1>
        ${this.renderFault()}`;
    const { firstName, lastName, email, notice, replacesAccount } = registration;
    return html`<h1>${this.heading}</h1>
      <p class="lead">${text.namesLead}</p>
      <form novalidate @submit=${this.handleSubmit}>
        ${this.renderFault()} ${replacesAccount ? html`<p class="warning">${text.replaces}</p>` : nothing}
        ${this.renderField({
          name: 'firstName',
          label: text.firstName,
          autocomplete: 'given-name',
          hint: text.firstNameHint,
          value: firstName ?? '',
        })}
        ${this.renderField({
          name: 'lastName',
          label: text.lastName,
          autocomplete: 'family-name',
          hint: text.lastNameHint,
          value: lastName ?? '',
        })}
        ${
          email === null && !this.needsEmail
            ? nothing
            : this.renderField({
                name: 'email',
                label: text.email,
                autocomplete: 'email',
                type: 'email',
                hint: this.needsEmail ? networkTexts(this.locale).emailHint : text.emailHint,
                value: email ?? '',
              })
        }
        <section class="notice" aria-labelledby="notice-title">
          <h2 id="notice-title">${text.noticeTitle}</h2>
          ${notice.paragraphs.map((paragraph) => html`<p>${paragraph}</p>`)}
          <p><a href="/privacy" target="_blank">${text.noticeMore}</a></p>
        </section>
        <p class="hint">${text.noticeSeen}</p>
        ${this.renderButton(text.makeAccount)}
      </form>`;
  }
}
customElements.define('smoope-sign-in-names', SignInNames);

/** The view of one sign-in. */
export const renderSignInNames = ({ flow = '' }: Params) => html`<smoope-sign-in-names class="own" .flow=${flow}></smoope-sign-in-names>`;
