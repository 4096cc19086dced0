import { html } from 'lit';
import type { AccountFault } from './account-api.ts';
import { AccountView, type Faults } from './account-view.ts';
import { ownAccount } from './own-account-data.ts';

/** Confirms a mail address by the token behind the hash; by a button, because programs that look into mails open links. */
export class ProveEmail extends AccountView {
  static override properties = { isDone: { state: true } };

  declare private isDone: boolean;
  protected readonly heading = this.text.emailTitle;

  constructor() {
    super();
    this.isDone = false;
  }

  private readonly handleSubmit = (event: Event): void => {
    event.preventDefault();
    void this.attempt(async () => {
      await ownAccount.proveEmail(location.hash.slice(1));
      history.replaceState(null, '', location.pathname);
      this.isDone = true;
    });
  };

  protected override explain(fault: AccountFault): Faults {
    return fault.code === 'COM_SMOOPE_CONFLICT' ? { '': this.text.faultShared } : super.explain(fault);
  }

  protected override render() {
    const { text } = this;
    if (this.isDone) {
      return html`<h1>${this.heading}</h1>
        <p class="lead" role="status">${text.emailProved}</p>
        <p><a class="button" href="/account">${text.toAccount}</a></p>`;
    }
    return html`<h1>${this.heading}</h1>
      <p class="lead">${text.emailConfirm}</p>
      <form @submit=${this.handleSubmit}>${this.renderFault()} ${this.renderButton(text.emailConfirmButton)}</form>`;
  }
}
customElements.define('smoope-prove-email', ProveEmail);

/** The view. */
export const renderProveEmail = () => html`<smoope-prove-email class="own"></smoope-prove-email>`;
