import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { dayInWords, isSameDay } from '../conversations/when-in-words.ts';
import type { FileAccess } from '../files/file-access.ts';
import { fill } from '../fill.ts';
import { downIcon } from './icons.ts';
import { handleLogKey } from './log-keys.ts';
import type { MessageItem } from './message-item.ts';
import { renderRow, type Quote, type Row, type RowActions } from './message-row.ts';
import type { Person } from './person.ts';
import type { ThreadTexts } from './thread-texts-en.ts';

/** How near the end of the messages somebody is who wants to stay there, and how near their beginning who wants more, in pixels. */
const NEAR_END = 80;
const NEAR_START = 300;

/** What a log shows. */
export type LogView = {
  readonly items: readonly MessageItem[];
  readonly company: string;
  readonly personOf: (userId: string) => Person;
  readonly quoteOf: (eventId: string) => Quote | undefined;
  /** First message that the reader has not seen; undefined where there is none. */
  readonly firstNew: string | undefined;
  readonly hasEarlier: boolean;
  /** Whether it reaches to the newest message. */
  readonly isLatest: boolean;
  readonly loading: 'idle' | 'loading' | 'failed';
  /** Messages of others that came since the reader left the end. */
  readonly newCount: number;
};

/**
 * The messages of a conversation: keeps the reading position whatever comes or goes, and is moved through with arrow keys.
 * @event smoope-earlier - The reader is near the beginning of what is shown.
 * @event smoope-later - The reader is near its end, and there is more.
 * @event smoope-latest - The reader wants to see the newest message.
 * @event smoope-move - The reading position changed.
 */
export class MessageLog extends LitElement {
  static override properties: PropertyDeclarations = {
    view: { attribute: false },
    actions: { attribute: false },
    access: { attribute: false },
    text: { attribute: false },
    locale: {},
    unfolded: { state: true },
  };

  declare view: LogView;
  declare actions: RowActions;
  /** How files are read. */
  declare access: FileAccess;
  declare text: ThreadTexts;
  declare locale: string;
  declare private unfolded: ReadonlySet<string>;
  /** Whether the newest message is in sight. */
  isAtEnd = true;
  /** Until the reader moves, what comes in does not take the place away at which reading goes on. */
  private isSettled = false;
  private anchor: { readonly element: Element; readonly top: number } | undefined;

