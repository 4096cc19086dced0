import { html, LitElement, nothing } from 'lit';
import type { PanelSettings } from '../../../appservice/visitors/panel-wire.ts';
import type { Text } from '../../locales/messages.ts';
import { renderAvatar } from '../avatar.ts';
import { baseStyles } from '../base.styles.ts';
import type { Thread } from '../conversation-state.ts';
import { closeIcon, externalIcon, menuIcon } from '../icons.ts';
import { legalLinks } from '../links.ts';
import { panelHeaderStyles } from './panel-header.styles.ts';

/**
 * Head of the panel: the company, who is answering, the menu.
 * @event smoope-close - The person wants the panel closed.
 */
export class PanelHeader extends LitElement {
  static override styles = [baseStyles, panelHeaderStyles];
  static override properties = {
    settings: { attribute: false },
    text: { attribute: false },
    thread: { attribute: false },
    closable: { type: Boolean },
  };

  declare settings: PanelSettings;
  declare text: Text;
  declare thread: Thread | undefined;
  declare closable: boolean;

  private handleClose(): void {
    this.dispatchEvent(new CustomEvent('smoope-close', { bubbles: true, composed: true }));
  }

  private renderState() {
    const { summary } = this.thread ?? {};
    if (!summary || summary.status === 'closed') return nothing;
    const names = new Intl.ListFormat(this.settings.locale).format(summary.answering.map(({ name }) => name));
    return html`<p class="sub" role="status">${names ? this.text('answering', { names }) : this.text('waiting')}</p>`;
  }

  private renderMenu() {
    const number = this.thread?.summary.number;
    return html`<nav id="menu" popover aria-label=${this.text('menu')}>
      ${number ? html`<p>${this.text('number', { number })}</p>` : nothing}
      ${legalLinks(this.settings, this.text).map(
        ({ href, label }) =>
          html`<a href=${href} target="_blank" rel="noopener noreferrer external"
            >${label} ${externalIcon}<span class="hidden">(${this.text('newWindow')})</span></a
          >`,
      )}
    </nav>`;
  }

  override render() {
    const { company } = this.settings;
    const [person] = this.thread?.summary.answering ?? [];
    return html`
      ${renderAvatar(company.name, company.logoUrl, 'company')}
      ${person?.kind === 'agent' ? renderAvatar(person.name, person.pictureUrl, 'person') : nothing}
      <div class="names">
        <h1 dir="auto">${company.name}</h1>
        ${this.renderState()}
      </div>
      <button class="round" popovertarget="menu" aria-label=${this.text('menu')}>${menuIcon}</button>
      ${this.renderMenu()}
      ${this.closable ? html`<button class="round" aria-label=${this.text('close')} @click=${this.handleClose}>${closeIcon}</button>` : nothing}
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'smoope-panel-header': PanelHeader;
  }
}

customElements.define('smoope-panel-header', PanelHeader);
