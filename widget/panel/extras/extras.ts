import { type CSSResult, html, nothing } from 'lit';
import type { Extras, ExtrasHost } from '../panel-app/extras-host.ts';
import type { ExtraRequest } from '../extra-request.ts';
import { bodyOf, type MessageRow } from '../message-list/rows.ts';
import type { ShownMessage } from '../shown-messages.ts';
import type { Recorded } from '../voice/voice-recorder.ts';
import { extrasStyles, targetStyles } from './extras.styles.ts';
import type { MessageAction } from './message-action.ts';
import { renderQuote, renderReactions, renderTarget } from './message-extras.ts';
import { lastEditable, react, takeBack, type Target, textContent } from './outgoing.ts';

/** What lies over the conversation: one thing at a time. */
type Overlay = { readonly name: 'messageMenu' | 'emoji'; readonly anchor: HTMLElement; readonly message?: ShownMessage };

/** Pages of older messages that are read to find one that was asked for. */
const FARTHEST = 20;
const SHOWN_MS = 1500;

/** Gives styles to an element that was drawn without them. */
function adopt(root: DocumentFragment | HTMLElement | undefined, { styleSheet }: CSSResult): void {
  if (root instanceof ShadowRoot && styleSheet && !root.adoptedStyleSheets.includes(styleSheet)) root.adoptedStyleSheets.push(styleSheet);
}