  constructor() {
    super();
    this.unfolded = new Set();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  private get log(): HTMLElement | null {
    return this.querySelector('.messages');
  }

  /** Begins anew, for another conversation. */
  reset(): void {
    this.isAtEnd = true;
    this.isSettled = false;
    this.anchor = undefined;
  }

  /** Shows the newest message. */
  toEnd(): void {
    this.isSettled = true;
    this.isAtEnd = true;
    const { log } = this;
    if (log !== null) log.scrollTop = log.scrollHeight;
  }

  /** Shows a message and gives it the focus; false where it is not drawn. */
  show(eventId: string): boolean {
    const found = [...this.querySelectorAll<HTMLElement>('.said')].find(({ dataset }) => dataset['event'] === eventId);
    if (found === undefined) return false;
    this.isSettled = true;
    this.isAtEnd = false;
    found.scrollIntoView({ block: 'center' });
    // No class: the row's own ones are written anew when it is drawn again.
    found.dataset['found'] = '';
    found.addEventListener('blur', () => delete found.dataset['found'], { once: true });
    found.focus({ preventScroll: true });
    this.measure();
    return true;
  }

  private say(name: string): void {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true }));
  }

  private measure(): void {
    const { log } = this;
    if (log === null) return;
    this.isAtEnd = this.view.isLatest && log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;
    const edge = log.getBoundingClientRect().top;
    const element = [...log.querySelectorAll('.said')].find((each) => each.getBoundingClientRect().bottom > edge);
    this.anchor = element === undefined ? undefined : { element, top: element.getBoundingClientRect().top };
  }

  protected override willUpdate(): void {
    if (this.hasUpdated && this.isSettled) this.measure();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { log, anchor } = this;
    if (log === null) return;
    const first = this.isSettled ? null : log.querySelector('.first-new');
    if (first !== null) first.scrollIntoView({ block: 'start' });
    else if (this.isAtEnd) log.scrollTop = log.scrollHeight;
    else if (changed.has('view') && anchor?.element.isConnected === true)
      log.scrollTop += anchor.element.getBoundingClientRect().top - anchor.top;
    if (first !== null) this.isAtEnd = this.view.isLatest && log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;
    this.askForMore(log);
  }

  private askForMore(log: HTMLElement): void {
    const { view } = this;
    if (view.loading !== 'idle') return;
    if (view.hasEarlier && log.scrollTop < NEAR_START) this.say('smoope-earlier');
    else if (!view.isLatest && log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_START) this.say('smoope-later');
  }

  private readonly handleScroll = (): void => {
    const { log, isAtEnd } = this;
    if (log === null) return;
    this.measure();
    this.askForMore(log);
    if (isAtEnd !== this.isAtEnd) this.requestUpdate();
    this.say('smoope-move');
  };

  private readonly handleMoved = (): void => {
    this.isSettled = true;
  };

  private readonly handleKey = (event: KeyboardEvent): void => {
    this.isSettled = true;
    const item = handleLogKey(event, this);
    if (item !== undefined) this.openMenu(item.dataset['key'] ?? '', item);
  };

  // A finger has no pointer to hover with: a tap on a message opens what can be done with it.
  private readonly handleTap = (event: Event): void => {
    const { target } = event;
    if (!(event instanceof PointerEvent) || event.pointerType !== 'touch' || !(target instanceof Element)) return;
    const row = target.closest<HTMLElement>('.said');
    const isOther = target.closest('a, button, input, audio, video') !== null || target.closest('.bubble') === null;
    if (row === null || isOther || document.getSelection()?.isCollapsed === false) return;
    this.openMenu(row.dataset['key'] ?? '', row);
  };

  private openMenu(key: string, row: Element): void {
    const item = this.view.items.find((each) => each.key === key);
    if (item !== undefined && !item.isGone && item.manner !== 'notice') this.actions.openMenu(item, row.querySelector('.more') ?? row);
  }

  private readonly handleUnfold = (item: MessageItem): void => {
    const unfolded = new Set(this.unfolded);
    if (!unfolded.delete(item.key)) unfolded.add(item.key);
    this.unfolded = unfolded;
  };

  private rowOf(item: MessageItem, before: MessageItem | undefined, last: MessageItem | undefined): Row {
    const { view, locale, text, unfolded } = this;
    const isNewDay = before === undefined || !isSameDay(before.at, item.at);
    const isFirstNew = view.firstNew !== undefined && view.firstNew === item.eventId;
    return {
      item,
      person: view.personOf(item.senderId),
      day: isNewDay ? dayInWords(item.at, locale, { today: text.today, yesterday: text.yesterday }) : undefined,
      isFirstNew,
      isFollowing: !isNewDay && !isFirstNew && before.senderId === item.senderId && before.manner !== 'notice',
      saysDelivery: item === last,
      isUnfolded: unfolded.has(item.key),
      quote: item.replyTo === undefined ? undefined : view.quoteOf(item.replyTo),
    };
  }

  private renderItems(): unknown {
    const { view, text, locale, access } = this;
    const { items } = view;
    const last = items.findLast(({ isOwn }) => isOwn);
    const actions = { ...this.actions, unfold: this.handleUnfold };
    return repeat(
      items,
      ({ key }) => key,
      (item, index) => {
        const row = this.rowOf(item, items[index - 1], last);
        const { person, quote } = row;
        const what = [item, person.name, person.pictureUrl, row.day, row.isFirstNew, row.isFollowing, row.saysDelivery, row.isUnfolded];
        return guard([...what, quote?.name, quote?.words], () => renderRow(row, { text, locale, actions, access }));
      },
    );
  }

  private renderStart(): TemplateResult | typeof nothing {
    const { view, text } = this;
    if (view.loading === 'loading') return html`<p class="start" role="status">${text.earlierLoading}</p>`;
    if (view.loading === 'failed')
      return html`<p class="start" role="status">
        ${text.earlierFailed} <button class="quiet" type="button" @click=${() => this.say('smoope-earlier')}>${text.tryAgain}</button>
      </p>`;
    if (view.items.length === 0) return html`<p class="start beginning">${fill(text.beginning, { company: view.company })}</p>`;
    return nothing;
  }

  protected override render(): TemplateResult {
    const { view, text } = this;
    const { newCount } = view;
    const label = newCount === 0 ? text.toLatest : fill(text.toLatestNew, { count: newCount });
    return html`<div
        class="messages"
        role="log"
        aria-label=${text.messages}
        aria-live=${view.loading === 'loading' ? 'off' : 'polite'}
        tabindex="0"
        @scroll=${this.handleScroll}
        @keydown=${this.handleKey}
        @click=${this.handleTap}
        @wheel=${{ handleEvent: this.handleMoved, passive: true }}
        @pointerdown=${this.handleMoved}
      >
        ${this.renderStart()} ${this.renderItems()}
      </div>
      ${
        this.isAtEnd && view.isLatest
          ? nothing
          : html`<button class="to-latest" type="button" aria-label=${label} @click=${() => this.say('smoope-latest')}>
              ${downIcon}${newCount === 0 ? nothing : html`<span>${newCount}</span>`}
            </button>`
      }`;
  }
}
customElements.define('smoope-thread-log', MessageLog);
