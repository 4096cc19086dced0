import { html, LitElement, nothing, svg } from 'lit';
import type { MediaLimits } from '../../../appservice/visitors/panel-features-wire.ts';
import type { AllText, MoreKey } from '../../locales/messages.ts';
import { baseStyles } from '../base.styles.ts';
import { closeIcon, icon } from '../icons.ts';
import { cleanName, formatSize } from '../../../browser/files/file-facts.ts';
import type { PanelClient } from '../panel-view.ts';
import { attachmentsStyles } from './attachments.styles.ts';
import { isRedrawn } from '../../../browser/files/reencode.ts';
import { createUploadQueue, problemOf, type Upload, type UploadQueue } from './upload-queue.ts';

const fileIcon = icon(svg`<path d="M6 22a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2h8l6 6v12a2 2 0 0 1-2 2zM14 2v5a1 1 0 0 0 1 1h5"/>`);

/**
 * Files that were chosen and files on their way, above the message field: what they are, how far they are, what is wrong.
 * @event smoope-remove - A chosen file shall not go; `detail` is the file.
 */
export class Attachments extends LitElement {
  static override styles = [baseStyles, attachmentsStyles];
  static override properties = {
    files: { attribute: false },
    limits: { attribute: false },
    client: { attribute: false },
    text: { attribute: false },
    locale: {},
  };

  /** Chosen files. */
  declare files: readonly File[];
  declare limits: MediaLimits;
  declare client: PanelClient;
  declare text: AllText;
  declare locale: string;
  private queue: UploadQueue | undefined;
  private readonly previews = new Map<File, string>();

  constructor() {
    super();
    this.files = [];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.previews.forEach((url) => URL.revokeObjectURL(url));
    this.previews.clear();
  }

  override updated(): void {
    const shown = new Set([...this.files, ...(this.queue?.uploads() ?? []).map(({ file }) => file)]);
    for (const [file, url] of this.previews) {
      if (shown.has(file)) continue;
      URL.revokeObjectURL(url);
      this.previews.delete(file);
    }
  }

  /** Sends files one after the other; a duration in milliseconds makes a voice message of them. */
  send(files: readonly File[], duration?: number): void {
    this.queue ??= createUploadQueue(
      this.client,
      () => this.limits,
      () => this.requestUpdate(),
    );
    this.queue.add(files, duration);
  }

  private previewOf(file: File): string {
    const url = this.previews.get(file) ?? URL.createObjectURL(file);
    this.previews.set(file, url);
    return url;
  }

  private nameOf(file: File): string {
    return cleanName(file.name, this.text('file'));
  }

  private renderProblem(problem: MoreKey | undefined) {
    return problem && this.text(problem, { size: formatSize(this.limits.maxBytes, this.locale) });
  }

  private renderItem(file: File, line: unknown, buttons: unknown, isBad: boolean) {
    return html`<li class=${isBad ? 'bad' : ''}>
      ${isRedrawn(file) ? html`<img src=${this.previewOf(file)} alt="" />` : html`<span class="sign">${fileIcon}</span>`}
      <div><bdi>${this.nameOf(file)}</bdi>${line}</div>
      ${buttons}
    </li>`;
  }

  private renderChosen(file: File) {
    const problem = problemOf(file, this.limits);
    const name = this.nameOf(file);
    return this.renderItem(
      file,
      html`<small>${this.renderProblem(problem) ?? formatSize(file.size, this.locale)}</small>`,
      html`<button
        class="round"
        aria-label=${this.text('removeFile', { name })}
        @click=${() => this.dispatchEvent(new CustomEvent('smoope-remove', { detail: file }))}
      >
        ${closeIcon}
      </button>`,
      Boolean(problem),
    );
  }

  private renderUpload(upload: Upload) {
    const { file, state, share, problem, canRetry } = upload;
    const name = this.nameOf(file);
    const percent = Math.floor(share * 100);
    const line =
      state === 'failed'
        ? html`<small role="alert">${this.renderProblem(problem)}</small>`
        : html`<small>${state === 'preparing' ? this.text('preparing') : this.text('uploading', { percent })}</small
            ><progress max="1" .value=${share} aria-label=${name}></progress>`;
    const retry = html`<button class="again" aria-label=${this.text('retryUpload', { name })} @click=${() => this.queue?.retry(upload)}>
      ${this.text('retry')}
    </button>`;
    const label = this.text(state === 'failed' ? 'removeFile' : 'cancelUpload', { name });
    return this.renderItem(
      file,
      line,
      html`${canRetry && state === 'failed' ? retry : nothing}<button
          class="round"
          aria-label=${label}
          @click=${() => this.queue?.remove(upload)}
        >
          ${closeIcon}
        </button>`,
      state === 'failed',
    );
  }

  override render() {
    const uploads = this.queue?.uploads() ?? [];
    if (uploads.length + this.files.length === 0) return nothing;
    return html`<ul aria-label=${this.text('uploads')}>
      ${uploads.map((upload) => this.renderUpload(upload))} ${this.files.map((file) => this.renderChosen(file))}
    </ul>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'smoope-attachments': Attachments;
  }
}

customElements.define('smoope-attachments', Attachments);