/** Makes the extras of one panel. */
export function createExtras(host: ExtrasHost): Extras {
  let target: Target | undefined;
  let files: readonly File[] = [];
  let overlay: Overlay | undefined;
  let isRecording = false;
  let usesFiles = false;
  /** What stood in the message field before an edit began. */
  let aside = '';
  /** Message that is looked for, and how many pages it may still take. */
  let sought: { readonly eventId: string; readonly pages: number; readonly before: unknown } | undefined;
  /** Closing that the person is asked about now; it thanks after the answer. */
  let asked = '';

  const redraw = () => host.requestUpdate();

  function leaveTarget(): void {
    const wasEdit = target?.kind === 'edit';
    target = undefined;
    redraw();
    if (!wasEdit || !host.composer) return;
    host.client.write(aside);
    host.composer.value = aside;
    aside = '';
  }

  function refer(next: Target): void {
    leaveTarget();
    target = next;
    const { composer } = host;
    if (next.kind === 'edit' && composer) {
      aside = composer.value;
      composer.value = bodyOf(next.message);
    }
    composer?.focus();
  }

  function show(next: Overlay): void {
    overlay = next;
    redraw();
  }

  async function sendFiles(going: readonly File[], duration?: number): Promise<void> {
    usesFiles = true;
    redraw();
    await customElements.whenDefined('smoope-attachments');
    await host.updateComplete;
    host.renderRoot.querySelector('smoope-attachments')?.send(going, duration);
    // Not before: the list would move up and down again.
    files = files.filter((file) => !going.includes(file));
    redraw();
  }

  function jump(eventId: string, pages = FARTHEST): void {
    sought = undefined;
    const row = [...(host.list?.renderRoot.querySelectorAll<HTMLElement>('.row') ?? [])].find(({ dataset }) => dataset['id'] === eventId);
    if (row) {
      row.scrollIntoView({ block: 'center' });
      row.querySelector<HTMLElement>('.more')?.focus({ preventScroll: true });
      row.classList.add('sought');
      setTimeout(() => row.classList.remove('sought'), SHOWN_MS);
      return;
    }
    const { before } = host.view.thread ?? {};
    if (!before || pages === 0) return;
    sought = { eventId, pages: pages - 1, before };
    host.client.loadOlder();
  }

  function act({ kind, message, key, anchor }: MessageAction): void {
    if (kind === 'react' && key) react(host.client, message, key);
    if (kind === 'delete') takeBack(host.client, message);
    if (kind === 'reply' || kind === 'edit') refer({ kind, message });
    if (kind === 'emoji') show({ name: 'emoji', anchor, message });
  }

  function choose(key: string): void {
    if (overlay?.message) {
      react(host.client, overlay.message, key);
      return;
    }
    host.composer?.insert(key);
    // To go on writing; with Enter the picker would open again.
    host.composer?.focus();
  }

  function startRecording(): void {
    isRecording = true;
    redraw();
  }

  function stopRecording(recorded?: Recorded): void {
    isRecording = false;
    redraw();
    if (recorded) void sendFiles([recorded.file], recorded.duration);
    void host.composer?.updateComplete.then(() => host.composer?.focus());
  }

  function renderFiles() {
    if (!usesFiles && files.length === 0) return nothing;
    void host.parts.load('attachments');
    return html`<smoope-attachments
      .files=${files}
      .limits=${host.settings.media}
      .client=${host.client}
      .text=${host.text}
      .locale=${host.region}
      @smoope-remove=${({ detail }: CustomEvent<File>) => {
        files = files.filter((file) => file !== detail);
        redraw();
      }}
    ></smoope-attachments>`;
  }

  function renderRecorder() {
    if (!isRecording) return nothing;
    void host.parts.load('voice');
    return html`<smoope-voice-recorder
      .text=${host.text}
      .types=${host.settings.media?.types ?? []}
      @smoope-recorded=${({ detail }: CustomEvent<Recorded>) => stopRecording(detail)}
      @smoope-leave=${() => stopRecording()}
    ></smoope-voice-recorder>`;
  }

  function renderRating() {
    const { thread, kept } = host.view;
    const { id, status, closedAt } = thread?.summary ?? {};
    const closing = `${id}:${closedAt}`;
    if (status !== 'closed' || host.settings.rating === false || (kept.rated.includes(closing) && asked !== closing)) return nothing;
    asked = closing;
    void host.parts.load('rating');
    return html`<smoope-rating .client=${host.client} .conversation=${id} .closing=${closing} .text=${host.text}></smoope-rating>`;
  }

  function renderOverlay() {
    if (!overlay) return nothing;
    const { name, anchor, message } = overlay;
    void host.parts.load(name);
    return html`<div
      @smoope-leave=${() => {
        overlay = undefined;
        redraw();
      }}
    >
      ${
        name === 'emoji'
          ? html`<smoope-emoji-picker
              .anchor=${anchor}
              .text=${host.text}
              @smoope-choose=${({ detail }: CustomEvent<string>) => choose(detail)}
            ></smoope-emoji-picker>`
          : html`<smoope-message-menu
              .anchor=${anchor}
              .message=${message}
              .text=${host.text}
              .company=${host.settings.company.name}
              @smoope-action=${({ detail }: CustomEvent<MessageAction>) => act(detail)}
            ></smoope-message-menu>`
      }
    </div>`;
  }

  function attach(added: readonly File[]): void {
    files = [...files, ...added];
    redraw();
  }

  function chooseFiles(): void {
    const accept = host.settings.media?.types.join() ?? '';
    const input = Object.assign(document.createElement('input'), { type: 'file', multiple: true, accept });
    input.onchange = () => {
      attach([...(input.files ?? [])]);
      host.composer?.focus();
    };
    input.click();
  }

  function handle(request: ExtraRequest): void {
    const message = request.kind === 'edit' ? lastEditable(host.client) : undefined;
    if (message) refer({ kind: 'edit', message });
    if (request.kind === 'attach') chooseFiles();
    if (request.kind === 'files') attach(request.files);
    if (request.kind === 'voice') startRecording();
    if (request.kind === 'emoji') show({ name: 'emoji', anchor: request.anchor });
    if (request.kind === 'menu') show({ name: 'messageMenu', anchor: request.anchor, message: request.row.message });
  }

  return {
    handle,
    send: (words) => {
      if (files.length === 0 && !target) return false;
      const going = target;
      if (files.length > 0) void sendFiles(files);
      if (words) {
        const { conversationId } = going?.message.entry ?? {};
        host.client.send({ type: 'm.room.message', content: textContent(words, going), ...(conversationId && { conversationId }) });
      }
      // After the message field has emptied itself.
      queueMicrotask(leaveTarget);
      return true;
    },
    attached: () => files.length,
    isRecording: () => isRecording,
    updated: () => {
      adopt(host.list?.renderRoot, extrasStyles);
      adopt(host.renderRoot, targetStyles);
      if (!sought || host.view.history !== 'idle' || host.view.thread?.before === sought.before) return;
      const { eventId, pages } = sought;
      sought = undefined;
      // The list draws itself after the panel.
      void host.list?.updateComplete.then(() => jump(eventId, pages));
    },
    quote: (row: MessageRow) => renderQuote(row, host.text, jump),
    reactions: (row: MessageRow) => renderReactions(row, host.text, (message, key) => react(host.client, message, key)),
    media: ({ message: { entry, content } }) => {
      void host.parts.load('media');
      const { conversationId, eventId } = entry;
      return html`<smoope-media
        .source=${{ conversationId, eventId, content }}
        .client=${host.client}
        .text=${host.text}
        .locale=${host.region}
      ></smoope-media>`;
    },
    above: () => html`${renderRating()} ${renderTarget(target, host.text, leaveTarget)} ${renderFiles()} ${renderRecorder()}`,
    over: renderOverlay,
  };
}
