import { html, nothing, type TemplateResult } from 'lit';
import type { AccountNetworksView, DisconnectedView, NetworkReturn } from '../../appservice/networks/network-wire.ts';
import { fill } from './account-texts.ts';
import { ownNetworks } from './network-data.ts';
import type { NetworkTexts } from './network-texts-en.ts';
import { NetworkView } from './network-view.ts';

type Own = AccountNetworksView['networks'][number];

const PROBLEMS = ['denied', 'refused', 'unreachable', 'garbage', 'taken', 'occupied'] as const satisfies readonly NetworkReturn[];

const OUTCOMES: Record<DisconnectedView['withdrawal'], { readonly now: keyof NetworkTexts; readonly past: keyof NetworkTexts }> = {
  confirmed: { now: 'confirmedNow', past: 'pastConfirmed' },
  open: { now: 'openNow', past: 'pastOpen' },
  'given-up': { now: 'openNow', past: 'pastGivenUp' },
  'not-offered': { now: 'notOfferedNow', past: 'pastNotOffered' },
};

const RECOVERIES: Record<DisconnectedView['recovery'], keyof NetworkTexts | undefined> = {
  'not-needed': undefined,
  sent: 'recoverySent',
  impossible: 'recoveryImpossible',
};

/** Networks of somebody's own account: connect, disconnect, and what came of disconnecting. */
export class OwnNetworksView extends NetworkView {
  static override properties = { own: { state: true }, leaving: { state: true } };

  declare private own: AccountNetworksView | undefined;
  /** The one that the person is asked about before it is disconnected. */
  declare private leaving: string | undefined;
  protected readonly heading = this.words.ownTitle;

  constructor() {
    super();
    this.own = undefined;
    this.leaving = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.attempt(async () => {
      this.own = await ownNetworks.get();
      this.sayReturn();
    });
  }

  /** Says how the person came back, once: the address forgets it. */
  private sayReturn(): void {
    const name = new URLSearchParams(location.search).get('network');
    const label = this.own?.networks.find((network) => network.name === name)?.label;
    if (label === undefined) return;
    const problem = PROBLEMS.find((each) => each === this.back);
    if (problem !== undefined) this.faults = { '': this.say(this.words[problem], label) };
    if (this.back === 'connected') this.said = this.say(this.words.connected, label);
    history.replaceState(null, '', location.pathname);
  }

  private readonly handleAsk = (name: string | undefined): void => {
    this.leaving = name;
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('[data-first]')?.focus());
  };

  private handleDisconnect({ name, label }: Own): void {
    void this.attempt(async () => {
      const { withdrawal, recovery } = await ownNetworks.disconnect(name);
      const further = RECOVERIES[recovery];
      const sentences = [this.words.disconnected, this.words[OUTCOMES[withdrawal].now], further === undefined ? '' : this.words[further]];
      this.leaving = undefined;
      this.own = await ownNetworks.get();
      this.said = sentences
        .filter((sentence) => sentence !== '')
        .map((sentence) => this.say(sentence, label))
        .join(' ');
    });
  }

  private day(at: number): string {
    return new Intl.DateTimeFormat(this.locale, { dateStyle: 'long' }).format(at);
  }

  private renderQuestion(network: Own): TemplateResult {
    const { words, own } = this;
    const isLast = own?.isLastMeans === true;
    return html`<div class="question" role="group" aria-labelledby="question">
      <h2 id="question">${this.say(words.disconnectTitle, network.label)}</h2>
      <p>${this.say(words.disconnectStays, network.label)}</p>
      ${isLast && own.hasProvedEmail ? html`<p>${words.disconnectMail}</p>` : nothing}
      ${
        isLast && !own.hasProvedEmail
          ? html`<p class="warning">${words.disconnectLast} <a href="/account/security">${words.toSecurity}</a></p>`
          : nothing
      }
      <p class="choices">
        <button class="button" data-first aria-disabled=${this.busy ? 'true' : 'false'} @click=${() => this.handleDisconnect(network)}>
          ${this.say(words.disconnect, network.label)}
        </button>
        <button class="quiet" @click=${() => this.handleAsk(undefined)}>${words.keep}</button>
      </p>
    </div>`;
  }

  private renderNetwork(network: Own): TemplateResult {
    const { words } = this;
    const { name, label, connectedAt } = network;
    if (this.leaving === name) return html`<li>${this.renderQuestion(network)}</li>`;
    return html`<li>
      <div>
        <strong>${label}</strong><br />
        <span class="hint">${connectedAt === null ? words.notConnected : fill(words.since, { when: this.day(connectedAt) })}</span>
      </div>
      ${
        connectedAt === null
          ? html`<a class="act" href="/account/networks/${name}">${this.say(words.connect, label)}</a>`
          : html`<button class="quiet" @click=${() => this.handleAsk(name)}>${this.say(words.disconnect, label)}</button>`
      }
    </li>`;
  }

  private renderPast({ withdrawals }: AccountNetworksView): TemplateResult | typeof nothing {
    if (withdrawals.length === 0) return nothing;
    return html`<h2>${this.words.pastTitle}</h2>
      <ul class="list">
        ${withdrawals.map(
          ({ label, outcome, askedAt }) =>
            html`<li>
              <div>
                <strong>${label}</strong>, ${this.day(askedAt)}<br />
                <span class="hint">${this.say(this.words[OUTCOMES[outcome].past], label)}</span>
              </div>
            </li>`,
        )}
      </ul>`;
  }

  protected override render(): TemplateResult {
    const { own, words } = this;
    return html`<h1>${this.heading}</h1>
      <p class="lead">${words.ownLead}</p>
      ${this.renderFault()}${this.renderSaid()}
      ${
        own === undefined
          ? nothing
          : html`${own.networks.length === 0 ? html`<p>${words.ownNone}</p>` : nothing}
              <ul class="list">
                ${own.networks.map((network) => this.renderNetwork(network))}
              </ul>
              ${this.renderPast(own)}`
      }
      <p class="more"><a href="/account">${words.toAccount}</a></p>`;
  }
}
customElements.define('smoope-own-networks', OwnNetworksView);

/** The view. */
export const renderOwnNetworks = (): TemplateResult => html`<smoope-own-networks class="own"></smoope-own-networks>`;
