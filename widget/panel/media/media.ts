import { html, LitElement, nothing, type PropertyValues, svg } from 'lit';
import type { AllText } from '../../locales/messages.ts';
import { ApiFailure } from '../../transport/api.ts';
import { baseStyles } from '../base.styles.ts';
import { closeIcon, icon } from '../icons.ts';
import type { PanelClient } from '../panel-view.ts';
import { renderPlainText } from '../text-nodes.ts';
import { fileFacts, formatDuration, formatSize, sentFiles } from '../../../browser/files/file-facts.ts';
import { mediaStyles } from './media.styles.ts';

// What a blob of our origin may say it is; all else is octets, so that no file is ever a page of ours.
const HARMLESS = /^(?:image\/(?:png|jpeg|webp|gif|avif)|(?:audio|video)\/[\w.+-]+)$/;
const WIDEST_PX = 240;
const HIGHEST_PX = 280;
const CHECKING = [423, 503];

const downloadIcon = icon(svg`<path d="M12 15V3M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4M7 10l5 5 5-5"/>`);
const playIcon = icon(svg`<path d="M6 4v16l14-8z"/>`);
const fileIcon = icon(svg`<path d="M6 22a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h8l6 6v12a2 2 0 0 1-2 2zM14 2v5a1 1 0 0 0 1 1h5"/>`);

/** Where a file is, and what its message says of it. */
export type MediaSource = {
  readonly conversationId: string;
  readonly eventId: string;
  readonly content: Readonly<Record<string, unknown>>;
};

/**
 * A file of a message. Pictures show a thumbnail once they come into sight and the whole on a click; sound and video load when
 * they are played; everything else can be saved. Files are fetched with the token in a header and live as blobs of this page.
 */
export class Media extends LitElement {
  static override styles = [baseStyles, mediaStyles];
  static override properties = {
    source: { attribute: false },
    client: { attribute: false },
    text: { attribute: false },
    locale: {},
    preview: { state: true },
    whole: { state: true },
    problem: { state: true },
    isPlaying: { state: true },
    isUnknown: { state: true },
  };

  declare source: MediaSource;
  declare client: PanelClient;
  declare text: AllText;
  declare locale: string;
  /** Blob address of the thumbnail. */
  declare preview: string | undefined;
  /** Blob address of the file. */
  declare whole: string | undefined;
  declare problem: 'mediaFailed' | 'mediaChecking' | undefined;
  declare isPlaying: boolean;
  /** The browser can make no picture, sound or film of it: it is a file to be saved. */
  declare isUnknown: boolean;
  private readonly sight = new IntersectionObserver((entries) => {
    if (entries.some(({ isIntersecting }) => isIntersecting)) void this.loadPreview();
  });

  private get facts() {
    const facts = fileFacts(this.source.content, this.text('file'));
    return this.isUnknown ? { ...facts, kind: 'file' as const } : facts;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.sight.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sight.disconnect();
    this.release();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('source');
    if (!before || before.eventId === this.source.eventId) return;
    this.isUnknown = false;
    this.sight.observe(this);
  }

  override updated(): void {
    const { width, height, kind } = this.facts;
    if (kind !== 'image' || !width || !height) return;
    // The place is kept before the picture is there: nothing below it moves.
    const scale = Math.min(1, WIDEST_PX / width, HIGHEST_PX / height);
    this.style.setProperty('--width', `${Math.max(80, Math.round(width * scale))}px`);
    this.style.setProperty('--shape', `${width} / ${Math.min(height, width * 4)}`);
  }

  private release(): void {
    for (const url of [this.preview, this.whole]) if (url) URL.revokeObjectURL(url);
    this.preview = this.whole = undefined;
    this.isPlaying = false;
  }

  private async load(isThumbnail: boolean): Promise<string | undefined> {
    const { conversationId, eventId, content } = this.source;
    this.problem = undefined;
    try {
      let blob = sentFiles.get(String(content['url']));
      if (!blob) {
        // What is still on its way has no address yet.
        if (!eventId.startsWith('$')) return undefined;
        const path = this.client.pathOf(conversationId, `/media/${encodeURIComponent(eventId)}${isThumbnail ? '?thumbnail=true' : ''}`);
        blob = await (await this.client.open({ path, headers: { accept: '*/*' } })).blob();
      }
      const type = HARMLESS.test(blob.type) ? blob.type : 'application/octet-stream';
      if (this.isConnected) return URL.createObjectURL(blob.slice(0, blob.size, type));
    } catch (error) {
      this.problem = error instanceof ApiFailure && CHECKING.includes(error.status) ? 'mediaChecking' : 'mediaFailed';
    }
    return undefined;
  }

