import { html, LitElement } from 'lit';
import type { AllText } from '../../locales/messages.ts';
import { baseStyles } from '../base.styles.ts';
import type { PanelClient } from '../panel-view.ts';
import { keep } from '../session-changes.ts';
import { ratingStyles } from './rating.styles.ts';

const SCORES = [1, 2, 3, 4, 5] as const;
const FACES = { 1: '😞', 2: '🙁', 3: '😐', 4: '🙂', 5: '😊' } as const;
const KEPT = 20;

/** One voluntary question after a conversation was closed; an answer, or none, is the end of it. */
export class Rating extends LitElement {
  static override styles = [baseStyles, ratingStyles];
  static override properties = {
    client: { attribute: false },
    conversation: {},
    closing: {},
    text: { attribute: false },
    state: { state: true },
  };

  declare client: PanelClient;
  /** Id of the conversation. */
  declare conversation: string;
  /** Name of this closing, so that nobody is asked about it twice. */
  declare closing: string;
  declare text: AllText;
  declare state: 'asking' | 'thanks' | 'failed' | 'gone';

  constructor() {
    super();
    this.state = 'asking';
  }

  private remember(): void {
    keep(this.client, { rated: [...this.client.view().kept.rated, this.closing].slice(-KEPT) });
  }

  private async rate(score: number): Promise<void> {
    this.state = 'thanks';
    try {
      await this.client.call({ method: 'PUT', path: this.client.pathOf(this.conversation, '/rating'), body: { score } });
      this.remember();
    } catch {
      this.state = 'failed';
    }
  }

  private leave(): void {
    this.state = 'gone';
    this.remember();
  }

  private renderQuestion() {
    return html`<fieldset>
        <legend>${this.text('ratingQuestion')}</legend>
        ${SCORES.map((score) => {
          const label = this.text('rate', { score, word: this.text(`rate${score}`) });
          return html`<button aria-label=${label} title=${label} @click=${() => void this.rate(score)}>${FACES[score]}</button>`;
        })}
      </fieldset>
      <p class="muted">${this.text('ratingHint')} <button class="link" @click=${this.leave}>${this.text('notRating')}</button></p>`;
  }

  override render() {
    const isAsking = this.state === 'asking' || this.state === 'failed';
    const said = { thanks: this.text('rated'), failed: this.text('ratingFailed'), asking: '', gone: '' }[this.state];
    return html`${isAsking ? this.renderQuestion() : ''}
      <p role="status">${said}</p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'smoope-rating': Rating;
  }
}

customElements.define('smoope-rating', Rating);
