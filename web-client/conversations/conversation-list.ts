import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { fill } from '../fill.ts';
import type { ConversationSummary } from './conversation-summary.ts';
import type { ConversationTexts } from './conversation-texts-en.ts';
import { whenInWords } from './when-in-words.ts';

/** What the list needs to be drawn. */
export type ListSettings = {
  readonly text: ConversationTexts;
  readonly locale: string;
  /** Room of the conversation that is open beside it. */
  readonly chosen: string | undefined;
};

const addressOf = (roomId: string): string => `/conversations/${encodeURIComponent(roomId)}`;

/** Up to two letters that stand for a company without a picture. */
const initials = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => String.fromCodePoint(word.codePointAt(0) ?? 32).toUpperCase())
    .join('');

function renderLine(conversation: ConversationSummary, { text, locale, chosen }: ListSettings): TemplateResult {
  const { roomId, company, status, preview, isOwn, isUnread, at } = conversation;
  const words = preview ?? (at === 0 ? text.noWords : text.unreadable);
  return html`<li>
    <a href=${addressOf(roomId)} aria-current=${roomId === chosen ? 'page' : nothing} class=${isUnread ? 'unread' : ''}>
      <span class="initials" aria-hidden="true">${initials(company)}</span>
      <span class="who">${company}</span>
      <span class="when">${at === 0 ? nothing : whenInWords(at, locale, text)}</span>
      <span class="words" dir="auto">${isOwn ? fill(text.you, { text: words }) : words}</span>
      ${isUnread ? html`<span class="dot" role="img" aria-label=${text.unread}></span>` : nothing}
      ${status === 'closed' ? html`<span class="state">${text.closed}</span>` : nothing}
    </a>
  </li>`;
}

/** The list of somebody's conversations. */
export function renderList(conversations: readonly ConversationSummary[], settings: ListSettings): TemplateResult {
  return html`<ul class="conversations">
    ${repeat(
      conversations,
      ({ roomId }) => roomId,
      (conversation) => renderLine(conversation, settings),
    )}
  </ul>`;
}
