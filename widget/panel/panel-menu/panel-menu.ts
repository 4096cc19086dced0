import { html, nothing, svg } from 'lit';
import type { PanelSettings } from '../../../appservice/visitors/panel-wire.ts';
import type { AllText, MoreKey } from '../../locales/messages.ts';
import { baseStyles } from '../base.styles.ts';
import { Floating } from '../floating/floating.ts';
import { floatingStyles } from '../floating/floating.styles.ts';
import { externalIcon, icon } from '../icons.ts';
import { legalLinks } from '../links.ts';
import type { PanelClient, PanelView } from '../panel-view.ts';
import { saveFile } from '../../../browser/files/save-file.ts';
import { keep } from '../session-changes.ts';
import { addressWithCode } from '../session-code.ts';

const signs: Partial<Record<MoreKey | 'conversations', unknown>> & Readonly<Record<'mute', unknown>> = {
  conversations: icon(svg`<path d="M21 15a2 2 0 0 1-2 2H7l-4 4V5a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2z"/>`),
  newConversation: icon(svg`<path d="M21 15a2 2 0 0 1-2 2H7l-4 4V5a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2zM12 7v6M9 10h6"/>`),
  sound: icon(svg`<path d="M11 4.7 6.4 8H3a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h3.4l4.6 3.3zM16 9a5 5 0 0 1 0 6M19.4 18.4a9 9 0 0 0 0-12.8"/>`),
  mute: icon(svg`<path d="M11 4.7 6.4 8H3a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h3.4l4.6 3.3zM16.5 14.5l5-5M16.5 9.5l5 5"/>`),
  popout: icon(svg`<path d="M15 3h6v6M10 14 21 3M18 13v6a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h6"/>`),
  device: icon(svg`<rect x="5" y="2" width="14" height="20" rx="2"/><path d="M12 18h.01"/>`),
  app: icon(svg`<path d="M15 3h4a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2h-4M10 17l5-5-5-5M15 12H3"/>`),
  transcript: icon(svg`<path d="M12 15V3M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4M7 10l5 5 5-5"/>`),
  transcriptText: icon(
    svg`<path d="M6 22a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h8l6 6v12a2 2 0 0 1-2 2zM14 2v5a1 1 0 0 0 1 1h5M10 9H8M16 13H8M16 17H8"/>`,
  ),
  end: icon(svg`<path d="M16 17l5-5-5-5M21 12H9M9 21H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h4"/>`),
  deleteAll: icon(svg`<path d="M3 6h18M19 6v14a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V6M8 6V4a2 2 0 0 1 2-2h4a2 2 0 0 1 2 2v2"/>`),
};

/**
 * The menu of the panel: other conversations, how it behaves, what can be done with a conversation, who answers for data.
 * @event smoope-list - All conversations are to be shown.
 * @event smoope-select - Another conversation is to be shown; `detail` is its id, or `new`.
 * @event smoope-notice - Something is to be said; `detail` is the sentence.
 * @event smoope-leave - The menu has closed.
 */
export class PanelMenu extends Floating {
  static override styles = [baseStyles, floatingStyles];
  static override properties = {
    ...Floating.properties,
    settings: { attribute: false },
    text: { attribute: false },
    client: { attribute: false },
    view: { attribute: false },
    locale: {},
    dialog: { state: true },
  };

  declare settings: PanelSettings;
  declare text: AllText;
  declare client: PanelClient;
  declare view: PanelView;
  /** Language tag for times. */
  declare locale: string;
  /** What follows when the menu has gone. */
  declare dialog: 'delete' | 'device' | 'app' | undefined;

  private tell(name: 'smoope-list' | 'smoope-select' | 'smoope-notice' | 'smoope-leave', detail?: string): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  /** Closes the menu, then does something whose failure is said. */
  private run(act: () => void | Promise<void>): void {
    this.leave();
    Promise.resolve()
      .then(act)
      .catch(() => this.tell('smoope-notice', this.text('actionFailed')));
  }

  private async saveTranscript(format: 'html' | 'text'): Promise<void> {
    const { summary } = this.view.thread ?? {};
    if (!summary) return;
    const path = this.client.pathOf(summary.id, `/transcript?format=${format}`);
    const answer = await this.client.open({ path, headers: { accept: '*/*' } });
    saveFile(await answer.blob(), `${this.settings.company.slug}-${summary.number}.${format === 'html' ? 'html' : 'txt'}`);
  }

