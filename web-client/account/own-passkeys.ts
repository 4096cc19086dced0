import { html, nothing, type TemplateResult } from 'lit';
import type { PasskeysView, PasskeyView } from '../../appservice/passkeys/passkey-wire.ts';
import { AccountFault } from './account-api.ts';
import { browserInWords, dayInWords, fill } from './account-texts.ts';
import { AccountView, type Faults } from './account-view.ts';
import { ownPasskeys } from './passkey-data.ts';
import { knowsPasskeys, stopAsking } from './passkey-device.ts';
import type { PasskeyTexts } from './passkey-texts-en.ts';
import { passkeyTexts } from './passkey-texts.ts';

const FAULTS: Readonly<Record<string, keyof PasskeyTexts>> = {
  cancelled: 'cancelled',
  thereAlready: 'thereAlready',
  unfit: 'unfit',
  failed: 'failed',
  COM_SMOOPE_NOT_PROVEN: 'failed',
};

const isFault = (error: unknown, code: string): error is AccountFault => error instanceof AccountFault && error.code === code;

/** Passkeys of somebody's own account: add one on this device, take one away. */
export class OwnPasskeysView extends AccountView {
  static override properties = { own: { state: true }, leaving: { state: true } };

  declare private own: PasskeysView | undefined;
  /** The one that the person is asked about before it goes. */
  declare private leaving: string | undefined;
  private readonly words = passkeyTexts(this.locale);
  private readonly isPossible = knowsPasskeys();
  protected readonly heading = this.words.ownTitle;

  protected override firstUpdated(): void {
    void this.begin(() => this.load());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    stopAsking();
  }

  private async load(): Promise<void> {
    this.own = await ownPasskeys.get();
  }

  private get isFull(): boolean {
    return this.own !== undefined && this.own.passkeys.length >= this.own.most;
  }

  protected override explain(fault: AccountFault): Faults {
    if (fault.code === 'left') return {};
    if (fault.code === 'COM_SMOOPE_CONFLICT') {
      if (fault.field === 'id') return { '': this.words.last };
      // That the list is full stands below it.
      return this.isFull ? {} : { '': this.words.thereAlready };
    }
    const named = FAULTS[fault.code];
    return named === undefined ? super.explain(fault) : { '': this.words[named] };
  }

  private readonly handleAdd = (event: Event): void => {
    event.preventDefault();
    this.leaving = undefined;
    void this.attempt(async () => {
      this.said = this.words.waiting;
      try {
        await ownPasskeys.add();
      } catch (error) {
        this.said = '';
        // Another window may have added some.
        if (isFault(error, 'COM_SMOOPE_CONFLICT')) await this.load();
        throw error;
      }
      await this.load();
      this.said = this.words.added;
    });
  };

  private readonly handleAsk = (id: string): void => {
    this.leaving = id;
    this.takeTo('[data-first]');
  };

  private readonly handleKeep = (id: string): void => {
    this.leaving = undefined;
    this.takeTo(`[data-id="${id}"]`);
  };

  private handleRemove(id: string): void {
    void this.attempt(async () => {
      await ownPasskeys.remove(id).catch((error: unknown) => {
        // Another window has removed it.
        if (!isFault(error, 'M_NOT_FOUND')) throw error;
      });
      this.leaving = undefined;
      await this.load();
      this.said = this.words.removed;
      this.closest<HTMLElement>('main')?.focus();
    });
  }

  private takeTo(selector: string): void {
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(selector)?.focus());
  }

  private renderQuestion(id: string, name: string, about: string): TemplateResult {
    const { words } = this;
    return html`<div class="question" role="group" aria-labelledby="question" aria-describedby="question-about">
      <h2 id="question">${words.removeTitle}</h2>
      <p id="question-about"><strong>${name}</strong>, ${about}. ${words.removeLead}</p>
      <p class="choices">
        <button class="button" data-first aria-disabled=${this.busy ? 'true' : 'false'} @click=${() => this.handleRemove(id)}>
          ${words.removeNow}
        </button>
        <button class="quiet" @click=${() => this.handleKeep(id)}>${words.keep}</button>
      </p>
    </div>`;
  }

  private readonly renderPasskey = ({ id, browser, system, createdAt, lastUsedAt }: PasskeyView): TemplateResult => {
    const { text, words } = this;
    const name = browserInWords({ browser, system }, text);
    const made = fill(words.made, { when: dayInWords(createdAt, this.locale) });
    if (this.leaving === id) return html`<li>${this.renderQuestion(id, name, made)}</li>`;
    const used = lastUsedAt === null ? words.notUsed : fill(text.lastUsed, { when: dayInWords(lastUsedAt, this.locale) });
    return html`<li>
      <div>
        <strong>${name}</strong>
        <p class="hint">${made} · ${used}</p>
      </div>
      <button
        class="quiet"
        type="button"
        data-id=${id}
        aria-label=${fill(words.removeOf, { name, made })}
        @click=${() => this.handleAsk(id)}
      >
        ${words.remove}
      </button>
    </li>`;
  };

  private renderAdd({ most }: PasskeysView): TemplateResult {
    const { words } = this;
    if (!this.isPossible) return html`<p class="warning after">${words.unsupported}</p>`;
    if (this.isFull) return html`<p class="warning after">${fill(words.most, { count: String(most) })}</p>`;
    const rank = this.leaving === undefined ? 'first' : 'second';
    return html`<form class="after" @submit=${this.handleAdd}>${this.renderButton(words.add, rank)}</form>`;
  }

  protected override render(): TemplateResult {
    const { own, text, words } = this;
    return html`<h1>${this.heading}</h1>
      <p class="lead">${words.ownLead}</p>
      ${this.renderFault()} ${this.renderSaid()}
      ${
        own === undefined
          ? nothing
          : html`${
              own.passkeys.length === 0
                ? html`<p>${words.ownNone}</p>`
                : html`<ul class="list steady">
                    ${own.passkeys.map(this.renderPasskey)}
                  </ul>`
            }
            ${this.renderAdd(own)}`
      }
      <nav class="more" aria-label=${text.accountTitle}>
        <a href="/account">${text.toAccount}</a>
        <a href="/account/security">${words.toSecurity}</a>
      </nav>`;
  }
}
customElements.define('smoope-own-passkeys', OwnPasskeysView);

/** The view. */
export const renderOwnPasskeys = (): TemplateResult => html`<smoope-own-passkeys class="own"></smoope-own-passkeys>`;
