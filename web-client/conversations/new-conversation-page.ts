import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { goTo } from '../go-to.ts';
import { ApiFault } from '../api/api-session.ts';
import { openConversation } from '../api/customer-conversations.ts';
import type { Params } from '../router.ts';
import type { Opened } from '../session/opened-matrix.ts';
import type { ConversationTexts } from './conversation-texts-en.ts';
import { MatrixView } from './matrix-view.ts';

const FAULTS: Readonly<Record<string, keyof ConversationTexts>> = {
  COM_SMOOPE_BLOCKED: 'blocked',
  COM_SMOOPE_IDENTITY_REQUIRED: 'identityRequired',
  M_NOT_FOUND: 'notOpen',
  M_BAD_JSON: 'notOpen',
  M_INVALID_PARAM: 'notOpen',
  M_FORBIDDEN: 'member',
  M_LIMIT_EXCEEDED: 'limit',
};

/** Begins to write to a company: finds or makes the conversation, and goes there. */
export class NewConversationPage extends MatrixView {
  static override properties: PropertyDeclarations = { ...MatrixView.properties, slug: {}, fault: { state: true } };

  declare slug: string;
  declare private fault: keyof ConversationTexts | undefined;

  protected override begin(opened: Opened): void {
    void this.find(opened);
  }

  private async find({ matrix }: Opened): Promise<void> {
    this.fault = undefined;
    try {
      const { roomId } = await openConversation(matrix.client, { company: this.slug });
      if (this.isConnected) goTo(`/conversations/${encodeURIComponent(roomId)}`, null, 'replace');
    } catch (error) {
      this.fault = error instanceof ApiFault ? (FAULTS[error.code] ?? 'openFailed') : 'openFailed';
    }
  }

  protected override renderOpened(opened: Opened): TemplateResult {
    const { text, fault } = this;
    if (fault === undefined) return html`<p class="pending" role="status">${text.opening}</p>`;
    return html`<section class="notice-page">
      <h1>${text.title}</h1>
      <p class="lead" role="alert">${text[fault]}</p>
      ${fault === 'openFailed' ? html`<p><button class="button" type="button" @click=${() => void this.find(opened)}>${text.tryAgain}</button></p>` : ''}
      <p><a href="/conversations">${text.back}</a></p>
    </section>`;
  }
}
customElements.define('smoope-new-conversation-page', NewConversationPage);

/** The view of one company. */
export const renderNewConversation = ({ slug = '' }: Params) =>
  html`<smoope-new-conversation-page .slug=${slug}></smoope-new-conversation-page>`;
