import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { fill } from '../fill.ts';
import type { FileAccess } from '../files/file-access.ts';
import '../files/composer-files.ts';
import { fileAccess, fileSending } from '../files/room-files.ts';
import type { Room } from '../matrix/matrix-sdk.ts';
import type { Opened } from '../session/opened-matrix.ts';
import type { Composer } from '../thread/composer.ts';
import '../thread/composer.ts';
import type { DeleteDialog } from '../thread/delete-dialog.ts';
import '../thread/delete-dialog.ts';
import { draftOf, keepDraft, type Draft } from '../thread/drafts.ts';
import { findInRoom } from '../thread/find-in-room.ts';
import { searchIcon } from '../thread/icons.ts';
import { canEdit, type MessageItem } from '../thread/message-item.ts';
import type { MessageLog } from '../thread/message-log.ts';
import '../thread/message-log.ts';
import type { MessageAction, MessageMenu } from '../thread/message-menu.ts';
import '../thread/message-menu.ts';
import type { RowActions } from '../thread/message-row.ts';
import type { NamesOf } from '../thread/people.ts';
import { createRoomActions, type RoomActions } from '../thread/room-actions.ts';
import { openRoomThread, type RoomThread } from '../thread/room-thread.ts';
import { threadTexts } from '../thread/thread-texts.ts';
import '../thread/thread-search.ts';
import { conversationTexts } from './conversation-texts.ts';

const TYPING_MS = 20_000;

/** A conversation: what was said, who is typing, and where to write. */
export class ConversationThread extends LitElement {
  static override properties: PropertyDeclarations = {
    opened: { attribute: false },
    roomId: {},
    names: {},
    version: {},
    thread: { state: true },
    isSearching: { state: true },
    told: { state: true },
  };

  declare opened: Opened;
  declare roomId: string;
  /** Whose names are shown; those that the company chose, where nothing is said. */
  declare names: NamesOf;
  /** Counts what changed in the person's Matrix, so that this is drawn anew. */
  declare version: number;
  declare private thread: RoomThread | undefined;
  declare private isSearching: boolean;
  /** What was done is said once, to screen readers too. */
  declare private told: string;
  private actions: RoomActions | undefined;
  private access: FileAccess | undefined;
  private readonly locale = document.documentElement.lang;
  private readonly text = { ...conversationTexts(this.locale), ...threadTexts(this.locale) };
  private saidTypingAt = 0;

  constructor() {
    super();
    this.names = 'company';
    this.isSearching = false;
    this.told = '';
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
    this.keep();
  }

  private get room(): Room | null {
    return this.opened.matrix.client.getRoom(this.roomId);
  }

  private get log(): MessageLog | null {
    return this.querySelector('smoope-thread-log');
  }

  private get composer(): Composer | null {
    return this.querySelector('smoope-thread-composer');
  }

