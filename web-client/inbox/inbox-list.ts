import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { InboxConversation, InboxWorkplace } from '../../appservice/team/agent-inbox-wire.ts';
import { summaryOf } from '../conversations/conversation-summary.ts';
import { whenInWords } from '../conversations/when-in-words.ts';
import { fill } from '../fill.ts';
import type { Opened } from '../session/opened-matrix.ts';
import { inboxAddress, type InboxFilter } from './inbox-filter.ts';
import type { InboxTexts } from './inbox-texts-en.ts';

/** What the list needs to be drawn. */
export type InboxListSettings = {
  readonly words: InboxTexts;
  readonly locale: string;
  readonly opened: Opened;
  readonly workplace: InboxWorkplace;
  readonly filter: InboxFilter;
  /** Number of the conversation that is open beside it. */
  readonly chosen: number | undefined;
};

/** Name of a member of the company; undefined for nobody. */
export const nameOfMember = ({ members }: InboxWorkplace, id: string | null): string | undefined =>
  members.find((member) => member.id === id)?.name;

/** Name of a department. */
export const nameOfDepartment = ({ departments }: InboxWorkplace, key: string): string =>
  departments.find((department) => department.key === key)?.name ?? key;

/** How far a conversation is, in words. */
export function statusInWords({ status }: InboxConversation, words: InboxTexts): string {
  return { waiting: words.statusWaiting, open: words.statusOpen, closed: words.statusClosed }[status];
}

/** What was said last, where the agent is in the room: words come over Matrix alone. */
function lastWords({ roomId, isJoined }: InboxConversation, { opened, words }: InboxListSettings): { text: string; isUnread: boolean } {
  const room = isJoined ? opened.matrix.client.getRoom(roomId) : null;
  if (room === null) return { text: isJoined ? '' : words.notSeen, isUnread: false };
  const { preview = '', isOwn, isUnread } = summaryOf(room, opened.session.userId);
  return { text: isOwn && preview !== '' ? fill(words.ours, { text: preview }) : preview, isUnread };
}

function renderLine(conversation: InboxConversation, settings: InboxListSettings): TemplateResult {
  const { words, locale, workplace, filter, chosen } = settings;
  const { number, status, channel, department, assignee, labels, activeAt } = conversation;
  const { text, isUnread } = lastWords(conversation, settings);
  const name = nameOfMember(workplace, assignee);
  const from = department === null ? words[channel] : `${words[channel]}, ${nameOfDepartment(workplace, department)}`;
  return html`<li>
    <a
      href=${inboxAddress(workplace.company.slug, filter, number)}
      data-number=${number}
      aria-current=${number === chosen ? 'page' : nothing}
      class=${isUnread ? 'unread' : ''}
    >
      <span class="tile ${status}" aria-hidden="true">${number}</span>
      <span class="who"
        ><span class="for-reader">${fill(words.conversation, { number })}, ${statusInWords(conversation, words)}. </span>${from}</span
      >
      <span class="when">${whenInWords(activeAt, locale, words)}</span>
      <span class="words" dir="auto">${text}</span>
      ${isUnread ? html`<span class="dot" role="img" aria-label=${words.unread}></span>` : nothing}
      ${
        name === undefined && labels.length === 0
          ? nothing
          : html`<span class="marks"
              >${name === undefined ? nothing : html`<span>${fill(words.with, { name })}</span>`}${labels.map(
                (label) => html`<span class="chip">${label}</span>`,
              )}</span
            >`
      }
    </a>
  </li>`;
}

/** Conversations of a view. Lines out of sight cost nothing but their place (`content-visibility`). */
export function renderInboxList(conversations: readonly InboxConversation[], settings: InboxListSettings): TemplateResult {
  return html`${repeat(
    conversations,
    ({ number }) => number,
    (conversation) => renderLine(conversation, settings),
  )}`;
}
