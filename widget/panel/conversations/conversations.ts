import { html, LitElement, nothing } from 'lit';
import type { AllText } from '../../locales/messages.ts';
import { renderAvatar } from '../avatar.ts';
import { baseStyles } from '../base.styles.ts';
import type { ConversationState, Thread } from '../conversation-state.ts';
import { formatDay } from '../message-list/times.ts';
import { conversationsStyles } from './conversations.styles.ts';

const STATUS = { waiting: 'statusWaiting', open: 'statusOpen', closed: 'statusClosed' } as const;

/**
 * All conversations of the person with the company, and the way to another one.
 * @event smoope-select - One is to be shown; `detail` is its id, or `new`.
 */
export class Conversations extends LitElement {
  static override styles = [baseStyles, conversationsStyles];
  static override properties = { threads: { attribute: false }, text: { attribute: false }, locale: {} };

  declare threads: ConversationState;
  declare text: AllText;
  declare locale: string;

  override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus();
  }

  private select(id: string): void {
    this.dispatchEvent(new CustomEvent('smoope-select', { detail: id, bubbles: true, composed: true }));
  }

  private renderThread({ summary }: Thread) {
    const { id, number, status, openedAt, unread, answering } = summary;
    const names = new Intl.ListFormat(this.locale).format(answering.map(({ name }) => name));
    const [person] = answering;
    return html`<li>
      <button @click=${() => this.select(id)}>
        ${renderAvatar(person?.name ?? `${number}`, person?.pictureUrl ?? null)}
        <span class="words">
          <b>${this.text('number', { number })}</b>
          <small>${this.text(STATUS[status])}${names ? html` · <bdi>${this.text('answering', { names })}</bdi>` : nothing}</small>
        </span>
        <span class="end">
          <small>${formatDay(openedAt, Date.now(), this.locale)}</small>
          ${unread ? html`<span class="unread" aria-label=${this.text('unread', { count: unread })}>${unread}</span>` : nothing}
        </span>
      </button>
    </li>`;
  }

  override render() {
    return html`
      <h2 tabindex="-1">${this.text('yourConversations')}</h2>
      ${
        this.threads.length > 0
          ? html`<ul>
              ${this.threads.map((thread) => this.renderThread(thread))}
            </ul>`
          : html`<p>${this.text('noConversations')}</p>`
      }
      <button class="new" @click=${() => this.select('new')}>${this.text('newConversation')}</button>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'smoope-conversations': Conversations;
  }
}

customElements.define('smoope-conversations', Conversations);
