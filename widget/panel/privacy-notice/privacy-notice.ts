import { html, LitElement } from 'lit';
import type { PanelSettings } from '../../../appservice/visitors/panel-wire.ts';
import type { Text } from '../../locales/messages.ts';
import { baseStyles } from '../base.styles.ts';
import { shieldIcon } from '../icons.ts';
import { legalLinks } from '../links.ts';
import { privacyNoticeStyles } from './privacy-notice.styles.ts';

/** What happens with a message, said before the first one is written: three sentences and the links to all the rest. */
export class PrivacyNotice extends LitElement {
  static override styles = [baseStyles, privacyNoticeStyles];
  static override properties = { settings: { attribute: false }, text: { attribute: false }, linksOnly: { type: Boolean } };

  declare settings: PanelSettings;
  declare text: Text;
  /** Nothing can be written here, so there is nothing to say but where to read on. */
  declare linksOnly: boolean;

  override render() {
    const { company, service } = this.settings;
    const links = html`<ul>
      ${legalLinks(this.settings, this.text).map(
        ({ href, label }) =>
          html`<li>
            <a href=${href} target="_blank" rel="noopener noreferrer external"
              >${label}<span class="hidden"> (${this.text('newWindow')})</span></a
            >
          </li>`,
      )}
    </ul>`;
    if (this.linksOnly) return links;
    return html`
      ${shieldIcon}
      <h2>${this.text('noticeTitle')}</h2>
      <div>
        <p>${this.text('notice', { company: company.name, service: service.name })}</p>
        ${links}
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'smoope-privacy-notice': PrivacyNotice;
  }
}

customElements.define('smoope-privacy-notice', PrivacyNotice);
