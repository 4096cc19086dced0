import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Params } from '../router.ts';
import type { Opened } from '../session/opened-matrix.ts';
import { renderList } from './conversation-list.ts';
import { inOrder, summaryOf } from './conversation-summary.ts';
import './app-menu.ts';
import './conversation-thread.ts';
import { MatrixView } from './matrix-view.ts';

/** Somebody's conversations: the list, and the one that is open beside it; on a narrow screen one of the two. */
export class ConversationsPage extends MatrixView {
  static override properties: PropertyDeclarations = { ...MatrixView.properties, roomId: {} };

  declare roomId: string;
  private drawn = 0;

  private renderEmpty(): TemplateResult {
    const { text } = this;
    return html`<div class="empty">
      <h2>${text.emptyTitle}</h2>
      <p>${text.emptyLead}</p>
      <p><a href="/companies">${text.find}</a></p>
    </div>`;
  }

  protected override renderOpened({ matrix, session }: Opened): TemplateResult {
    const { text, locale, roomId } = this;
    const summaries = inOrder(matrix.listRooms().map((room) => summaryOf(room, session.userId)));
    const chosen = roomId === '' ? undefined : roomId;
    this.drawn += 1;
    const list = matrix.isReady() || summaries.length > 0 ? undefined : html`<p class="pending" role="status">${text.loading}</p>`;
    return html`<div class=${chosen === undefined ? 'panes' : 'panes chosen'}>
      <nav class="list" aria-label=${text.list}>
        <header class="list-top">
          ${chosen === undefined ? html`<h1>${text.title}</h1>` : html`<p class="title">${text.title}</p>`}
          <smoope-app-menu .opened=${this.opened}></smoope-app-menu>
        </header>
        ${matrix.isConnected() || chosen !== undefined ? nothing : html`<p class="offline" role="status">${text.offlineList}</p>`}
        ${list ?? (summaries.length === 0 ? this.renderEmpty() : renderList(summaries, { text, locale, chosen }))}
      </nav>
      ${
        chosen === undefined
          ? html`<p class="choose">${text.choose}</p>`
          : html`<smoope-conversation-thread .opened=${this.opened} .roomId=${chosen} .version=${this.drawn}></smoope-conversation-thread>`
      }
    </div>`;
  }
}
customElements.define('smoope-conversations-page', ConversationsPage);

/** The view of all conversations, and of one. */
export const renderConversations = ({ roomId = '' }: Params) =>
  html`<smoope-conversations-page .roomId=${roomId}></smoope-conversations-page>`;
