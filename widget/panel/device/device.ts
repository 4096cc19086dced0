import { css, html, LitElement, nothing } from 'lit';
import type { PanelSettings } from '../../../appservice/visitors/panel-wire.ts';
import type { AllText } from '../../locales/messages.ts';
import { baseStyles } from '../base.styles.ts';
import { sheetStyles } from '../floating/sheet.styles.ts';
import { formatTime } from '../message-list/times.ts';
import type { PanelClient } from '../panel-view.ts';
import { addressWithCode, type CodedAddress } from '../session-code.ts';
import { renderQrCode } from './qr-code.ts';

/**
 * The way to another device, or into an account in the app: a picture for a camera and a link, each good once and for some minutes.
 * @event smoope-leave - It has closed.
 */
export class Device extends LitElement {
  static override styles = [
    baseStyles,
    sheetStyles,
    css`
      svg {
        display: block;
        width: min(220px, 60vw);
        margin: 16px auto;
        border-radius: 12px;
      }
      a.choice {
        display: grid;
        place-items: center;
        text-decoration: none;
      }
      .until {
        font-size: 14px;
        text-align: center;
      }
    `,
  ];
  static override properties = {
    settings: { attribute: false },
    text: { attribute: false },
    client: { attribute: false },
    purpose: {},
    locale: {},
    address: { state: true },
    state: { state: true },
  };

  declare settings: PanelSettings;
  declare text: AllText;
  declare client: PanelClient;
  /** Where it leads; into the app the conversation itself moves. */
  declare purpose: 'resume' | 'app';
  /** Language tag for times. */
  declare locale: string;
  declare address: CodedAddress | undefined;
  declare state: 'loading' | 'ready' | 'over' | 'failed' | 'copied';
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.state = 'loading';
    this.purpose = 'resume';
  }

  override firstUpdated(): void {
    this.renderRoot.querySelector('dialog')?.showModal();
    void this.make();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  private async make(): Promise<void> {
    this.state = 'loading';
    this.address = undefined;
    try {
      this.address = await addressWithCode(this.client, this.settings, this.purpose);
      this.state = 'ready';
      this.timer = setTimeout(() => {
        this.state = 'over';
        this.address = undefined;
      }, this.address.expiresAt - Date.now());
    } catch {
      this.state = 'failed';
    }
  }

  private async copy(): Promise<void> {
    await navigator.clipboard.writeText(this.address?.url ?? '').then(
      () => (this.state = 'copied'),
      () => undefined,
    );
  }

  private close(): void {
    this.renderRoot.querySelector('dialog')?.close();
  }

  private renderAddress({ url, expiresAt }: CodedAddress) {
    return html`<p>${this.text(this.purpose === 'app' ? 'appHint' : 'deviceHint')}</p>
      ${renderQrCode(url, this.text('qrCode'))}
      <p class="until">${this.text('deviceUntil', { time: formatTime(expiresAt, this.locale) })}</p>`;
  }

  override render() {
    const { address, state } = this;
    const isApp = this.purpose === 'app';
    const said = { loading: this.text('loading'), ready: '', over: this.text('deviceOver'), failed: this.text('actionFailed'), copied: '' }[
      state
    ];
    return html`<dialog
      aria-labelledby="title"
      @close=${() => this.dispatchEvent(new CustomEvent('smoope-leave', { bubbles: true, composed: true }))}
    >
      <h2 id="title">${this.text(isApp ? 'app' : 'deviceTitle')}</h2>
      ${address ? this.renderAddress(address) : nothing}
      <p role="status">${said}</p>
      <div class="choices">
        ${
          address
            ? html`<button class="choice" @click=${this.copy}>${this.text(state === 'copied' ? 'copied' : 'copyLink')}</button>`
            : state === 'loading'
              ? nothing
              : html`<button class="choice" @click=${this.make}>${this.text('deviceAgain')}</button>`
        }
        ${
          isApp && address
            ? html`<a class="choice main" href=${address.url} target="_blank" rel="noopener noreferrer">${this.text('appOpen')}</a>`
            : nothing
        }
        <button class="choice ${isApp ? '' : 'main'}" @click=${this.close}>${this.text('done')}</button>
      </div>
    </dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'smoope-device': Device;
  }
}

customElements.define('smoope-device', Device);