  private async end(): Promise<void> {
    const id = this.view.thread?.summary.id;
    if (id) await this.client.call({ method: 'POST', path: this.client.pathOf(id, '/close') });
  }

  /** Lets a dialog follow the menu. */
  private ask(dialog: 'delete' | 'device' | 'app'): void {
    this.dialog = dialog;
    this.leave();
    (dialog === 'delete' ? import('./delete-dialog.ts') : import('../device/device.ts')).catch(() => {
      this.tell('smoope-notice', this.text('partFailed'));
      this.tell('smoope-leave');
    });
  }

  private async popOut(): Promise<void> {
    const { url } = await addressWithCode(this.client, this.settings, 'popout');
    window.open(url, '_blank', 'noopener,noreferrer,popup,width=420,height=720');
  }

  protected override handleToggle(event: ToggleEvent): void {
    if (!this.dialog) super.handleToggle(event);
  }

  private renderItem(name: MoreKey | 'conversations', act: () => void, className = '') {
    return html`<button class="item ${className}" role="menuitem" @click=${act}>${signs[name]} ${this.text(name)}</button>`;
  }

  private renderConversation() {
    const { thread } = this.view;
    if (!thread) return nothing;
    return html`
      ${this.renderItem('transcript', () => this.run(() => this.saveTranscript('html')))}
      ${this.renderItem('transcriptText', () => this.run(() => this.saveTranscript('text')))}
      ${thread.summary.status === 'closed' ? nothing : this.renderItem('end', () => this.run(() => this.end()))}
      ${this.renderItem('deleteAll', () => this.ask('delete'), 'bad')}
      <hr />
    `;
  }

  private renderDialog(name: 'delete' | 'device' | 'app') {
    return name !== 'delete'
      ? html`<smoope-device
          .settings=${this.settings}
          .text=${this.text}
          .client=${this.client}
          .locale=${this.locale}
          .purpose=${name === 'app' ? 'app' : 'resume'}
        ></smoope-device>`
      : html`<smoope-delete-dialog
          .company=${this.settings.company.name}
          .text=${this.text}
          .client=${this.client}
          .view=${this.view}
        ></smoope-delete-dialog>`;
  }

  private renderSound() {
    const { sound } = this.view.kept;
    return html`<button
      class="item"
      role="menuitemcheckbox"
      aria-checked=${sound ? 'true' : 'false'}
      @click=${() => keep(this.client, { sound: !sound })}
    >
      ${sound ? signs.sound : signs.mute} ${this.text('sound')} <b aria-hidden="true">${sound ? '✓' : ''}</b>
    </button>`;
  }

  override render() {
    const { thread, threads, isNew, hasSession } = this.view;
    const number = thread?.summary.number;
    if (this.dialog) return this.renderDialog(this.dialog);
    return html`<div popover @beforetoggle=${this.handleBeforeToggle} @toggle=${this.handleToggle} @keydown=${this.handleKey}>
      ${number ? html`<p class="note">${this.text('number', { number })}</p>` : nothing}
      <div role="menu" aria-label=${this.text('menu')}>
        ${
          threads.length > 0 && !isNew
            ? html`${this.renderItem('conversations', () => this.run(() => this.tell('smoope-list')))}
                ${this.renderItem('newConversation', () => this.run(() => this.tell('smoope-select', 'new')))}
                <hr />`
            : nothing
        }
        ${this.renderSound()} ${this.renderItem('popout', () => this.run(() => this.popOut()))}
        ${hasSession ? this.renderItem('device', () => this.ask('device')) : nothing}
        ${thread ? this.renderItem('app', () => this.ask('app')) : nothing}
        <hr />
        ${this.renderConversation()}
        ${legalLinks(this.settings, this.text).map(
          ({ href, label }) =>
            html`<a class="item" role="menuitem" href=${href} target="_blank" rel="noopener noreferrer external"
              >${label} ${externalIcon}<span class="hidden">(${this.text('newWindow')})</span></a
            >`,
        )}
      </div>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'smoope-panel-menu': PanelMenu;
  }
}

customElements.define('smoope-panel-menu', PanelMenu);
