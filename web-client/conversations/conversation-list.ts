import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { fill } from '../fill.ts';
import type { ConversationSummary } from './conversation-summary.ts';
import type { ConversationTexts } from './conversation-texts-en.ts';
import { plainName } from '../thread/plain-name.ts';
import { whenInWords } from './when-in-words.ts';

/** The company of a conversation as it shows itself. */
export type ListedCompany = { readonly name: string; readonly pictureUrl: string | null };

/** What the list needs to be drawn. */
export type ListSettings = {
  readonly text: ConversationTexts;
  readonly locale: string;
  /** Room of the conversation that is open beside it. */
  readonly chosen: string | undefined;
  /** Companies by room, as far as they are known. */
  readonly companies: ReadonlyMap<string, ListedCompany>;
};

const addressOf = (roomId: string): string => `/conversations/${encodeURIComponent(roomId)}`;

/** Up to two letters that stand for a company without a picture. */
const initials = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => String.fromCodePoint(word.codePointAt(0) ?? 32).toUpperCase())
    .join('');

const handleError = (event: Event): void => (event.target as HTMLElement).remove();

function renderLine(conversation: ConversationSummary, { text, locale, chosen, companies }: ListSettings): TemplateResult {
  const { roomId, status, preview, isOwn, isUnread, at } = conversation;
  const known = companies.get(roomId);
  const company = plainName(known?.name ?? conversation.company);
  const picture = known?.pictureUrl ?? null;
  const words = preview ?? (at === 0 ? text.noWords : text.unreadable);
  return html`<li>
    <a href=${addressOf(roomId)} aria-current=${roomId === chosen ? 'page' : nothing} class=${isUnread ? 'unread' : ''}>
      <span class="initials" aria-hidden="true"
        >${initials(company)}${picture === null ? nothing : html`<img src=${picture} alt="" width="44" height="44" @error=${handleError} />`}</span
      >
      <span class="who"><bdi>${company}</bdi></span>
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
