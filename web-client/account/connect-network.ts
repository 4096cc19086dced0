import { html, nothing, type TemplateResult } from 'lit';
import type { Params } from '../router.ts';
import { ownNetworks } from './network-data.ts';
import { NetworkView } from './network-view.ts';

/** Before somebody leaves to connect a network with the account they are signed in to. */
export class ConnectNetworkView extends NetworkView {
  protected get heading(): string {
    return this.say(this.words.connectTitle);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.attempt(async () => {
      this.network = (await ownNetworks.get()).networks.find(({ name }) => name === this.name);
    });
  }

  private readonly handleLeave = (event: Event): void => {
    event.preventDefault();
    void this.attempt(async () => location.assign(await ownNetworks.connect(this.name)));
  };

  protected override render(): TemplateResult | typeof nothing {
    const { network, words } = this;
    if (network === undefined && this.busy) return nothing;
    return html`<h1>${network === undefined ? words.ownTitle : this.heading}</h1>
      ${this.renderFault()}
      ${
        network === undefined
          ? html`<p>${this.faults[''] === undefined ? words.unknown : nothing}</p>`
          : html`${this.renderAsked(network, { for: 'connection', asksNumber: false })}
              <form class="after" @submit=${this.handleLeave}>${this.renderButton(this.say(words.leave))}</form>`
      }
      <p class="more"><a href="/account/networks">${words.ownTitle}</a></p>`;
  }
}
customElements.define('smoope-connect-network', ConnectNetworkView);

/** The view. */
export const renderConnectNetwork = ({ network = '' }: Params): TemplateResult =>
  html`<smoope-connect-network class="own" .name=${network}></smoope-connect-network>`;
