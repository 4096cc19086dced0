import { html, LitElement, nothing } from 'lit';
import type { PanelSettings } from '../../../appservice/visitors/panel-wire.ts';
import type { Text } from '../../locales/messages.ts';
import { renderAvatar } from '../avatar.ts';
import { baseStyles } from '../base.styles.ts';
import type { Thread } from '../conversation-state.ts';
import { backIcon, closeIcon, menuIcon } from '../icons.ts';
import { panelHeaderStyles } from './panel-header.styles.ts';

/**
 * Head of the panel: the company, who is answering, the way to the menu and to other conversations.
 * @event smoope-close - The person wants the panel closed.
 * @event smoope-list - The person wants to see all conversations.
 * @event smoope-panel-menu - The menu is wanted; `detail` is the button.
 */
export class PanelHeader extends LitElement {
  static override styles = [baseStyles, panelHeaderStyles];
  static override properties = {
    settings: {},
    text: {},
    thread: {},
    closable: { type: Boolean },
    hasList: {},
    others: {},
  };

  declare settings: PanelSettings;
  declare text: Text;
  declare thread: Thread | undefined;
  declare closable: boolean;
  /** Whether there are several conversations to go back to. */
  declare hasList: boolean;
  /** Unread messages of the other conversations. */
  declare others: number;

  #emit(name: 'smoope-close' | 'smoope-list' | 'smoope-panel-menu', detail?: HTMLElement): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  #renderState() {
    const { summary } = this.thread ?? {};
    const { availability } = this.settings;
    const isAway = availability?.open === false && availability.text;
    if (isAway && summary?.answering.length === 0) return html`<p class="sub" dir="auto">${isAway}</p>`;
    if (!summary || summary.status === 'closed') return nothing;
    const names = new Intl.ListFormat(this.settings.locale).format(summary.answering.map(({ name }) => name));
    return html`<p class="sub" role="status">${names ? this.text('answering', { names }) : this.text('waiting')}</p>`;
  }

  #renderBack() {
    if (!this.hasList) return nothing;
    const { others } = this;
    const label = this.text('conversations') + (others ? `, ${this.text('unread', { count: others })}` : '');
    return html`<button class="round back" aria-label=${label} @click=${() => this.#emit('smoope-list')}>
      ${backIcon}${others ? html`<b aria-hidden="true">${others}</b>` : nothing}
    </button>`;
  }

  override render() {
    const { company } = this.settings;
    const [person] = this.thread?.summary.answering ?? [];
    return html`
      ${this.#renderBack()} ${renderAvatar(company.name, company.logoUrl, 'company')}
      ${person?.kind === 'agent' ? renderAvatar(person.name, person.pictureUrl, 'person') : nothing}
      <div class="names">
        <h1 dir="auto">${company.name}</h1>
        ${this.#renderState()}
      </div>
      <button
        class="round"
        aria-label=${this.text('menu')}
        aria-haspopup="menu"
        @click=${({ currentTarget }: Event) => this.#emit('smoope-panel-menu', currentTarget as HTMLElement)}
      >
        ${menuIcon}
      </button>
      ${
        this.closable
          ? html`<button class="round" aria-label=${this.text('close')} @click=${() => this.#emit('smoope-close')}>${closeIcon}</button>`
          : nothing
      }
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'smoope-panel-header': PanelHeader;
  }
}

customElements.define('smoope-panel-header', PanelHeader);
