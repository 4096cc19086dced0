import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { fill } from '../fill.ts';
import '../files/composer-files.ts';
import '../files/message-file.ts';
import { fileAccess, fileSending } from '../files/room-files.ts';
import type { MatrixEvent, Room } from '../matrix/matrix-sdk.ts';
import type { Opened } from '../session/opened-matrix.ts';
import { companyName } from './conversation-summary.ts';
import { conversationTexts } from './conversation-texts.ts';
import { refusalInWords } from './refusal-in-words.ts';
import { messageItems, type MessageItem } from './message-items.ts';
import { dayInWords, isSameDay } from './when-in-words.ts';
import { wordsWithLinks } from './words.ts';

/** How near the end of the messages somebody is who wants to stay there, in pixels. */
const NEAR_END = 80;
const OLDER = 40;
const TYPING_MS = 20_000;

/** A conversation: what was said, who is typing, and where to write. */
export class ConversationThread extends LitElement {
  static override properties: PropertyDeclarations = { opened: { attribute: false }, roomId: {}, version: {}, hasOlder: { state: true } };

  declare opened: Opened;
  declare roomId: string;
  /** Counts what changed in the person's Matrix, so that this is drawn anew. */
  declare version: number;
  declare private hasOlder: boolean;
  private readonly locale = document.documentElement.lang;
  private readonly text = conversationTexts(this.locale);
  private wasAtEnd = true;
  private saidTypingAt = 0;
  private seenEventId = '';

