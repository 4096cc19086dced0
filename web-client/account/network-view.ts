import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { NetworkView as Network } from '../../appservice/networks/network-wire.ts';
import type { AccountFault } from './account-api.ts';
import { fill } from './account-texts.ts';
import { AccountView, type Faults } from './account-view.ts';
import type { NetworkTexts } from './network-texts-en.ts';
import { networkTexts } from './network-texts.ts';

/** What is asked for: at a sign-in all of it may be used, for an account that is there the id alone. */
type Asked = { readonly for: 'sign-in' | 'connection'; readonly asksNumber: boolean };

/** A view about one network or all of them. */
export abstract class NetworkView extends AccountView {
  static override properties: PropertyDeclarations = { name: {}, network: { state: true } };

  /** Name of the network in the address. */
  declare name: string;
  /** The network, once it is known. */
  declare protected network: Network | undefined;
  protected readonly words: NetworkTexts = networkTexts(this.locale);

  constructor() {
    super();
    this.name = '';
    this.network = undefined;
  }

  /** A text about the network. */
  protected say(text: string, label = this.network?.label ?? ''): string {
    return fill(text, { network: label });
  }

  protected override explain(fault: AccountFault): Faults {
    return fault.code === 'COM_SMOOPE_NETWORK_UNAVAILABLE' ? { '': this.words.faultUnavailable } : super.explain(fault);
  }

  /** Where the browser came back from a network with this word; it stands in the address. */
  protected readonly back = new URLSearchParams(location.search).get('back');

  /** Before leaving: which fields are asked for and for what, who the network is, and where its own terms are. */
  protected renderAsked({ operator, country, privacyUrl, termsUrl }: Network, asked: Asked): TemplateResult {
    const { words } = this;
    const brand = document.title.split(' · ').at(-1) ?? '';
    const place = new Intl.DisplayNames(this.locale, { type: 'region' }).of(country) ?? country;
    const row = (what: string, why: string): TemplateResult =>
      html`<div>
        <dt>${this.say(what)}</dt>
        <dd>${this.say(why)}</dd>
      </div>`;
    const isSignIn = asked.for === 'sign-in';
    const link = (address: string, text: string): TemplateResult =>
      html`<a href=${address} target="_blank" rel="noopener noreferrer">${this.say(text)}</a>`;
    return html`<p class="lead">${this.say(fill(words.leaveLead, { operator, country: place, brand }))}</p>
      <section class="notice" aria-labelledby="asked">
        <h2 id="asked">${this.say(words.askedTitle)}</h2>
        <dl class="asked">
          ${isSignIn ? [row(words.askedNames, words.askedNamesWhy), row(words.askedEmail, words.askedEmailWhy)] : nothing}
          ${row(words.askedId, words.askedIdWhy)}
        </dl>
        ${isSignIn ? nothing : html`<p>${this.say(words.connectNames)}</p>`}
        <p>${words.askedOnce}</p>
        ${isSignIn && asked.asksNumber ? html`<p>${words.askedNumber}</p>` : nothing}
        <p class="links">${link(privacyUrl, words.privacyLink)} ${link(termsUrl, words.termsLink)}</p>
      </section>`;
  }
}
