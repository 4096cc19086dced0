import { html, LitElement, nothing } from 'lit';
import type { AllText, MoreKey } from '../../locales/messages.ts';
import { baseStyles } from '../base.styles.ts';
import { sheetStyles } from '../floating/sheet.styles.ts';
import type { PanelClient, PanelView } from '../panel-view.ts';
import { dropConversation, forgetSession } from '../session-changes.ts';

/**
 * Asks, once, whether a conversation or everything shall be deleted, and says what goes.
 * @event smoope-notice - What has become of it; `detail` is the sentence.
 * @event smoope-leave - It has closed.
 */
export class DeleteDialog extends LitElement {
  static override styles = [baseStyles, sheetStyles];
  static override properties = {
    company: {},
    text: { attribute: false },
    client: { attribute: false },
    view: { attribute: false },
    isEverything: { state: true },
  };

  declare company: string;
  declare text: AllText;
  declare client: PanelClient;
  declare view: PanelView;
  /** The person looks at deleting everything. */
  declare isEverything: boolean;

  override firstUpdated(): void {
    this.renderRoot.querySelector('dialog')?.showModal();
  }

  private tell(name: 'smoope-notice' | 'smoope-leave', detail?: string): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  private close(): void {
    this.renderRoot.querySelector('dialog')?.close();
  }

  private async delete(): Promise<void> {
    const { client, isEverything } = this;
    const id = this.view.thread?.summary.id ?? '';
    let said: MoreKey = isEverything ? 'deletedEverything' : 'deleted';
    // With the last one the session ends; the person knows why and need not be told by the stream.
    const isLast = isEverything || this.view.threads.length < 2;
    this.close();
    if (isLast) client.close();
    try {
      await client.call({ method: 'DELETE', path: isEverything ? '/api/v1/visitor' : client.pathOf(id, '') });
      if (isLast) forgetSession(client);
      else dropConversation(client, id);
    } catch {
      client.start();
      said = 'actionFailed';
    }
    this.tell('smoope-notice', this.text(said));
  }

  override render() {
    const { company, view, isEverything } = this;
    const number = view.thread?.summary.number ?? '';
    const count = view.threads.length;
    return html`<dialog aria-labelledby="title" aria-describedby="goes" @close=${() => this.tell('smoope-leave')}>
      <h2 id="title">${this.text('deleteTitle')}</h2>
      <p id="goes">${isEverything ? this.text('deleteEverything', { company, count }) : this.text('deleteThis', { company, number })}</p>
      <div class="choices">
        <button class="choice danger" @click=${() => void this.delete()}>
          ${this.text(isEverything ? 'deleteEverythingNow' : 'deleteThisNow')}
        </button>
        ${
          isEverything
            ? nothing
            : html`<button class="choice" @click=${() => (this.isEverything = true)}>${this.text('deleteEverythingNow')} …</button>`
        }
        <button class="choice" autofocus @click=${this.close}>${this.text('cancel')}</button>
      </div>
    </dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'smoope-delete-dialog': DeleteDialog;
  }
}

customElements.define('smoope-delete-dialog', DeleteDialog);
