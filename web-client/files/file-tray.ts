import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { cleanName, formatSize } from '../../browser/files/file-facts.ts';
import { fill } from '../fill.ts';
import { icons } from './file-icons.ts';
import { fileTexts } from './file-texts.ts';
import { isInlinePicture } from './inline-types.ts';
import { prepareFile, type FileLimits, type PreparedFile } from './prepare-file.ts';
import type { Outgoing } from './upload-queue.ts';

type Chosen = {
  readonly source: File;
  readonly name: string;
  prepared: PreparedFile | undefined;
  address: string | undefined;
  caption: string;
};

/**
 * Files that were chosen, before they are sent: how they look, what is said of them, what is wrong with one.
 * @event smoope-send - They are to be sent; `detail` are the files.
 * @event close - It was closed.
 */
export class FileTray extends LitElement {
  static override properties: PropertyDeclarations = { limits: { attribute: false }, chosen: { state: true } };

  declare limits: FileLimits;
  declare private chosen: readonly Chosen[];
  private readonly locale = document.documentElement.lang;
  private readonly text = fileTexts(this.locale);

  constructor() {
    super();
    this.chosen = [];
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const { address } of this.chosen) if (address !== undefined) URL.revokeObjectURL(address);
  }

  protected override firstUpdated(): void {
    this.querySelector('dialog')?.showModal();
  }

  /** Puts files to those that are there. */
  add(files: readonly File[]): void {
    const added = files.map((source): Chosen => ({
      source,
      name: cleanName(source.name, this.text.file),
      prepared: undefined,
      address: undefined,
      caption: '',
    }));
    this.chosen = [...this.chosen, ...added];
    for (const each of added) void this.prepare(each);
  }

  private async prepare(chosen: Chosen): Promise<void> {
    const prepared = await prepareFile(chosen.source, this.limits, this.text.file);
    chosen.prepared = prepared;
    const picture = prepared.poster?.blob ?? (isInlinePicture(prepared.file.type) ? prepared.file : undefined);
    if (picture !== undefined && this.isConnected) chosen.address = URL.createObjectURL(picture);
    this.requestUpdate();
  }

  private take(chosen: Chosen): void {
    if (chosen.address !== undefined) URL.revokeObjectURL(chosen.address);
    this.chosen = this.chosen.filter((other) => other !== chosen);
    if (this.chosen.length === 0) this.querySelector('dialog')?.close();
  }

  private get sendable(): Outgoing[] {
    return this.chosen.flatMap(({ prepared, caption }) =>
      prepared === undefined || prepared.problem !== undefined ? [] : [{ ...prepared, caption: caption.trim() }],
    );
  }

  private readonly handleSend = (event: Event): void => {
    event.preventDefault();
    const { sendable } = this;
    if (sendable.length === 0 || this.chosen.some(({ prepared }) => prepared === undefined)) return;
    this.dispatchEvent(new CustomEvent<readonly Outgoing[]>('smoope-send', { detail: sendable }));
    this.querySelector('dialog')?.close();
  };

  private readonly handleMore = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    this.add([...(field.files ?? [])]);
    field.value = '';
  };

  private readonly handleClose = (): void => {
    this.dispatchEvent(new CustomEvent('close'));
    this.remove();
  };

  private renderItem(chosen: Chosen): TemplateResult {
    const { text, locale } = this;
    const { prepared, address, caption, name: given } = chosen;
    const name = prepared?.file.name ?? given;
    const problem = prepared?.problem;
    const size = formatSize(prepared?.file.size ?? chosen.source.size, locale);
    const state = prepared === undefined ? fill(text.preparing, { name }) : size;
    return html`<li class=${problem === undefined ? '' : 'bad'}>
      ${address === undefined ? html`<span class="sign">${icons.file}</span>` : html`<img src=${address} alt="" />`}
      <div>
        <p class="name"><bdi>${name}</bdi></p>
        ${
          problem === undefined
            ? html`<p class="detail" role="status">${state}</p>
                <input
                  type="text"
                  dir="auto"
                  maxlength="2000"
                  aria-label=${fill(text.caption, { name })}
                  placeholder=${text.captionHint}
                  .value=${caption}
                  @input=${(event: Event) => (chosen.caption = (event.target as HTMLInputElement).value)}
                />`
            : html`<p class="detail" role="alert">${fill(text[problem], { size: formatSize(this.limits.maxBytes, locale) })}</p>`
        }
      </div>
      <button class="round" type="button" aria-label=${fill(text.take, { name })} @click=${() => this.take(chosen)}>${icons.close}</button>
    </li>`;
  }

  protected override render(): TemplateResult {
    const { text, chosen, sendable } = this;
    const isReady = chosen.every(({ prepared }) => prepared !== undefined) && sendable.length > 0;
    const hasPictures = sendable.some(({ file }) => isInlinePicture(file.type));
    const hasOthers = sendable.some(({ file }) => !isInlinePicture(file.type));
    return html`<dialog class="file-tray" aria-labelledby="file-tray-title" @close=${this.handleClose}>
      <form method="dialog" @submit=${this.handleSend}>
        <h2 id="file-tray-title">${chosen.length === 1 ? text.oneFile : text.trayTitle}</h2>
        <ul>
          ${chosen.map((each) => this.renderItem(each))}
        </ul>
        ${hasPictures ? html`<p class="note">${text.pictureNote}</p>` : nothing}
        ${hasOthers ? html`<p class="note">${text.otherNote}</p>` : nothing}
        <div class="actions">
          <label class="quiet add">${text.more}<input type="file" multiple @change=${this.handleMore} /> </label>
          <button class="quiet" type="button" @click=${() => this.querySelector('dialog')?.close()}>${text.cancel}</button>
          <button class="button" ?disabled=${!isReady}>
            ${sendable.length > 1 ? fill(text.sendCount, { count: sendable.length }) : text.send}
          </button>
        </div>
      </form>
    </dialog>`;
  }
}
customElements.define('smoope-file-tray', FileTray);