  private keep(): void {
    const { thread, composer } = this;
    if (thread !== undefined && composer !== null) keepDraft(thread.room.roomId, composer.draft);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('roomId')) {
      this.keep();
      this.opened.matrix.open(this.roomId);
      this.access = fileAccess(this.opened);
      this.thread = undefined;
      this.isSearching = false;
      this.told = '';
    }
    const { room } = this;
    if (room !== null && this.thread?.room !== room) void this.show(room);
  }

  private async show(room: Room): Promise<void> {
    const { opened, names } = this;
    const sdk = await import('../matrix/matrix-sdk.ts');
    if (this.room !== room || this.thread?.room === room) return;
    this.thread = openRoomThread({ sdk, opened, room, names, you: this.text.you, hear: () => this.requestUpdate() });
    this.actions = createRoomActions(opened.matrix.client, room, () => (this.told = this.text.failed));
    this.log?.reset();
    await this.updateComplete;
    await this.composer?.begin(draftOf(room.roomId));
    this.composer?.focusField();
  }

  protected override updated(): void {
    this.markSeen();
  }

  private readonly handleVisible = (): void => {
    if (document.visibilityState === 'visible') this.requestUpdate();
    else this.thread?.lookAway();
  };

  private readonly handleMove = (): void => {
    if (this.log?.isAtEnd === true) this.requestUpdate();
  };

  /** Tells the company what was read, only while somebody looks at it. */
  private markSeen(): void {
    if (document.visibilityState === 'visible' && this.log?.isAtEnd === true) this.thread?.see();
  }

  private readonly handleWords = ({ detail: { words } }: CustomEvent<Draft>): void => {
    const isEmpty = words.trim() === '';
    if (!isEmpty && Date.now() - this.saidTypingAt < TYPING_MS / 2) return;
    this.saidTypingAt = isEmpty ? 0 : Date.now();
    void this.opened.matrix.client.sendTyping(this.roomId, !isEmpty, TYPING_MS).catch(() => undefined);
  };

  private readonly handleSend = ({ detail: { words, writing } }: CustomEvent<Draft>): void => {
    this.saidTypingAt = 0;
    if (writing.kind !== 'edit') {
      this.thread?.forgetNew();
      this.handleLatest();
    }
    this.actions?.send(words, writing);
  };

  private readonly handleEditLast = (): void => {
    const last = this.log?.view.items.findLast(canEdit);
    if (last !== undefined) void this.composer?.write({ kind: 'edit', item: last });
  };

  private readonly handleLatest = (): void => {
    const { log, thread } = this;
    if (thread === undefined || log === null) return;
    if (!log.view.isLatest) thread.toLatest();
    log.toEnd();
    this.requestUpdate();
  };

  private readonly goTo = async (eventId: string): Promise<void> => {
    const { log, thread } = this;
    this.told = '';
    if (log === null || thread === undefined || log.show(eventId)) return;
    const isThere = await thread.goTo(eventId);
    this.requestUpdate();
    await this.updateComplete;
    await log.updateComplete;
    if (!isThere || !log.show(eventId)) this.told = this.text.notThere;
  };

  private readonly handleDo = ({ detail }: CustomEvent<MessageAction>): void => {
    const { item, kind } = detail;
    if (kind === 'reply' || kind === 'edit') void this.composer?.write({ kind, item });
    else if (kind === 'react') this.actions?.react(item, detail.key);
    else if (kind === 'copy') void this.copy(item);
    else this.querySelector<DeleteDialog>('smoope-thread-delete')?.ask(item);
  };

  private async copy({ words }: MessageItem): Promise<void> {
    const { text } = this;
    await navigator.clipboard.writeText(words).then(
      () => (this.told = text.copied),
      () => (this.told = text.failed),
    );
  }

  private readonly rowActions: RowActions = {
    openMenu: (item, anchor) => void this.querySelector<MessageMenu>('smoope-thread-menu')?.open(item, anchor),
    react: (item, key) => this.actions?.react(item, key),
    goTo: (eventId) => void this.goTo(eventId),
    unfold: () => undefined,
    sendAgain: (item) => this.actions?.sendAgain(item),
    discard: (item) => {
      this.actions?.discard(item);
      this.composer?.focusField();
    },
  };

  private renderSearch(thread: RoomThread): TemplateResult | typeof nothing {
    const { text, locale, isSearching } = this;
    if (!isSearching) return nothing;
    const { client } = this.opened.matrix;
    const find = (words: string, from: string | undefined) => findInRoom(client, thread.room.roomId, thread.nameOf, { words, from });
    return html`<smoope-thread-search
      .text=${text}
      .locale=${locale}
      .find=${find}
      @smoope-go=${({ detail }: CustomEvent<string>) => void this.goTo(detail)}
      @smoope-close=${() => {
        this.isSearching = false;
        this.composer?.focusField();
      }}
    ></smoope-thread-search>`;
  }

  private renderTyping(thread: RoomThread): string {
    const { text, opened } = this;
    const first = thread.room.getJoinedMembers().find((member) => member.typing && member.userId !== opened.session.userId);
    return first === undefined ? this.told : fill(text.typing, { name: thread.nameOf(first.userId) });
  }

  private renderComposer(thread: RoomThread): TemplateResult {
    return html`<smoope-thread-composer
      .text=${this.text}
      .company=${thread.companyName()}
      .extras=${html`<smoope-composer-files .sending=${fileSending(this.opened, this.roomId)}></smoope-composer-files>`}
      .nameOf=${thread.nameOf}
      @smoope-send=${this.handleSend}
      @smoope-words=${this.handleWords}
      @smoope-edit-last=${this.handleEditLast}
    ></smoope-thread-composer>`;
  }

  private renderThread(thread: RoomThread): TemplateResult {
    const { text, locale, opened } = this;
    const company = thread.companyName();
    const isReadable = !thread.room.hasEncryptionStateEvent();
    return html`<header class="thread-top">
        <a class="to-list" href="/conversations" aria-label=${text.back}>‹</a>
        <h1><bdi>${company}</bdi></h1>
        ${
          isReadable
            ? html`<button
                class="icon"
                type="button"
                aria-label=${text.search}
                aria-expanded=${this.isSearching ? 'true' : 'false'}
                @click=${() => (this.isSearching = !this.isSearching)}
              >
                ${searchIcon}
              </button>`
            : nothing
        }
      </header>
      <smoope-thread-log
        .text=${text}
        .locale=${locale}
        .actions=${this.rowActions}
        .access=${this.access}
        .view=${thread.view(this.log?.isAtEnd ?? true)}
        @smoope-earlier=${() => void thread.earlier()}
        @smoope-later=${() => void thread.later()}
        @smoope-latest=${this.handleLatest}
        @smoope-move=${this.handleMove}
      ></smoope-thread-log>
      ${this.renderSearch(thread)}
      <p class="typing" role="status">${this.renderTyping(thread)}</p>
      ${opened.matrix.isConnected() ? nothing : html`<p class="offline" role="status">${text.offline}</p>`}
      ${isReadable ? this.renderComposer(thread) : html`<p class="encrypted">${text.encrypted}</p>`}
      <smoope-thread-menu .text=${text} @smoope-do=${this.handleDo}></smoope-thread-menu>
      <smoope-thread-delete
        .text=${text}
        .company=${company}
        @smoope-delete=${({ detail }: CustomEvent<MessageItem>) => this.actions?.delete(detail)}
      ></smoope-thread-delete>`;
  }

  protected override render(): TemplateResult {
    const { text, room, opened, thread } = this;
    if (room !== null && thread !== undefined) return this.renderThread(thread);
    if (room !== null || !opened.matrix.isReady()) return html`<p class="pending" role="status">${text.loading}</p>`;
    return html`<div class="notice-page">
      <h1>${text.goneTitle}</h1>
      <p class="lead">${text.gone}</p>
      <p><a href="/conversations">${text.back}</a></p>
    </div>`;
  }
}
customElements.define('smoope-conversation-thread', ConversationThread);
