import { html, nothing } from 'lit';
import type { Params } from '../router.ts';
import type { RegistrationView } from '../../appservice/registrations/registration-wire.ts';
import { AccountView } from './account-view.ts';
import { signInData } from './sign-in-data.ts';

/** Asks somebody new for names and shows the privacy notice; then the account is made. */
export class SignInNames extends AccountView {
  static override properties = { registration: { state: true } };

  declare private registration: RegistrationView | undefined;
  protected readonly heading = this.text.namesTitle;

  protected override firstUpdated(): void {
    void this.attempt(async () => {
      this.registration = await signInData(this.flow).getRegistration();
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
    };
    if (Object.keys(missing).length > 0) return void this.refuse(missing);
    const { version, hash } = registration.notice;
    const shown = registration.email === null ? {} : { email: email === '' ? null : email };
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
          email === null
            ? nothing
            : this.renderField({
                name: 'email',
                label: text.email,
                autocomplete: 'email',
                type: 'email',
                hint: text.emailHint,
                value: email,
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
