import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { ownProfile } from '../account/profile-data.ts';
import { fill } from '../fill.ts';
import type { Opened } from '../session/opened-matrix.ts';
import { signOut } from '../session/sign-out.ts';
import { conversationTexts } from './conversation-texts.ts';

/** What concerns the person and not a conversation: their account, the language, and the way out. */
export class AppMenu extends LitElement {
  static override properties: PropertyDeclarations = { opened: { attribute: false }, step: { state: true } };

  declare opened: Opened;
  /** `asking` while messages that are not sent yet would go with the sign-out. */
  declare private step: 'closed' | 'open' | 'asking' | 'leaving';
  private readonly text = conversationTexts(document.documentElement.lang);

  constructor() {
    super();
    this.step = 'closed';
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('pointerdown', this.handleElsewhere);
    this.addEventListener('keydown', this.handleKey);
    this.addEventListener('focusout', this.handleFocusOut);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('pointerdown', this.handleElsewhere);
  }

  private close(): void {
    if (this.step !== 'leaving') this.step = 'closed';
  }

  private readonly handleElsewhere = (event: Event): void => {
    if (!event.composedPath().includes(this)) this.close();
  };

  private readonly handleFocusOut = ({ relatedTarget }: FocusEvent): void => {
    if (relatedTarget instanceof Node && !this.contains(relatedTarget)) this.close();
  };

  private readonly handleKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || this.step === 'closed') return;
    event.preventDefault();
    this.close();
    this.querySelector('button')?.focus();
  };

  private readonly handleToggle = (): void => {
    this.step = this.step === 'closed' ? 'open' : 'closed';
  };

  private readonly handleLanguage = async (): Promise<void> => {
    const locale = this.text.otherLocale;
    try {
      const { firstName, lastName, alias } = await ownProfile.get();
      await ownProfile.change({ firstName, lastName, alias, locale });
      location.reload();
    } catch {
      // Without a session of the account it holds for this page.
      location.assign(`${location.pathname}?locale=${locale}`);
    }
  };

  private readonly handleSignOut = (): void => {
    if (this.step !== 'asking' && this.opened.matrix.countUnsent() > 0) this.step = 'asking';
    else {
      this.step = 'leaving';
      void signOut(this.opened);
    }
  };

  protected override updated(): void {
    if (this.step === 'asking') this.querySelector<HTMLElement>('.keep')?.focus();
  }

  private renderQuestion(): TemplateResult {
    const { text } = this;
    const count = this.opened.matrix.countUnsent();
    return html`<div class="menu question" role="group" aria-label=${text.signOut}>
      <p role="alert">${count === 1 ? text.unsentOne : fill(text.unsentMany, { count: String(count) })}</p>
      <button type="button" class="keep" @click=${() => this.close()}>${text.stay}</button>
      <button type="button" @click=${this.handleSignOut}>${text.discardAndLeave}</button>
    </div>`;
  }

  private renderMenu(): TemplateResult {
    const { text } = this;
    return html`<ul class="menu">
      <li><a href="/account">${text.account}</a></li>
      <li><button type="button" lang=${text.otherLocale} @click=${this.handleLanguage}>${text.otherLanguage}</button></li>
      <li><button type="button" @click=${this.handleSignOut}>${text.signOut}</button></li>
    </ul>`;
  }

  protected override render(): TemplateResult {
    const { text, step } = this;
    return html`<button
        class="menu-button"
        type="button"
        aria-expanded=${step === 'closed' ? 'false' : 'true'}
        ?disabled=${step === 'leaving'}
        @click=${this.handleToggle}
      >
        ${step === 'leaving' ? text.leaving : text.menu}
      </button>
      ${step === 'open' ? this.renderMenu() : step === 'asking' ? this.renderQuestion() : nothing}`;
  }
}
customElements.define('smoope-app-menu', AppMenu);
