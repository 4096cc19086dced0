import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { fileFacts, formatDuration, formatSize, sentFiles, type FileFacts } from '../../browser/files/file-facts.ts';
import { saveFile } from '../../browser/files/save-file.ts';
import { wordsWithLinks } from '../conversations/words.ts';
import { fill } from '../fill.ts';
import { hasWorker } from '../service-worker/worker-port.ts';
import { loadFile, type FileAccess } from './file-access.ts';
import { icons } from './file-icons.ts';
import { fileTexts } from './file-texts.ts';
import { isInlinePicture, plainType } from './inline-types.ts';
import { mediaAddress } from './media-address.ts';
import { PictureView, type ShownPicture } from './picture-view.ts';
import './sound-player.ts';
import { barsOf } from './wave.ts';

const WIDEST = 320;
const HIGHEST = 360;
const SMALL = { w: 800, h: 600 };

type Content = Readonly<Record<string, unknown>>;

const inner = (value: unknown, key: string): unknown => (Object(value) as Record<string, unknown>)[key];

/**
 * A file of a message. Pictures stand in a place that is kept before they are there, and are shown in full on a press; sound and film load
 * when they are played; everything else is saved. What cannot be shown is a file like any other.
 */
export class MessageFile extends LitElement {
  static override properties: PropertyDeclarations = {
    content: { attribute: false },
    access: { attribute: false },
    preview: { state: true },
    film: { state: true },
    isUnknown: { state: true },
    hasFailed: { state: true },
    isBusy: { state: true },
  };

