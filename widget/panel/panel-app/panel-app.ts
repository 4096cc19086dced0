import { html, LitElement, nothing, type PropertyValues } from 'lit';
import type { Texts } from '../../locales/load.ts';
import type { AllText } from '../../locales/messages.ts';
import { baseStyles } from '../base.styles.ts';
import type { Composer } from '../composer/composer.ts';
import { askExtras, type ExtraRequest } from '../extra-request.ts';
import type { MessageList } from '../message-list/message-list.ts';
import type { PanelClient, PanelView } from '../panel-view.ts';
import type { Parts } from '../parts.ts';
import type { AskingSettings } from '../write-again.ts';
import '../composer/composer.ts';
import '../message-list/message-list.ts';
import '../panel-header/panel-header.ts';
import type { Extras, ExtrasHost } from './extras-host.ts';
import { panelAppStyles } from './panel-app.styles.ts';
import { renderWelcome } from './welcome.ts';

/** The opened panel: head, conversation or welcome or all conversations, connection, message field. What is more loads when it is used. */
export class PanelApp extends LitElement implements ExtrasHost {
  static override styles = [baseStyles, panelAppStyles];
  static override properties = {
    settings: {},
    texts: {},
    client: {},
    parts: {},
    view: {},
    isShown: {},
    draft: {},
    region: {},
    notice: {},
    closable: { type: Boolean },
    menuAt: {},
    isList: {},
  };

  declare settings: AskingSettings;
  declare texts: Texts;
  declare client: PanelClient;
  declare parts: Parts;
  declare view: PanelView;
  /** Whether the person sees the panel. */
  declare isShown: boolean;
  /** Language tag for dates and times. */
  declare region: string;
  /** What stood in the message field when the page was left; the field keeps what it holds from then on, out of sight as well. */
  declare draft: string;
  /** Something that is said once, below the conversation. */
  declare notice: string;
  declare closable: boolean;
  /** Button that the open menu came from. */
  declare menuAt: HTMLElement | undefined;
  /** All conversations are shown instead of one. */
  declare isList: boolean;
  #extras: Extras | undefined;

  constructor() {
    super();
    this.notice = '';
    this.isList = false;
    this.addEventListener('smoope-extra', (event) => void this.#handleExtra((event as CustomEvent<ExtraRequest>).detail));
    this.addEventListener('dragover', this.#handleDrop);
    this.addEventListener('drop', this.#handleDrop);
    this.addEventListener('smoope-select', (event) => this.#handleSelect(event as CustomEvent<string>));
  }

  /** Gives a text; those of rarely used parts are there once one of them has come. */
  get text(): AllText {
    return this.texts.text;
  }

  /** The message field; null where nothing can be written. */
  get composer(): Composer | null {
    return this.renderRoot.querySelector('smoope-composer');
  }

  /** The messages; null before the first one. */
  get list(): MessageList | null {
    return this.renderRoot.querySelector('smoope-message-list');
  }

  /** Puts the cursor into the message field; not on a touch screen, where that would open the keyboard over the text. */
  override focus(): void {
    if (!matchMedia('(pointer: coarse)').matches) this.composer?.focus();
  }

  override shouldUpdate(): boolean {
    return Boolean(this.client);
  }

  override updated(changed: PropertyValues<this>): void {
    this.#extras?.updated();
    const { thread, history } = this.view;
    if (!this.isShown || !thread) return;
    // What is hidden costs no requests: events are read when somebody looks.
    if (thread.before === undefined && history === 'idle') this.client.loadOlder();
    if (changed.has('isShown')) this.list?.look();
    if (thread.summary.status === 'closed') void this.#loadExtras();
  }

  async #loadExtras(): Promise<Extras | undefined> {
    const module = this.#extras ? undefined : await this.parts.load('extras');
    if (module && !this.#extras) {
      this.#extras = module.createExtras(this);
      this.requestUpdate();
    }
    return this.#extras;
  }

  async #handleExtra(request: ExtraRequest): Promise<void> {
    (await this.#loadExtras())?.handle(request);
  }

  #handleEnd(): void {
    if (this.isShown && document.visibilityState === 'visible') this.client.markSeen();
  }

  #handleDrop(event: DragEvent): void {
    // Or the browser would open the file in place of the panel.
    event.preventDefault();
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0 && this.settings.media && this.composer && !this.isList) askExtras(this, { kind: 'files', files });
  }

