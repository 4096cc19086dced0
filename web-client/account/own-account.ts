import { html } from 'lit';
import type { AccountView as Account } from '../../appservice/accounts/account-wire.ts';
import { AccountView } from './account-view.ts';
import { fill } from './account-texts.ts';
import { networkTexts } from './network-texts.ts';
import { passkeyTexts } from './passkey-texts.ts';
import { ownAccount } from './own-account-data.ts';
import { wipeBrowser } from '../session/end-session.ts';
import { profileTexts } from './profile-texts.ts';

/** Somebody's own account: where everything about it is found. */
export class OwnAccount extends AccountView {
  static override properties = { account: { state: true } };

  declare private account: Account | undefined;
  protected readonly heading = this.text.accountTitle;

  override connectedCallback(): void {
    super.connectedCallback();
    // The homeserver adds a token for a Matrix session, which this page does not need; it must not stay in the address.
    if (location.search !== '') history.replaceState(history.state, '', location.pathname);
  }

  protected override firstUpdated(): void {
    void this.begin(async () => {
      this.account = await ownAccount.get();
    });
  }

  private readonly handleSignOut = (): void => {
    void this.attempt(async () => {
      await ownAccount.signOut();
      await wipeBrowser();
      location.assign('/');
    });
  };

  protected override render() {
    const { text, account } = this;
    if (account === undefined)
      return html`<h1>${this.heading}</h1>
        ${this.renderFault()}`;
    const words = networkTexts(this.locale);
    const profile = profileTexts(this.locale);
    const passkeys = passkeyTexts(this.locale);
    const { firstName, lastName } = account;
    const link = (path: string, label: string, hint: string) =>
      html`<li>
        <a href=${path}
          ><strong>${label}</strong><span class="hint"><br />${hint}</span></a
        >
      </li>`;
    return html`<h1>${this.heading}</h1>
      <p class="lead">${fill(text.accountLead, { name: `${firstName} ${lastName}` })}</p>
      ${this.renderFault()}
      <ul class="list">
        ${link('/account/profile', profile.link, profile.linkHint)} ${link('/account/security', text.securityLink, text.securityLinkHint)}
        ${link('/account/passkeys', passkeys.ownLink, passkeys.ownLinkHint)}
        ${link('/account/sessions', text.sessionsLink, text.sessionsLinkHint)}
        ${link('/account/networks', words.ownLink, words.ownLinkHint)}
      </ul>
      <p><button class="quiet" type="button" @click=${this.handleSignOut}>${text.signOut}</button></p>`;
  }
}
customElements.define('smoope-own-account', OwnAccount);

/** The view. */
export const renderOwnAccount = () => html`<smoope-own-account class="own"></smoope-own-account>`;
