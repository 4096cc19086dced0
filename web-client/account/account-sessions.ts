import { html, nothing, type TemplateResult } from 'lit';
import type { AccountSessionView } from '../../appservice/accounts/account-wire.ts';
import type { AccountDeviceView } from '../../appservice/accounts/security-wire.ts';
import { AccountFault } from './account-api.ts';
import { AccountView } from './account-view.ts';
import { browserInWords, dayInWords, fill } from './account-texts.ts';
import { wipeBrowser } from '../session/end-session.ts';
import { ownAccount } from './own-account-data.ts';

/** Browsers and Matrix clients in which somebody is signed in, each with a way to sign it out. */
export class AccountSessionsView extends AccountView {
  static override properties = { sessions: { state: true }, devices: { state: true } };

  declare private sessions: readonly AccountSessionView[] | undefined;
  /** Undefined while they are not known; null where the homeserver does not answer. */
  declare private devices: readonly AccountDeviceView[] | null | undefined;
  protected readonly heading = this.text.sessionsTitle;

  protected override firstUpdated(): void {
    void this.begin(() => this.load());
  }

  private async load(): Promise<void> {
    this.sessions = await ownAccount.listSessions();
    this.devices = await ownAccount.listDevices().catch((error: unknown) => {
      if (error instanceof AccountFault) return null;
      throw error;
    });
  }

  private end(name: string, isHere: boolean, work: () => Promise<void>): void {
    void this.attempt(async () => {
      await work();
      if (isHere) {
        await wipeBrowser();
        return location.assign('/');
      }
      await this.load();
      this.said = fill(this.text.signedOutOf, { name });
    });
  }

  private when(at: number): string {
    return dayInWords(at, this.locale);
  }

  private renderRow(name: string, about: string, isHere: boolean, end: () => Promise<void>): TemplateResult {
    const label = fill(this.text.signOutOf, { name });
    return html`<li>
      <div>
        <strong>${name}</strong>
        <p class="hint">${about}</p>
      </div>
      <button class="quiet" type="button" aria-label=${label} @click=${() => this.end(name, isHere, end)}>${this.text.signOut}</button>
    </li>`;
  }

  private readonly renderSession = ({ id, browser, system, lastUsedAt, current }: AccountSessionView): TemplateResult => {
    const { text } = this;
    const name = browserInWords({ browser, system }, text);
    const about = current ? text.thisBrowser : fill(text.lastUsed, { when: this.when(lastUsedAt) });
    return this.renderRow(name, about, current, () => ownAccount.endSession(id));
  };

  private readonly renderDevice = ({ id, name, lastSeenAt }: AccountDeviceView): TemplateResult => {
    const about = lastSeenAt === null ? id : `${fill(this.text.lastUsed, { when: this.when(lastSeenAt) })} · ${id}`;
    return this.renderRow(name ?? this.text.unnamedDevice, about, false, () => ownAccount.endDevice(id));
  };

  private renderDevices(): TemplateResult | typeof nothing {
    if (this.devices === undefined) return nothing;
    if (this.devices === null) return html`<p class="hint">${this.text.devicesAway}</p>`;
    if (this.devices.length === 0) return html`<p class="hint">${this.text.devicesNone}</p>`;
    return html`<ul class="list">
      ${this.devices.map(this.renderDevice)}
    </ul>`;
  }

  protected override render() {
    const { text, sessions } = this;
    if (sessions === undefined)
      return html`<h1>${this.heading}</h1>
        ${this.renderFault()}`;
    return html`<h1>${this.heading}</h1>
      ${this.renderFault()} ${this.renderSaid()}
      <h2>${text.browsers}</h2>
      <ul class="list">
        ${sessions.map(this.renderSession)}
      </ul>
      <h2>${text.devices}</h2>
      ${this.renderDevices()}
      <p class="more"><a href="/account">${text.toAccount}</a></p>`;
  }
}
customElements.define('smoope-account-sessions', AccountSessionsView);

/** The view. */
export const renderAccountSessions = () => html`<smoope-account-sessions class="own"></smoope-account-sessions>`;
