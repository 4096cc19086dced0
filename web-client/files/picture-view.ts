import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { fill } from '../fill.ts';
import { icons } from './file-icons.ts';
import { fileTexts } from './file-texts.ts';

/** A picture that can be shown in full. */
export type ShownPicture = {
  readonly key: string;
  readonly name: string;
  /** Address that can be drawn; undefined where it cannot be loaded. */
  readonly load: () => Promise<string | undefined>;
  readonly save: () => void;
};

/**
 * Pictures of a conversation in full: arrows go from one to the next, a press enlarges, Escape closes.
 * @event close - It was closed.
 */
export class PictureView extends LitElement {
  static override properties: PropertyDeclarations = {
    pictures: { attribute: false },
    index: { type: Number },
    address: { state: true },
    hasFailed: { state: true },
    isLarge: { state: true },
  };

  declare pictures: readonly ShownPicture[];
  declare index: number;
  declare private address: string | undefined;
  declare private hasFailed: boolean;
  declare private isLarge: boolean;
  private readonly text = fileTexts(document.documentElement.lang);

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override firstUpdated(): void {
    this.querySelector('dialog')?.showModal();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('index')) void this.load();
  }

  private async load(): Promise<void> {
    this.address = undefined;
    this.hasFailed = this.isLarge = false;
    const { index } = this;
    const address = await this.pictures[index]?.load();
    if (index !== this.index) return;
    this.address = address;
    this.hasFailed = address === undefined;
  }

  private go(step: number): void {
    this.index = Math.min(this.pictures.length - 1, Math.max(0, this.index + step));
  }

  private readonly handleKey = (event: KeyboardEvent): void => {
    const isRightToLeft = getComputedStyle(this).direction === 'rtl';
    if (event.key === 'ArrowRight') this.go(isRightToLeft ? -1 : 1);
    else if (event.key === 'ArrowLeft') this.go(isRightToLeft ? 1 : -1);
    else return;
    event.preventDefault();
  };

  private readonly handleClose = (): void => {
    this.dispatchEvent(new CustomEvent('close'));
    this.remove();
  };

  private renderPicture({ name }: ShownPicture): TemplateResult {
    const { text, address, hasFailed, isLarge } = this;
    if (hasFailed)
      return html`<p role="alert">
        ${text.loadFailed} <button class="quiet" type="button" @click=${() => void this.load()}>${text.tryAgain}</button>
      </p>`;
    if (address === undefined) return html`<p role="status">${text.loading}</p>`;
    return html`<button
      class="zoom"
      type="button"
      aria-label=${text.zoom}
      aria-pressed=${isLarge ? 'true' : 'false'}
      @click=${() => (this.isLarge = !isLarge)}
    >
      <img class=${isLarge ? 'large' : ''} src=${address} alt=${fill(text.picture, { name })} @error=${() => (this.hasFailed = true)} />
    </button>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { text, pictures, index } = this;
    const picture = pictures[index];
    if (picture === undefined) return nothing;
    const { name } = picture;
    const count = pictures.length;
    return html`<dialog
      class="picture-view"
      aria-label=${fill(text.picture, { name })}
      @keydown=${this.handleKey}
      @close=${this.handleClose}
    >
      <header>
        <p>
          <bdi>${name}</bdi>
          ${count > 1 ? html`<span role="status">${fill(text.place, { index: index + 1, count })}</span>` : nothing}
        </p>
        <button class="round" type="button" aria-label=${fill(text.download, { name })} @click=${picture.save}>${icons.download}</button>
        <button class="round" type="button" autofocus aria-label=${text.close} @click=${() => this.querySelector('dialog')?.close()}>
          ${icons.close}
        </button>
      </header>
      <div class="stage">${this.renderPicture(picture)}</div>
      ${
        count > 1
          ? html`<button
                class="round previous"
                type="button"
                aria-label=${text.previous}
                ?disabled=${index === 0}
                @click=${() => this.go(-1)}
              >
                ${icons.back}</button
              ><button class="round next" type="button" aria-label=${text.next} ?disabled=${index === count - 1} @click=${() => this.go(1)}>
                ${icons.on}
              </button>`
          : nothing
      }
    </dialog>`;
  }
}
customElements.define('smoope-picture-view', PictureView);