  constructor() {
    super();
    this.hasOlder = true;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.handleVisible);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.handleVisible);
  }

  private get room(): Room | null {
    return this.opened.matrix.client.getRoom(this.roomId);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('roomId')) {
      this.opened.matrix.open(this.roomId);
      this.hasOlder = true;
      this.wasAtEnd = true;
    } else {
      const log = this.querySelector('.messages');
      this.wasAtEnd = log === null || log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    const log = this.querySelector('.messages');
    if (log !== null && this.wasAtEnd) log.scrollTop = log.scrollHeight;
    if (changed.has('roomId')) this.querySelector('textarea')?.focus({ preventScroll: true });
    this.markSeen();
  }

  private readonly handleVisible = (): void => this.markSeen();

  /** Tells the company what was read, only while somebody looks at it. */
  private markSeen(): void {
    const { room, opened } = this;
    if (room === null || document.visibilityState !== 'visible' || !this.wasAtEnd) return;
    const last = room
      .getLiveTimeline()
      .getEvents()
      .findLast((event) => event.getSender() !== opened.session.userId && event.getId()?.startsWith('$'));
    const eventId = last?.getId();
    if (last === undefined || eventId === undefined || eventId === this.seenEventId) return;
    this.seenEventId = eventId;
    if (room.hasUserReadEvent(opened.session.userId, eventId)) return;
    void opened.matrix.client.sendReadReceipt(last).catch(() => {
      this.seenEventId = '';
    });
  }

  private readonly handleOlder = async (): Promise<void> => {
    const { room, opened } = this;
    if (room === null) return;
    const log = this.querySelector('.messages');
    const fromEnd = (log?.scrollHeight ?? 0) - (log?.scrollTop ?? 0);
    await opened.matrix.client.scrollback(room, OLDER).catch(() => undefined);
    this.hasOlder = room.oldState.paginationToken !== null;
    await this.updateComplete;
    if (log !== null) log.scrollTop = log.scrollHeight - fromEnd;
  };

  private readonly handleInput = (event: Event): void => {
    const field = event.target as HTMLTextAreaElement;
    field.parentElement?.setAttribute('data-words', field.value);
    const isEmpty = field.value.trim() === '';
    if (!isEmpty && Date.now() - this.saidTypingAt < TYPING_MS / 2) return;
    this.saidTypingAt = isEmpty ? 0 : Date.now();
    void this.opened.matrix.client.sendTyping(this.roomId, !isEmpty, TYPING_MS).catch(() => undefined);
  };

  private readonly handleKey = (event: KeyboardEvent): void => {
    // A word that is still being put together (Japanese, Chinese, …) is ended by the same key.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    (event.target as HTMLTextAreaElement).form?.requestSubmit();
  };

  private readonly handleSubmit = (event: Event): void => {
    event.preventDefault();
    const field = this.querySelector('textarea');
    const words = field?.value.trim() ?? '';
    if (field === null || words === '') return;
    field.value = '';
    field.parentElement?.setAttribute('data-words', '');
    this.saidTypingAt = 0;
    const log = this.querySelector('.messages');
    if (log !== null) log.scrollTop = log.scrollHeight;
    // What fails stands there with "send again".
    void this.opened.matrix.client.sendTextMessage(this.roomId, words).catch(() => undefined);
  };

  private sendAgain(eventId: string): void {
    const { room, opened } = this;
    const event: MatrixEvent | undefined = room?.getPendingEvents().find((each) => each.getId() === eventId);
    if (room !== null && event !== undefined) void opened.matrix.client.resendEvent(event, room).catch(() => undefined);
  }

  private discard(eventId: string): void {
    const { room, opened } = this;
    const event = room?.getPendingEvents().find((each) => each.getId() === eventId);
    if (event !== undefined) opened.matrix.client.cancelPendingEvent(event);
    this.querySelector('textarea')?.focus();
  }

  private renderDelivery({ delivery, eventId, refusal }: MessageItem): TemplateResult | typeof nothing {
    const { text } = this;
    if (delivery === undefined) return nothing;
    if (delivery !== 'failed') return html`<span class="delivery">${delivery === 'waiting' ? text.waitingToSend : text[delivery]}</span>`;
    return html`<span class="delivery failed" role="alert"
      >${refusalInWords(refusal, text)}
      <button class="quiet" type="button" @click=${() => this.sendAgain(eventId)}>${text.sendAgain}</button>
      <button class="quiet" type="button" @click=${() => this.discard(eventId)}>${text.discard}</button></span
    >`;
  }

  private renderItem(item: MessageItem, before: MessageItem | undefined, isLast: boolean): TemplateResult {
    const { text, locale } = this;
    const { isOwn, isNotice, sender, body, isEdited, at } = item;
    const isNewDay = before === undefined || !isSameDay(before.at, at);
    const isFollowing = !isNewDay && before.sender === sender && before.isOwn === isOwn && !before.isNotice;
    const time = new Date(at).toLocaleTimeString(locale, { timeStyle: 'short' });
    return html`${isNewDay ? html`<h2 class="day">${dayInWords(at, locale, text)}</h2>` : nothing}
      <div class=${['said', isOwn ? 'own' : '', isNotice ? 'system' : '', isFollowing ? 'following' : ''].join(' ')}>
        ${isOwn || isNotice || isFollowing ? nothing : html`<p class="sender">${sender}</p>`}
        ${
          item.file === undefined
            ? html`<p class=${body === undefined ? 'bubble gone' : 'bubble'} dir="auto">
                <span>${body === undefined ? text.takenBack : wordsWithLinks(body)}</span>
              </p>`
            : html`<smoope-message-file class="bubble" .content=${item.file} .access=${fileAccess(this.opened)}></smoope-message-file>`
        }
        <p class="meta">
          <time datetime=${new Date(at).toISOString()}>${time}</time>${isEdited && body !== undefined ? html` · ${text.edited}` : nothing}
          ${isLast || ['failed', 'sending', 'waiting'].includes(item.delivery ?? '') ? this.renderDelivery(item) : nothing}
        </p>
      </div>`;
  }

  private renderMessages(room: Room): TemplateResult {
    const { text } = this;
    const items = messageItems(room, this.opened.session.userId, this.opened.matrix.refusalOf);
    const lastOwn = items.findLast(({ isOwn }) => isOwn);
    const mayHaveOlder = this.hasOlder && room.oldState.paginationToken !== null && items.length > 0;
    return html`<div class="messages" role="log" aria-label=${text.messages} tabindex="0">
      ${mayHaveOlder ? html`<button class="quiet older" type="button" @click=${this.handleOlder}>${text.older}</button>` : nothing}
      ${items.length === 0 ? html`<p class="beginning">${fill(text.beginning, { company: companyName(room.name) })}</p>` : nothing}
      ${repeat(
        items,
        ({ key }) => key,
        (item, index) => this.renderItem(item, items[index - 1], item === lastOwn),
      )}
    </div>`;
  }

  protected override render(): TemplateResult {
    const { text, room, opened } = this;
    if (room === null) {
      if (!opened.matrix.isReady()) return html`<p class="pending" role="status">${text.loading}</p>`;
      return html`<div class="notice-page">
        <h1>${text.goneTitle}</h1>
        <p class="lead">${text.gone}</p>
        <p><a href="/conversations">${text.back}</a></p>
      </div>`;
    }
    const company = companyName(room.name);
    const typing = room.getJoinedMembers().filter((member) => member.typing && member.userId !== opened.session.userId);
    const [first] = typing;
    const label = fill(text.message, { company });
    return html`<header class="thread-top">
        <a class="to-list" href="/conversations" aria-label=${text.back}>‹</a>
        <h1>${company}</h1>
      </header>
      ${this.renderMessages(room)}
      <p class="typing" role="status">${first === undefined ? nothing : fill(text.typing, { name: first.rawDisplayName })}</p>
      ${opened.matrix.isConnected() ? nothing : html`<p class="offline" role="status">${text.offline}</p>`}
      ${room.hasEncryptionStateEvent() ? html`<p class="encrypted">${text.encrypted}</p>` : this.renderComposer(label)}`;
  }

  private renderComposer(label: string): TemplateResult {
    const { text } = this;
    return html`<form class="compose" @submit=${this.handleSubmit}>
      <smoope-composer-files .sending=${fileSending(this.opened, this.roomId)}></smoope-composer-files>
      <div class="growing">
        <textarea
          rows="1"
          dir="auto"
          aria-label=${label}
          placeholder=${text.placeholder}
          @input=${this.handleInput}
          @keydown=${this.handleKey}
        ></textarea>
      </div>
      <button class="button" aria-label=${text.send}>${text.send}</button>
    </form>`;
  }
}
customElements.define('smoope-conversation-thread', ConversationThread);
