import { html, LitElement, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { ConversationTexts } from './conversation-texts-en.ts';
import { openMatrix, type Opened } from '../session/opened-matrix.ts';
import { beginSignIn } from '../session/sign-in.ts';
import { endReason, type EndReason } from '../session/end-session.ts';
import { conversationTexts } from './conversation-texts.ts';

const ENDED: Readonly<Record<EndReason, keyof ConversationTexts>> = {
  here: 'endedHere',
  elsewhere: 'endedElsewhere',
  unheard: 'endedUnheard',
};

/**
 * A view for somebody who is signed in: it offers the sign-in to whoever is not, and is drawn anew when anything of their Matrix changes.
 * It draws into the page itself, whose styles it wears.
 */
export abstract class MatrixView extends LitElement {
  static override properties: PropertyDeclarations = { step: { state: true } };

  declare protected step: 'loading' | 'signedOut' | 'ready' | 'failed';
  protected opened: Opened | undefined;
  protected readonly locale = document.documentElement.lang;
  protected readonly text = conversationTexts(this.locale);
  private stopHearing: (() => void) | undefined;

  constructor() {
    super();
    this.step = 'loading';
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const brand = document.title.split(' · ').at(-1) ?? '';
    document.title = `${this.text.title} · ${brand}`;
    void this.open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopHearing?.();
  }

  /** Called once somebody's Matrix is there. */
  protected begin(_opened: Opened): void {}

  private async open(): Promise<void> {
    this.step = 'loading';
    try {
      const opened = await openMatrix();
      // Somebody who has gone on meanwhile is shown another view.
      if (!this.isConnected) return;
      this.opened = opened;
      if (opened !== undefined) {
        this.stopHearing = opened.matrix.onChange(() => this.requestUpdate());
        this.begin(opened);
      }
      this.step = opened === undefined ? 'signedOut' : 'ready';
    } catch {
      this.step = 'failed';
    }
  }

  protected abstract renderOpened(opened: Opened): TemplateResult;

  private renderSignIn(): TemplateResult {
    const { text } = this;
    const ended = endReason();
    return html`<section class="notice-page">
      <h1>${ended === undefined ? text.signInTitle : text.endedTitle}</h1>
      <p class="lead">${ended === undefined ? text.signInLead : text[ENDED[ended]]}</p>
      <button class="button" type="button" @click=${() => beginSignIn(location.pathname)}>
        ${ended === undefined ? text.signIn : text.signInAgain}
      </button>
    </section>`;
  }

  protected override render(): TemplateResult {
    const { text, step, opened } = this;
    if (step === 'signedOut') return this.renderSignIn();
    if (step === 'failed')
      return html`<section class="notice-page">
        <h1>${text.failed}</h1>
        <button class="button" type="button" @click=${() => void this.open()}>${text.tryAgain}</button>
      </section>`;
    return opened === undefined ? html`<p class="pending" role="status">${text.loading}</p>` : this.renderOpened(opened);
  }
}
