import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { AccountView } from '../../appservice/accounts/account-wire.ts';
import { findAccount, JoiningFault } from './joining-api.ts';
import { german } from './joining-texts-de.ts';
import { english, type JoiningTexts } from './joining-texts-en.ts';
import type { KeptLink } from './kept-link.ts';

/** How far a page of a link is. `over`: the link is worth nothing (any more). */
export type JoiningStep = 'loading' | 'ready' | 'done' | 'over' | 'failed';

/** Puts values into the gaps of a sentence. */
export const fill = (text: string, gaps: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (gap, name: string) => gaps[name] ?? gap);

/** What others call the person of an account. */
export const nameOf = ({ alias, firstName }: AccountView): string => alias ?? firstName;

const FAULTS: Readonly<Record<string, keyof JoiningTexts>> = {
  COM_SMOOPE_BLOCKED: 'faultBlocked',
  COM_SMOOPE_COMPANY_NOT_OPEN: 'faultNotOpen',
  COM_SMOOPE_CONFLICT: 'faultMember',
  M_LIMIT_EXCEEDED: 'faultLimit',
  offline: 'faultOffline',
};

/**
 * A page that a link with a secret leads to: it shows what the link does, lets the person sign in where nobody is, and does it when
 * they say so. It draws into the page itself, whose styles it wears.
 */
export abstract class JoiningView<Preview> extends LitElement {
  static override properties: PropertyDeclarations = {
    step: { state: true },
    preview: { state: true },
    account: { state: true },
    fault: { state: true },
    busy: { state: true },
  };

  declare protected step: JoiningStep;
  declare protected preview: Preview | undefined;
  declare protected account: AccountView | undefined;
  /** What went wrong, as a sentence. */
  declare protected fault: string;
  declare protected busy: boolean;
  protected readonly language: 'de' | 'en' = /^de\b/i.test(document.documentElement.lang) ? 'de' : 'en';
  protected readonly text: JoiningTexts = this.language === 'de' ? german : english;
  protected abstract readonly pageTitle: string;
  protected abstract readonly link: KeptLink;
  /** Address of the page without secrets; the sign-in comes back to it. */
  protected abstract readonly page: string;
  protected secret: string | undefined;

  constructor() {
    super();
    this.step = 'loading';
    this.fault = '';
    this.busy = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = `${this.pageTitle} · ${document.title.split(' · ').at(-1) ?? ''}`;
    this.secret = this.link.take();
    void this.load();
  }

  protected abstract look(secret: string): Promise<Preview>;
  protected abstract act(secret: string): Promise<void>;
  /** What may be done with the link, and on which terms. */
  protected abstract renderReady(preview: Preview): TemplateResult;
  /** Names that sentences may hold. */
  protected abstract gaps(): Readonly<Record<string, string>>;
  protected abstract readonly heading: string;
  protected abstract readonly over: string;
  protected abstract readonly done: string;
  protected abstract readonly signIn: string;

  private explain(error: unknown): void {
    if (!(error instanceof JoiningFault)) throw error;
    if (/^COM_SMOOPE_CODE_USED$|^M_INVALID_PARAM$/.test(error.code)) {
      this.link.forget();
      this.step = 'over';
      return;
    }
    this.fault = fill(this.text[FAULTS[error.code] ?? 'faultOther'], this.gaps());
  }

  protected async load(): Promise<void> {
    if (this.secret === undefined) {
      this.step = 'over';
      return;
    }
    try {
      [this.preview, this.account] = await Promise.all([this.look(this.secret), findAccount()]);
      this.step = 'ready';
    } catch (error) {
      this.step = 'failed';
      this.explain(error);
    }
  }

  /** Does what the link is for. */
  protected async carryOut(): Promise<void> {
    if (this.busy || this.secret === undefined) return;
    this.busy = true;
    this.fault = '';
    try {
      await this.act(this.secret);
      this.link.forget();
      this.step = 'done';
    } catch (error) {
      if (error instanceof JoiningFault && /^M_(MISSING|UNKNOWN)_TOKEN$/.test(error.code)) this.account = undefined;
      else this.explain(error);
    } finally {
      this.busy = false;
    }
    await this.updateComplete;
    this.querySelector<HTMLElement>('[data-said]')?.focus();
  }

  protected renderButtons(label: string): TemplateResult {
    const signIn = `/account/sign-in?to=${this.page}`;
    if (this.account === undefined) return html`<a class="button" href=${signIn}>${this.signIn}</a>`;
    return html`<button class="button" aria-disabled=${this.busy ? 'true' : 'false'} @click=${() => this.carryOut()}>${label}</button>`;
  }

  private renderSaid(sentence: string, isFault = false): TemplateResult {
    return html`<p class=${isFault ? 'fault block' : 'lead'} role=${isFault ? 'alert' : 'status'} tabindex="-1" data-said>${sentence}</p>`;
  }

  private renderStep(): TemplateResult {
    const { step, preview } = this;
    if (step === 'ready' && preview !== undefined)
      return html`${this.renderReady(preview)} ${this.fault === '' ? nothing : this.renderSaid(this.fault, true)}`;
    if (step === 'done') return html`${this.renderSaid(fill(this.done, this.gaps()))}<a class="button" href="/">${this.text.toApp}</a>`;
    if (step === 'over') return html`${this.renderSaid(this.over)}<a class="button" href="/">${this.text.toApp}</a>`;
    if (step === 'failed') return this.renderSaid(this.fault, true);
    return html`<p class="lead" role="status">${this.text.loading}</p>`;
  }

  override render(): TemplateResult {
    return html`<section class="joining">
      <h1>${fill(this.heading, this.gaps())}</h1>
      ${this.renderStep()}
    </section>`;
  }
}
