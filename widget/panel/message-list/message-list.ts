import { html, LitElement, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Text } from '../../locales/messages.ts';
import { renderAvatar } from '../avatar.ts';
import { baseStyles } from '../base.styles.ts';
import { downIcon } from '../icons.ts';
import type { PanelView } from '../panel-client.ts';
import { renderPlainText, renderTextNodes } from '../text-nodes.ts';
import { messageListStyles } from './message-list.styles.ts';
import { listRows, type MessageRow, type Row } from './rows.ts';
import { formatDay, formatTime } from './times.ts';

const NEAR_PX = 48;

/**
 * The conversation. Stays at the end as long as the person is there, and keeps its place when older messages come in above.
 * @event smoope-older - The person wants older messages.
 * @event smoope-end - The end of the conversation is in sight.
 * @event smoope-retry - A refused message is to be sent again; `detail` is its transaction id.
 */
export class MessageList extends LitElement {
  static override styles = [baseStyles, messageListStyles];
  static override properties = {
    view: { attribute: false },
    text: { attribute: false },
    locale: {},
    company: {},
    isAtEnd: { state: true },
  };

  declare view: PanelView;
  declare text: Text;
  declare locale: string;
  /** Name of the company, for the name of the log. */
  declare company: string;
  declare isAtEnd: boolean;
  /** Distance from the end before an update, to keep the place. */
  private fromEnd = 0;
  /** The keyboard of a phone makes the list smaller: its end stays in sight. */
  private readonly resizing = new ResizeObserver(() => this.isAtEnd && this.scrollToEnd());

  constructor() {
    super();
    this.isAtEnd = true;
  }

  private get log(): HTMLElement | null {
    return this.renderRoot.querySelector('.log');
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.resizing.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resizing.disconnect();
  }

  /** Shows the latest message. */
  scrollToEnd(): void {
    this.log?.scrollTo({ top: this.log.scrollHeight });
  }

  override willUpdate(): void {
    const { log } = this;
    if (log) this.fromEnd = log.scrollHeight - log.scrollTop;
  }

  override updated(changed: Map<string, unknown>): void {
    const { log } = this;
    if (!log || !changed.has('view')) return;
    const before = changed.get('view') as PanelView | undefined;
    const wrote = this.view.outbox.length > (before?.outbox.length ?? 0);
    if (this.isAtEnd || wrote) this.scrollToEnd();
    else if (this.view.thread?.before !== before?.thread?.before || this.view.history !== before?.history)
      log.scrollTop = log.scrollHeight - this.fromEnd;
    this.look();
  }

  private emit(name: 'smoope-older' | 'smoope-end' | 'smoope-retry', detail?: string): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  /** Tells where the person is. */
  look(): void {
    const { log } = this;
    if (!log) return;
    this.isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_PX;
    if (this.isAtEnd) this.emit('smoope-end');
    if (log.scrollTop < NEAR_PX && this.view.history === 'idle' && this.view.thread?.before) this.emit('smoope-older');
  }

  private renderContent({ entry, body }: MessageRow) {
    if (entry?.isRedacted) return this.text('redacted');
    return entry?.text ? renderTextNodes(entry.text, this.text('newWindow')) : renderPlainText(body, this.text('newWindow'));
  }

  private renderFoot({ key, at, isLast, delivery, sender }: MessageRow) {
    if (delivery === 'failed') {
      return html`<p class="foot failed" role="alert">
        ${this.text('failed')} <button @click=${() => this.emit('smoope-retry', key)}>${this.text('retry')}</button>
      </p>`;
    }
    if (!isLast && !delivery) return nothing;
    const time = html`<time datetime=${new Date(at).toISOString()}>${formatTime(at, this.locale)}</time>`;
    if (delivery === 'sending') return html`<p class="foot">${this.text('sending')}</p>`;
    return html`<p class="foot">${delivery && !sender ? html`${this.text(delivery)} · ` : nothing}${time}</p>`;
  }

  private renderMessage(row: MessageRow) {
    const { sender, isFirst, isLast, entry } = row;
    const classes = `row ${sender ? '' : 'own'} ${isFirst ? 'first' : ''} ${isLast ? 'last' : ''} ${entry?.isRedacted ? 'gone' : ''}`;
    return html`<div class=${classes}>
      ${
        sender
          ? html`<p class=${isFirst ? 'name' : 'hidden'}><bdi>${sender.name}</bdi></p>
              ${isLast ? renderAvatar(sender.name, sender.pictureUrl) : nothing}`
          : html`<p class="hidden">${this.text('you')}</p>`
      }
      <div class="bubble ${entry?.text ? '' : 'plain'}" dir="auto">${this.renderContent(row)}</div>
      ${this.renderFoot(row)}
    </div>`;
  }

  private renderRow(row: Row) {
    return row.kind === 'day' ? html`<p class="day">${formatDay(row.at, Date.now(), this.locale)}</p>` : this.renderMessage(row);
  }

  private renderTyping() {
    const [writer, second] = this.view.thread?.typing ?? [];
    if (!writer) return nothing;
    return html`<div class="row first last">
      ${renderAvatar(writer.name, writer.pictureUrl)}
      <div class="bubble dots"><i></i><i></i><i></i></div>
      <p class="foot">${second ? this.text('typingSeveral') : this.text('typing', { name: writer.name })}</p>
    </div>`;
  }

  private renderHistory() {
    if (this.view.history === 'loading') return html`<p class="line">${this.text('older')}</p>`;
    if (this.view.history !== 'failed') return nothing;
    return html`<p class="line">
      ${this.text('olderFailed')} <button @click=${() => this.emit('smoope-older')}>${this.text('retry')}</button>
    </p>`;
  }

  override render() {
    const { thread, outbox, history } = this.view;
    return html`
      <div
        class="log"
        role="log"
        tabindex="0"
        aria-label=${this.text('conversation', { company: this.company })}
        aria-live=${history === 'loading' || thread?.before === undefined ? 'off' : 'polite'}
        @scroll=${this.look}
      >
        ${this.renderHistory()}
        ${repeat(
          listRows(thread, outbox),
          ({ key }) => key,
          (row) => this.renderRow(row),
        )}
        ${thread?.summary.status === 'closed' && outbox.length === 0 ? html`<p class="line">${this.text('closed')}</p>` : nothing}
        ${this.renderTyping()}
      </div>
      ${
        this.isAtEnd
          ? nothing
          : html`<button class="round newest" aria-label=${this.text('newest')} @click=${this.scrollToEnd}>${downIcon}</button>`
      }
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'smoope-message-list': MessageList;
  }
}

customElements.define('smoope-message-list', MessageList);
