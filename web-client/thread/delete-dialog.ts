import { html, LitElement, type PropertyDeclarations, type TemplateResult } from 'lit';
import { fill } from '../fill.ts';
import type { MessageItem } from './message-item.ts';
import type { ThreadTexts } from './thread-texts-en.ts';

/**
 * Asks whether a message shall really go, and says what goes with it.
 * @event smoope-delete - It shall; its detail is the message.
 */
export class DeleteDialog extends LitElement {
  static override properties: PropertyDeclarations = { text: { attribute: false }, company: {} };

  declare text: ThreadTexts;
  declare company: string;
  private item: MessageItem | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Asks about a message. */
  ask(item: MessageItem): void {
    this.item = item;
    this.querySelector('dialog')?.showModal();
  }

  private readonly handleDelete = (): void => {
    const { item } = this;
    this.querySelector('dialog')?.close();
    if (item !== undefined) this.dispatchEvent(new CustomEvent<MessageItem>('smoope-delete', { detail: item, bubbles: true }));
  };

  protected override render(): TemplateResult {
    const { text, company } = this;
    return html`<dialog class="ask" aria-labelledby="delete-title" aria-describedby="delete-says">
      <h2 id="delete-title">${text.deleteTitle}</h2>
      <p id="delete-says">${fill(text.deleteSays, { company })}</p>
      <form method="dialog">
        <button class="quiet" type="submit" autofocus>${text.keep}</button>
        <button class="button bad" type="button" @click=${this.handleDelete}>${text.deleteNow}</button>
      </form>
    </dialog>`;
  }
}
customElements.define('smoope-thread-delete', DeleteDialog);