  #handleSend(event: CustomEvent<string>): void {
    const form = this.renderRoot.querySelector('smoope-pre-chat');
    const values = form?.check?.();
    // What the company asks must be there before anything is sent.
    if (form && !values) return event.preventDefault();
    if (values) this.client.describe(values);
    this.client.write('');
    if (!this.#extras?.send(event.detail)) this.client.send({ type: 'm.room.message', content: { msgtype: 'm.text', body: event.detail } });
  }

  #handleSelect({ detail }: CustomEvent<string>): void {
    this.isList = false;
    this.client.select(detail);
    void this.updateComplete.then(() => this.focus());
  }

  #renderContent() {
    const { company, open, preChat, again } = this.settings;
    const { thread, threads, outbox, hasSession, isNew, isListed } = this.view;
    if (this.isList) {
      void this.parts.load('conversations');
      return html`<smoope-conversations .threads=${threads} .text=${this.text} .locale=${this.region}></smoope-conversations>`;
    }
    if (thread || outbox.length > 0) {
      return html`<smoope-message-list
        .view=${this.view}
        .text=${this.text}
        .locale=${this.region}
        .company=${company.name}
        .extras=${this.#extras}
        @smoope-older=${() => this.client.loadOlder()}
        @smoope-end=${this.#handleEnd}
        @smoope-retry=${({ detail }: CustomEvent<string>) => this.parts.load('retry').then((part) => part?.writeAgain(this, detail))}
      ></smoope-message-list>`;
    }
    if (hasSession && !isNew && !isListed) return html`<div class="loading"><i></i><i></i><i></i></div>`;
    const asks = open && preChat?.length && (!isNew || again === threads.length);
    if (asks) void this.parts.load('preChat');
    return renderWelcome(
      this.settings,
      this.text,
      asks ? html`<smoope-pre-chat .fields=${preChat} .text=${this.text} .given=${this.view.fields}></smoope-pre-chat>` : undefined,
    );
  }

  #renderConnection() {
    const { isInterrupted, isSessionGone, outbox } = this.view;
    const isKept = outbox.some(({ failed }) => !failed);
    const line = isInterrupted
      ? this.text(isKept ? 'interruptedKept' : 'interrupted')
      : isSessionGone && !isKept
        ? this.text('sessionGone')
        : this.notice;
    return html`<p class="connection ${isInterrupted ? 'waits' : ''}" role="status">${line}</p>`;
  }

  #renderComposer() {
    const { open, media, identity } = this.settings;
    if (!open) return nothing;
    if (identity?.required && !this.view.kept.isVerified) return html`<p class="connection">${this.text('identifyFirst')}</p>`;
    return html`<smoope-composer
      ?hidden=${this.isList || this.#extras?.isRecording()}
      .text=${this.text}
      .value=${this.draft}
      .accept=${media?.types}
      .attached=${this.#extras?.attached() ?? 0}
      @smoope-write=${({ detail }: CustomEvent<string>) => this.client.write(detail)}
      @smoope-send=${this.#handleSend}
    ></smoope-composer>`;
  }

  #renderMenu() {
    if (!this.menuAt) return nothing;
    void this.parts.load('menu');
    return html`<smoope-panel-menu
      .anchor=${this.menuAt}
      .settings=${this.settings}
      .text=${this.text}
      .client=${this.client}
      .view=${this.view}
      .locale=${this.region}
      @smoope-leave=${() => (this.menuAt = undefined)}
      @smoope-list=${() => (this.isList = true)}
      @smoope-notice=${({ detail }: CustomEvent<string>) => (this.notice = detail)}
    ></smoope-panel-menu>`;
  }

  override render() {
    const { thread, threads, isNew, unread } = this.view;
    return html`
      <header>
        <smoope-panel-header
          .settings=${this.settings}
          .text=${this.text}
          .thread=${this.isList ? undefined : thread}
          .hasList=${!this.isList && threads.length > (isNew ? 0 : 1)}
          .others=${unread - (thread?.summary.unread ?? 0)}
          ?closable=${this.closable}
          @smoope-list=${() => (this.isList = true)}
          @smoope-panel-menu=${({ detail }: CustomEvent<HTMLElement>) => (this.menuAt = detail)}
        ></smoope-panel-header>
        ${this.#renderMenu()} ${this.#extras?.over()}
      </header>
      <main>
        ${this.#renderContent()} ${this.#renderConnection()} ${this.isList ? nothing : this.#extras?.above()} ${this.#renderComposer()}
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