  /** Content of the event. */
  declare content: Content;
  declare access: FileAccess;
  declare private preview: string | undefined;
  declare private film: string | undefined;
  declare private isUnknown: boolean;
  declare private hasFailed: boolean;
  declare private isBusy: boolean;
  private readonly locale = document.documentElement.lang;
  private readonly text = fileTexts(this.locale);
  private readonly blobAddresses: string[] = [];
  private whole: Promise<Blob> | undefined;
  private previewFrom: 'address' | 'blob' = 'address';
  private readonly sight = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    this.sight.disconnect();
    void this.loadPreview();
  });

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.sight.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sight.disconnect();
    for (const address of this.blobAddresses.splice(0)) URL.revokeObjectURL(address);
    this.preview = this.film = this.whole = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before: Content | undefined = changed.get('content');
    if (before === undefined || before['url'] === this.content['url']) return;
    this.preview = this.film = this.whole = undefined;
    this.isUnknown = this.hasFailed = false;
    this.sight.observe(this);
  }

  protected override updated(): void {
    const { width, height } = this.facts;
    if (width === undefined || height === undefined) return;
    const scale = Math.min(1, WIDEST / width, HIGHEST / height);
    this.style.setProperty('--width', `${Math.max(96, Math.round(width * scale))}px`);
    this.style.setProperty('--shape', `${width} / ${Math.min(height, width * 4)}`);
  }

  private get facts(): FileFacts {
    const facts = fileFacts(this.content, this.text.file);
    return this.isUnknown || this.address === undefined ? { ...facts, kind: 'file' } : facts;
  }

  private get address(): string | undefined {
    return mediaAddress(this.access.homeserverUrl, this.content['url']);
  }

  private keep(blob: Blob): string {
    const address = URL.createObjectURL(blob);
    this.blobAddresses.push(address);
    return address;
  }

  private async loadWhole(): Promise<Blob | undefined> {
    const { address } = this;
    if (address === undefined) return undefined;
    const sent = sentFiles.get(String(this.content['url']));
    this.hasFailed = false;
    this.whole ??= sent === undefined ? loadFile(address, this.access) : Promise.resolve(sent);
    try {
      return await this.whole;
    } catch {
      this.whole = undefined;
      this.hasFailed = true;
      return undefined;
    }
  }

  /** The file as a picture; one that is none is a file from then on. */
  private async loadPicture(): Promise<string | undefined> {
    const blob = await this.loadWhole();
    if (blob === undefined || !this.isConnected) return undefined;
    if (isInlinePicture(blob.type)) return this.keep(blob);
    this.isUnknown = true;
    return undefined;
  }

  /** What is shown in place: the small one that the homeserver made, the file itself where that is small or moves. */
  private get smallAddress(): string | undefined {
    const { content, access } = this;
    const info = content['info'];
    if (content['msgtype'] === 'm.video') return mediaAddress(access.homeserverUrl, inner(info, 'thumbnail_url'));
    const { width = Infinity, height = Infinity } = this.facts;
    const moves = plainType(String(inner(info, 'mimetype'))) === 'image/gif' && !matchMedia('(prefers-reduced-motion: reduce)').matches;
    const isSmall = width <= SMALL.w && height <= SMALL.h;
    return mediaAddress(access.homeserverUrl, content['url'], isSmall || moves ? 'whole' : 'small');
  }

  private async loadPreview(): Promise<void> {
    const { kind } = this.facts;
    const address = this.smallAddress;
    if ((kind !== 'image' && kind !== 'video') || address === undefined) return;
    if (kind === 'image' && sentFiles.has(String(this.content['url']))) return this.loadPreviewBlob();
    this.previewFrom = hasWorker() ? 'address' : 'blob';
    if (this.previewFrom === 'address') this.preview = address;
    else {
      const blob = await loadFile(address, this.access).catch(() => undefined);
      if (blob !== undefined && isInlinePicture(blob.type)) this.preview = this.keep(blob);
      else if (kind === 'image') await this.loadPreviewBlob();
    }
  }

  private async loadPreviewBlob(): Promise<void> {
    this.previewFrom = 'blob';
    this.preview = await this.loadPicture();
  }

  private readonly handlePreviewError = (): void => {
    this.preview = undefined;
    if (this.facts.kind !== 'image') return;
    // There may be no small one, or no worker any more: the file itself says what it is.
    if (this.previewFrom === 'address') void this.loadPreviewBlob();
    else this.isUnknown = true;
  };

  /** This picture for the view of all; undefined for what is none. */
  get shownPicture(): ShownPicture | undefined {
    const { kind, name } = this.facts;
    if (kind !== 'image') return undefined;
    return { key: String(this.content['url']), name, load: () => this.loadPicture(), save: () => void this.handleSave() };
  }

  private readonly handleOpen = (): void => {
    const others = [...(this.closest('[role=log]') ?? this).querySelectorAll<MessageFile>('smoope-message-file')];
    const files = others.length === 0 ? [this as MessageFile] : others;
    const pictures = files.flatMap((file) => (file.shownPicture === undefined ? [] : [{ file, picture: file.shownPicture }]));
    const view = new PictureView();
    view.pictures = pictures.map(({ picture }) => picture);
    view.index = pictures.findIndex(({ file }) => file === this);
    view.addEventListener('close', () => this.querySelector('button')?.focus());
    document.body.append(view);
  };

  private readonly handleSave = async (): Promise<void> => {
    this.isBusy = true;
    const blob = await this.loadWhole();
    this.isBusy = false;
    if (blob !== undefined) saveFile(blob, this.facts.name);
  };

  private readonly loadSound = async (): Promise<string | undefined> => {
    const blob = await this.loadWhole();
    return blob && this.keep(blob);
  };

  private readonly handleFilm = async (): Promise<void> => {
    this.isBusy = true;
    const blob = await this.loadWhole();
    this.isBusy = false;
    this.film = blob && this.keep(blob);
    await this.updateComplete;
    const film = this.querySelector('video');
    film?.focus();
    await film?.play().catch(() => undefined);
  };

  private readonly handleUnplayable = (): void => {
    this.isUnknown = true;
  };

  private renderPicture({ name }: FileFacts): TemplateResult {
    const { text, preview } = this;
    return html`<button class="picture" type="button" aria-label=${fill(text.openPicture, { name })} @click=${this.handleOpen}>
      ${preview === undefined ? nothing : html`<img src=${preview} alt="" @error=${this.handlePreviewError} />`}
    </button>`;
  }

  private renderFilm({ name, duration }: FileFacts): TemplateResult {
    const { text, film, preview, isBusy } = this;
    if (film !== undefined)
      return html`<video class="picture" controls playsinline src=${film} aria-label=${name} @error=${this.handleUnplayable}></video>`;
    return html`<button
      class="picture film"
      type="button"
      aria-label=${fill(text.play, { name })}
      ?data-busy=${isBusy}
      @click=${this.handleFilm}
    >
      ${preview === undefined ? nothing : html`<img src=${preview} alt="" @error=${this.handlePreviewError} />`}
      <span class="sign">${icons.play}</span>
      ${duration === undefined ? nothing : html`<span class="length">${formatDuration(duration)}</span>`}
    </button>`;
  }

  private renderRow({ name, ending, size }: FileFacts): TemplateResult {
    const { text, locale, isBusy } = this;
    const isEncrypted = this.content['url'] === undefined && this.content['file'] !== undefined;
    const details = [ending, size === undefined ? '' : formatSize(size, locale)].filter((part) => part !== '').join(' · ');
    return html`<div class="row">
      <span class="sign">${icons.file}</span>
      <p><bdi>${name}</bdi><small>${isEncrypted ? text.encrypted : details}</small></p>
      ${
        this.address === undefined
          ? nothing
          : html`<button
              class="round"
              type="button"
              aria-label=${fill(text.download, { name })}
              ?data-busy=${isBusy}
              @click=${this.handleSave}
            >
              ${icons.download}
            </button>`
      }
    </div>`;
  }

  private renderSound(facts: FileFacts): TemplateResult {
    const bars = facts.isVoice ? barsOf(inner(this.content['org.matrix.msc1767.audio'], 'waveform')) : undefined;
    return html`${facts.isVoice ? nothing : this.renderRow(facts)}
      <smoope-sound-player
        .load=${this.loadSound}
        .name=${facts.isVoice ? this.text.voiceName : facts.name}
        .bars=${bars}
        .duration=${facts.duration}
        @smoope-unplayable=${this.handleUnplayable}
      ></smoope-sound-player>`;
  }

  private renderFile(facts: FileFacts): TemplateResult {
    if (facts.kind === 'image') return this.renderPicture(facts);
    if (facts.kind === 'video') return this.renderFilm(facts);
    return facts.kind === 'audio' ? this.renderSound(facts) : this.renderRow(facts);
  }

  protected override render(): TemplateResult {
    const { text, facts } = this;
    const retry = facts.kind === 'image' ? () => void this.loadPreviewBlob() : () => void this.loadWhole();
    return html`${this.renderFile(facts)}
    ${
      this.hasFailed
        ? html`<p class="problem" role="status">
            ${text.loadFailed} <button class="quiet" type="button" @click=${retry}>${text.tryAgain}</button>
          </p>`
        : nothing
    }
    ${facts.caption === '' ? nothing : html`<p class="caption" dir="auto">${wordsWithLinks(facts.caption)}</p>`}`;
  }
}
customElements.define('smoope-message-file', MessageFile);