  private async loadPreview(): Promise<void> {
    this.sight.disconnect();
    if (this.facts.kind === 'image') this.preview ??= await this.load(true);
  }

  private async loadWhole(): Promise<string | undefined> {
    this.whole ??= await this.load(false);
    return this.whole;
  }

  private async handleOpen(): Promise<void> {
    this.renderRoot.querySelector('dialog')?.showModal();
    await this.loadWhole();
  }

  private async handlePlay(): Promise<void> {
    this.isPlaying = Boolean(await this.loadWhole());
    await this.updateComplete;
    const player = this.renderRoot.querySelector<HTMLMediaElement>('audio, video');
    player?.focus();
    await player?.play().catch(() => undefined);
  }

  private async handleSave(): Promise<void> {
    const href = await this.loadWhole();
    if (!href) return;
    Object.assign(document.createElement('a'), { href, download: this.facts.name }).click();
  }

  private renderSave() {
    return html`<button class="round" aria-label=${this.text('download', { name: this.facts.name })} @click=${this.handleSave}>
      ${downloadIcon}
    </button>`;
  }

  private renderPicture() {
    const { name } = this.facts;
    const alt = this.text('picture', { name });
    return html`<button class="picture" aria-label=${this.text('openPicture', { name })} @click=${this.handleOpen}>
        ${this.preview ? html`<img src=${this.preview} alt=${alt} @error=${this.handleUnknown} />` : nothing}
      </button>
      <dialog aria-label=${alt} @click=${({ target, currentTarget }: Event) => target === currentTarget && this.closePicture()}>
        <div class="bar">
          <bdi>${name}</bdi>
          ${this.renderSave()}
          <button class="round" aria-label=${this.text('closePicture')} @click=${this.closePicture}>${closeIcon}</button>
        </div>
        ${this.whole || this.preview ? html`<img src=${this.whole ?? this.preview} alt=${alt} />` : nothing}
      </dialog>`;
  }

  private handleUnknown(): void {
    this.isUnknown = true;
  }

  private closePicture(): void {
    this.renderRoot.querySelector('dialog')?.close();
  }

  private renderPlayer() {
    const { kind, name } = this.facts;
    return kind === 'audio'
      ? html`<audio controls src=${this.whole} aria-label=${name} @error=${this.handleUnknown}></audio>`
      : html`<video controls playsinline src=${this.whole} aria-label=${name} @error=${this.handleUnknown}></video>`;
  }

  private renderRow() {
    const { kind, name, isVoice, ending, size, duration } = this.facts;
    const title = isVoice ? this.text('voiceMessage') : name;
    const canPlay = kind !== 'file';
    const details = [isVoice ? '' : ending, duration ? formatDuration(duration) : '', size ? formatSize(size, this.locale) : ''];
    return html`<div class="row">
      ${
        canPlay
          ? html`<button class="round sign" aria-label=${this.text('play', { name: title })} @click=${this.handlePlay}>${playIcon}</button>`
          : html`<span class="round sign">${fileIcon}</span>`
      }
      <p><bdi>${title}</bdi><small>${details.filter(Boolean).join(' · ')}</small></p>
      ${this.renderSave()}
    </div>`;
  }

  override render() {
    const { kind, caption } = this.facts;
    return html`
      ${kind === 'image' ? this.renderPicture() : this.isPlaying && kind !== 'file' ? this.renderPlayer() : this.renderRow()}
      ${
        this.problem
          ? html`<p class="problem" role="status">
              ${this.text(this.problem)}
              <button @click=${kind === 'image' ? this.loadPreview : this.handleSave}>${this.text('retry')}</button>
            </p>`
          : nothing
      }
      ${caption ? html`<p class="caption" dir="auto">${renderPlainText(caption, this.text('newWindow'))}</p>` : nothing}
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'smoope-media': Media;
  }
}

customElements.define('smoope-media', Media);
