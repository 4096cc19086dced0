import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { fill } from '../fill.ts';
import { icons } from './file-icons.ts';
import { fileTexts } from './file-texts.ts';
import { FileTray } from './file-tray.ts';
import { createUploadQueue, type Outgoing, type Upload, type UploadPlace, type UploadQueue, type UploadWays } from './upload-queue.ts';
import './voice-message.ts';

/** What the composer needs to send files into a conversation. */
export type FileSending = Pick<UploadWays, 'upload'> &
  UploadPlace & {
    /** Types that may be sent. */
    readonly types: readonly string[];
    /** Most octets of a file at the homeserver. */
    readonly maxBytes: () => Promise<number>;
  };

/**
 * Beside the message field: buttons for files and a voice message, what is on its way, and what is pasted into the conversation or dropped
 * on it. Stands in the form of the composer.
 */
export class ComposerFiles extends LitElement {
  static override properties: PropertyDeclarations = {
    sending: { attribute: false },
    isRecording: { state: true },
    isOver: { state: true },
  };

  declare sending: FileSending;
  declare private isRecording: boolean;
  declare private isOver: boolean;
  private readonly text = fileTexts(document.documentElement.lang);
  private queue: UploadQueue | undefined;
  private tray: FileTray | undefined;
  private area: HTMLElement | null = null;

  constructor() {
    super();
    this.isRecording = this.isOver = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.area = this.closest<HTMLElement>('smoope-conversation-thread') ?? this.parentElement;
    this.area?.addEventListener('paste', this.handlePaste);
    this.area?.addEventListener('dragover', this.handleOver);
    this.area?.addEventListener('dragleave', this.handleLeave);
    this.area?.addEventListener('drop', this.handleDrop);
    window.addEventListener('beforeunload', this.handleUnload);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // What was said in one conversation is not for the next.
    if (changed.has('sending') && changed.get('sending')?.roomId !== this.sending.roomId) this.isRecording = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.area?.removeEventListener('paste', this.handlePaste);
    this.area?.removeEventListener('dragover', this.handleOver);
    this.area?.removeEventListener('dragleave', this.handleLeave);
    this.area?.removeEventListener('drop', this.handleDrop);
    window.removeEventListener('beforeunload', this.handleUnload);
    this.tray?.remove();
  }

  /** What is on its way would be lost with the page. */
  private readonly handleUnload = (event: Event): void => {
    if (this.queue?.uploads().some(({ state }) => state === 'sending')) event.preventDefault();
  };

  private readonly handlePaste = (event: ClipboardEvent): void => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    void this.choose(files);
  };

  private readonly handleOver = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.isOver = true;
  };

  private readonly handleLeave = (event: DragEvent): void => {
    if (!(event.relatedTarget instanceof Node) || !this.area?.contains(event.relatedTarget)) this.isOver = false;
  };

  private readonly handleDrop = (event: DragEvent): void => {
    this.isOver = false;
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    void this.choose(files);
  };

  private readonly handleChosen = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    const files = [...(field.files ?? [])];
    field.value = '';
    if (files.length > 0) void this.choose(files);
  };

  /** Shows files before they are sent. */
  async choose(files: readonly File[]): Promise<void> {
    if (this.tray === undefined) {
      const { sending } = this;
      const tray = new FileTray();
      this.tray = tray;
      tray.limits = { types: sending.types, maxBytes: await sending.maxBytes() };
      tray.addEventListener('smoope-send', (event) => this.send(event, sending));
      tray.addEventListener('close', () => {
        this.tray = undefined;
        this.closest('form')?.querySelector('textarea')?.focus();
      });
      document.body.append(tray);
    }
    this.tray.add(files);
  }

  private send(event: Event, place: UploadPlace): void {
    this.queue ??= createUploadQueue({ upload: this.sending.upload, onChange: () => this.requestUpdate() });
    this.queue.add((event as CustomEvent<readonly Outgoing[]>).detail, place);
  }

  private readonly handleRecording = (): void => {
    this.isRecording = !this.isRecording;
    if (this.isRecording) return;
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('.microphone')?.focus());
  };

  private renderUpload(upload: Upload): TemplateResult {
    const { text } = this;
    const { name } = upload.outgoing.file;
    const hasFailed = upload.state === 'failed';
    return html`<li class=${hasFailed ? 'bad' : ''}>
      <bdi>${name}</bdi>
      ${
        hasFailed
          ? html`<span role="alert">${text.uploadFailed}</span>
              <button class="quiet" type="button" aria-label=${fill(text.againName, { name })} @click=${() => this.queue?.again(upload)}>
                ${text.again}
              </button>`
          : html`<progress max="1" .value=${upload.share} aria-label=${name}></progress>
              <span class="percent">${fill(text.uploading, { percent: Math.floor(upload.share * 100) })}</span>`
      }
      <button class="round" type="button" aria-label=${fill(text.cancelUpload, { name })} @click=${() => this.queue?.remove(upload)}>
        ${icons.close}
      </button>
    </li>`;
  }

  protected override render(): TemplateResult {
    const { text, isRecording, isOver, sending } = this;
    const uploads = this.queue?.uploads().filter(({ place }) => place.roomId === sending.roomId) ?? [];
    return html`<div class="above">
        ${isOver ? html`<p class="drop">${text.drop}</p>` : nothing}
        ${
          uploads.length === 0
            ? nothing
            : html`<ul class="uploads" aria-label=${text.uploads}>
                ${uploads.map((each) => this.renderUpload(each))}
              </ul>`
        }
        ${
          isRecording
            ? html`<smoope-voice-message
                .types=${sending.types}
                @smoope-send=${(event: Event) => this.send(event, sending)}
                @close=${this.handleRecording}
              ></smoope-voice-message>`
            : nothing
        }
      </div>
      <div class="tools">
        <label class="round attach" title=${text.attach}>
          ${icons.attach}<input type="file" multiple aria-label=${text.attach} @change=${this.handleChosen} />
        </label>
        <button
          class="round microphone"
          type="button"
          title=${text.voice}
          aria-label=${text.voice}
          ?disabled=${isRecording}
          @click=${this.handleRecording}
        >
          ${icons.microphone}
        </button>
      </div>`;
  }
}
customElements.define('smoope-composer-files', ComposerFiles);
