import { html, LitElement, nothing, type PropertyValues } from 'lit';
import type { PanelSettings } from '../../../appservice/visitors/panel-wire.ts';
import type { Text } from '../../locales/messages.ts';
import { baseStyles } from '../base.styles.ts';
import type { PanelClient, PanelView } from '../panel-client.ts';
import '../composer/composer.ts';
import '../message-list/message-list.ts';
import '../panel-header/panel-header.ts';
import '../privacy-notice/privacy-notice.ts';
import { panelAppStyles } from './panel-app.styles.ts';

/** The opened panel: head, conversation or welcome, connection, message field. */
export class PanelApp extends LitElement {
  static override styles = [baseStyles, panelAppStyles];
  static override properties = {
    settings: { attribute: false },
    text: { attribute: false },
    client: { attribute: false },
    view: { attribute: false },
    isShown: { attribute: false },
    draft: { attribute: false },
    region: { attribute: false },
    closable: { type: Boolean },
  };

  declare settings: PanelSettings;
  declare text: Text;
  declare client: PanelClient;
  declare view: PanelView;
  /** Whether the person sees the panel. */
  declare isShown: boolean;
  /** Language tag for dates and times. */
  declare region: string;
  /** What stood in the message field when the page was left. */
  declare draft: string;
  declare closable: boolean;

  /** Puts the cursor into the message field; not on a touch screen, where that would open the keyboard over the text. */
  override focus(): void {
    if (!matchMedia('(pointer: coarse)').matches) this.renderRoot.querySelector('smoope-composer')?.focus();
  }

  override shouldUpdate(): boolean {
    return Boolean(this.client);
  }

  override updated(changed: PropertyValues<this>): void {
    if (!this.isShown || !this.view.thread) return;
    // What is hidden costs no requests: events are read when somebody looks.
    if (this.view.thread.before === undefined && this.view.history === 'idle') this.client.loadOlder();
    if (changed.has('isShown')) this.renderRoot.querySelector('smoope-message-list')?.look();
  }

  private handleEnd(): void {
    if (this.isShown && document.visibilityState === 'visible') this.client.markSeen();
  }

  private handleSend({ detail }: CustomEvent<string>): void {
    this.client.send(detail);
  }

  private handleWrite({ detail }: CustomEvent<string>): void {
    this.client.write(detail);
  }

  private handleRetry({ detail }: CustomEvent<string>): void {
    this.client.retry(detail);
  }

  private renderWelcome(title: string, greeting: string) {
    return html`<div class="welcome" role="region" tabindex="0" aria-label=${title}>
      <div class="hello">
        <h2 dir="auto">${title}</h2>
        <p dir="auto">${greeting}</p>
      </div>
      <smoope-privacy-notice .settings=${this.settings} .text=${this.text} ?linksOnly=${!this.settings.open}></smoope-privacy-notice>
    </div>`;
  }

  private renderContent() {
    const { company, open } = this.settings;
    const { thread, outbox, hasSession } = this.view;
    if (thread || outbox.length > 0) {
      return html`<smoope-message-list
        .view=${this.view}
        .text=${this.text}
        .locale=${this.region}
        .company=${company.name}
        @smoope-older=${() => this.client.loadOlder()}
        @smoope-end=${this.handleEnd}
        @smoope-retry=${this.handleRetry}
      ></smoope-message-list>`;
    }
    if (hasSession) return html`<div class="loading"><i></i><i></i><i></i></div>`;
    if (!open) return this.renderWelcome(this.text('notOpen', { company: company.name }), this.text('notOpenHint'));
    return this.renderWelcome(company.texts.title ?? this.text('title'), company.texts.greeting ?? this.text('greeting'));
  }

  private renderConnection() {
    const { isInterrupted, isSessionGone, outbox } = this.view;
    const isKept = outbox.some(({ failed }) => !failed);
    const line = isInterrupted
      ? this.text(isKept ? 'interruptedKept' : 'interrupted')
      : isSessionGone && !isKept
        ? this.text('sessionGone')
        : '';
    return html`<p class="connection ${isInterrupted ? 'waits' : ''}" role="status">${line}</p>`;
  }

  override render() {
    return html`
      <header>
        <smoope-panel-header
          .settings=${this.settings}
          .text=${this.text}
          .thread=${this.view.thread}
          ?closable=${this.closable}
        ></smoope-panel-header>
      </header>
      <main>
        ${this.renderContent()} ${this.renderConnection()}
        ${
          this.settings.open
            ? html`<smoope-composer
                .text=${this.text}
                .value=${this.draft}
                @smoope-write=${this.handleWrite}
                @smoope-send=${this.handleSend}
              ></smoope-composer>`
            : nothing
        }
      </main>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'smoope-panel': PanelApp;
  }
}

customElements.define('smoope-panel', PanelApp);
