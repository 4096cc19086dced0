import { html, LitElement, nothing } from 'lit';
import type { Text } from '../../locales/messages.ts';
import { renderAvatar } from '../avatar.ts';
import { baseStyles } from '../base.styles.ts';
import { askExtras } from '../extra-request.ts';
import { downIcon } from '../icons.ts';
import type { PanelView } from '../panel-view.ts';
import { messageListStyles } from './message-list.styles.ts';
import { drawRows } from './draw-rows.ts';
import { needsExtras, renderMessage, type RowContext } from './message-row.ts';
import { listRows } from './rows.ts';
import { formatDay } from './times.ts';

const NEAR_PX = 48;

/**
 * The conversation. Stays at the end as long as the person is there, and keeps its place when older messages come in above.
 * @event smoope-older - The person wants older messages.
 * @event smoope-end - The end of the conversation is in sight.
 * @event smoope-retry - A refused message is to be sent again; `detail` is its transaction id.
 * @event smoope-extra - Something beyond words is there, or the menu of a message is wanted.
 */
export class MessageList extends LitElement {
  static override styles = [baseStyles, messageListStyles];
  static override properties = {
    view: {},
    text: {},
    locale: {},
    company: {},
    extras: {},
    isAtEnd: {},
    active: {},
  };

  declare view: PanelView;
  declare text: Text;
  declare locale: string;
  /** Name of the company, for the name of the log. */
  declare company: string;
  /** Draws answers, reactions and files; undefined until it has come. */
  declare extras: RowContext['extras'];
  declare isAtEnd: boolean;
  /** Key of the message whose button the tab key reaches. */
  declare active: string;
  /** Distance from the end before an update, to keep the place. */
  #fromEnd = 0;
  /** How far the content could be scrolled when it last was. */
  #way = 0;
  /** The keyboard of a phone makes the list smaller, a picture makes its content longer: the end stays in sight. */
  readonly #resizing = new ResizeObserver(() => this.isAtEnd && this.scrollToEnd());

  constructor() {
    super();
    this.isAtEnd = true;
    this.active = '';
  }

  get #log(): HTMLElement | null {
    return this.renderRoot.querySelector('.log');
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resizing.observe(this);
  }

  override firstUpdated(): void {
    const content = this.renderRoot.querySelector('.content');
    if (content) this.#resizing.observe(content);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizing.disconnect();
  }

  /** Shows the latest message. */
  scrollToEnd(): void {
    this.#log?.scrollTo({ top: this.#log.scrollHeight });
  }

  override willUpdate(): void {
    const log = this.#log;
    if (log) this.#fromEnd = log.scrollHeight - log.scrollTop;
  }

  override updated(changed: Map<string, unknown>): void {
    const log = this.#log;
    const rows = log?.querySelector('.rows');
    if (!log || !rows) return;
    this.#drawRows(rows);
    if (!changed.has('view')) return;
    const before = changed.get('view') as PanelView | undefined;
    const wrote = this.view.outbox.length > (before?.outbox.length ?? 0);
    const isOther = before?.thread && before.thread.summary.id !== this.view.thread?.summary.id;
    if (this.isAtEnd || wrote || isOther) this.scrollToEnd();
    else if (this.view.thread?.before !== before?.thread?.before || this.view.history !== before?.history)
      log.scrollTop = log.scrollHeight - this.#fromEnd;
    this.look();
  }

  #emit(name: 'smoope-older' | 'smoope-end' | 'smoope-retry', detail?: string): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  /** Tells where the person is. */
  look(scrolled?: Event): void {
    const log = this.#log;
    if (!log) return;
    const way = log.scrollHeight - log.clientHeight;
    const isAtEnd = way - log.scrollTop < NEAR_PX;
    // Only the person leaves the end: where the way has become longer, the content grew or its place became smaller.
    if (isAtEnd || (scrolled && way === this.#way)) this.isAtEnd = isAtEnd;
    if (scrolled) this.#way = way;
    if (this.isAtEnd) this.#emit('smoope-end');
    if (log.scrollTop < NEAR_PX && this.view.history === 'idle' && this.view.thread?.before) this.#emit('smoope-older');
  }

  #handleKey(event: KeyboardEvent): void {
    const { target, key } = event;
    if (!(target instanceof HTMLElement) || !target.matches('.more') || !/^Arrow(Up|Down)$/.test(key)) return;
    event.preventDefault();
    const buttons = [...this.renderRoot.querySelectorAll<HTMLElement>('.more')];
    const next = buttons[buttons.indexOf(target) + (key === 'ArrowUp' ? -1 : 1)];
    this.active = next?.dataset['key'] ?? this.active;
    next?.focus();
  }

  #drawRows(container: Element): void {
    const { thread, outbox } = this.view;
    const rows = listRows(thread, outbox);
    const messages = rows.filter((row) => row.kind === 'message');
    if (!this.extras && messages.some(needsExtras)) askExtras(this, { kind: 'draw' });
    const keys = messages.flatMap(({ key, message }) => (message.entry.isRedacted ? [] : [key]));
    const context: RowContext = {
      text: this.text,
      locale: this.locale,
      extras: this.extras,
      active: keys.includes(this.active) ? this.active : (keys.at(-1) ?? ''),
      onRetry: (txnId) => this.#emit('smoope-retry', txnId),
      onMenu: (row, anchor) => {
        this.active = row.key;
        askExtras(this, { kind: 'menu', row, anchor });
      },
    };
    drawRows(container, rows, (row) =>
      row.kind === 'day' ? html`<p class="day">${formatDay(row.at, Date.now(), this.locale)}</p>` : renderMessage(row, context),
    );
  }

  #renderTyping() {
    const [writer, second] = this.view.thread?.typing ?? [];
    if (!writer) return nothing;
    return html`<div class="row first last">
      ${renderAvatar(writer.name, writer.pictureUrl)}
      <div class="bubble dots"><i></i><i></i><i></i></div>
      <p class="foot">${second ? this.text('typingSeveral') : this.text('typing', { name: writer.name })}</p>
    </div>`;
  }

  #renderHistory() {
    if (this.view.history === 'loading') return html`<p class="line">${this.text('older')}</p>`;
    if (this.view.history !== 'failed') return nothing;
    return html`<p class="line">
      ${this.text('olderFailed')} <button @click=${() => this.#emit('smoope-older')}>${this.text('retry')}</button>
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
        @keydown=${this.#handleKey}
      >
        <div class="content">
          ${this.#renderHistory()}
          <div class="rows"></div>
          ${thread?.summary.status === 'closed' && outbox.length === 0 ? html`<p class="line">${this.text('closed')}</p>` : nothing}
          ${this.#renderTyping()}
        </div>
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
