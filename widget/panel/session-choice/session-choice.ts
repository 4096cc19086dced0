import { html, LitElement } from 'lit';
import type { AllText } from '../../locales/messages.ts';
import { baseStyles } from '../base.styles.ts';
import { sheetStyles } from '../floating/sheet.styles.ts';

/**
 * Asks whether conversations of somebody else shall take the place of those that are kept in this browser. Leaving it keeps them.
 * @event smoope-chosen - It has closed; `detail` is whether they shall.
 */
export class SessionChoice extends LitElement {
  static override styles = [baseStyles, sheetStyles];
  static override properties = { company: {}, text: { attribute: false } };

  declare company: string;
  declare text: AllText;

  override firstUpdated(): void {
    this.renderRoot.querySelector('dialog')?.showModal();
  }

  private choose(isTaken: boolean): void {
    this.dispatchEvent(new CustomEvent('smoope-chosen', { detail: isTaken }));
  }

  override render() {
    return html`<dialog aria-labelledby="title" aria-describedby="goes" @close=${() => this.choose(false)}>
      <h2 id="title">${this.text('otherTitle')}</h2>
      <p id="goes">${this.text('otherGoes', { company: this.company })}</p>
      <div class="choices">
        <button class="choice main" autofocus @click=${() => this.choose(false)}>${this.text('otherKeep')}</button>
        <button class="choice danger" @click=${() => this.choose(true)}>${this.text('otherTake')}</button>
      </div>
    </dialog>`;
  }
}

/** Asks; answers whether the other conversations shall take the place of the kept ones. */
export function askForOther(company: string, text: AllText): Promise<boolean> {
  const choice = Object.assign(new SessionChoice(), { company, text });
  return new Promise((resolve) => {
    choice.addEventListener('smoope-chosen', (event) => {
      choice.remove();
      resolve((event as CustomEvent<boolean>).detail);
    });
    document.body.append(choice);
  });
}

declare global {
  interface HTMLElementTagNameMap {
    'smoope-session-choice': SessionChoice;
  }
}

customElements.define('smoope-session-choice', SessionChoice);
