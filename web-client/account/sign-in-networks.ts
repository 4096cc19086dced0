import { html, nothing, type TemplateResult } from 'lit';
import type { NetworkView as Network } from '../../appservice/networks/network-wire.ts';
import type { Params } from '../router.ts';
import { goTo } from '../go-to.ts';
import { listNetworks } from './network-data.ts';
import { NetworkView } from './network-view.ts';

/** Which network to sign in with; where there is one only, its own page. */
export class SignInNetworksView extends NetworkView {
  static override properties = { networks: { state: true } };

  declare private networks: readonly Network[];
  protected readonly heading = this.words.chooseTitle;

  constructor() {
    super();
    this.networks = [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.attempt(async () => {
      const { networks } = await listNetworks();
      const [only, ...others] = networks;
      if (only !== undefined && others.length === 0) {
        history.replaceState(null, '', this.addressOf(only));
        goTo(this.addressOf(only));
      } else this.networks = networks;
    });
  }

  private addressOf({ name }: Network): string {
    return `/account/sign-in/${this.flow}/networks/${name}`;
  }

  protected override render(): TemplateResult {
    return html`<h1>${this.heading}</h1>
      <p class="lead">${this.words.chooseLead}</p>
      ${this.renderFault()}
      <ul class="list">
        ${this.networks.map(
          (network) =>
            html`<li>
              <a href=${this.addressOf(network)}><strong>${this.say(this.words.signInTitle, network.label)}</strong></a>
            </li>`,
        )}
      </ul>
      ${this.busy ? nothing : html`<p class="more"><a href="/account/sign-in/${this.flow}">${this.words.otherWay}</a></p>`}`;
  }
}
customElements.define('smoope-sign-in-networks', SignInNetworksView);

/** The view. */
export const renderSignInNetworks = ({ flow = '' }: Params): TemplateResult =>
  html`<smoope-sign-in-networks class="own" .flow=${flow}></smoope-sign-in-networks>`;
