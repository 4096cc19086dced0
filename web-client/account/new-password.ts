import { html } from 'lit';
import { AccountView } from './account-view.ts';
import { isShortPassword } from './password-shape.ts';
import { ownAccount } from './own-account-data.ts';

/** Sets a new password with the proof of "forgot password", which stands behind the hash of the address. */
export class NewPassword extends AccountView {
  static override properties = { isDone: { state: true } };

  declare private isDone: boolean;
  protected readonly heading = this.text.newPasswordTitle;

  constructor() {
    super();
    this.isDone = false;
  }

  private readonly handleSubmit = (event: Event): void => {
    event.preventDefault();
    const password = this.querySelector<HTMLInputElement>('input[name="password"]')?.value ?? '';
    if (isShortPassword(password)) return void this.refuse({ password: this.text.faultPasswordShort });
    void this.attempt(async () => {
      await ownAccount.recover(location.hash.slice(1), password);
      history.replaceState(null, '', location.pathname);
      this.isDone = true;
    });
  };

  protected override render() {
    const { text } = this;
    if (this.isDone) {
      return html`<h1>${text.passwordSetTitle}</h1>
        <p class="lead" role="status">${text.passwordSet}</p>
        <p><a class="button" href="/account/sign-in">${text.toSignIn}</a></p>`;
    }
    return html`<h1>${this.heading}</h1>
      <p class="lead">${text.newPasswordLead}</p>
      <form novalidate @submit=${this.handleSubmit}>
        ${this.renderFault()}
        ${this.renderPassword({ name: 'password', label: text.newPassword, autocomplete: 'new-password', hint: text.newPasswordHint })}
        ${this.renderButton(text.setPassword)}
      </form>`;
  }
}
customElements.define('smoope-new-password', NewPassword);

/** The view. */
export const renderNewPassword = () => html`<smoope-new-password class="own"></smoope-new-password>`;
