import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { ChangedConversation, InboxConversationDetails, InboxWorkplace } from '../../appservice/team/agent-inbox-wire.ts';
import { ApiFault } from '../api/api-session.ts';
import type { InboxApi } from '../api/inbox.ts';
import '../conversations/conversation-thread.ts';
import { fill } from '../fill.ts';
import type { Opened } from '../session/opened-matrix.ts';
import { CannedReplies } from './canned-replies.ts';
import { inboxAddress, type InboxFilter } from './inbox-filter.ts';
import { nameOfMember, statusInWords } from './inbox-list.ts';
import type { InboxTexts } from './inbox-texts-en.ts';
import { inboxTexts } from './inbox-texts.ts';
import { renderPersonCard } from './person-card.ts';
import type { Shortcut } from './shortcuts.ts';
import './team-notes.ts';

declare global {
  interface HTMLElementEventMap {
    /** Something was done with the conversation: the inbox should be asked for anew. */
    'inbox-changed': CustomEvent<void>;
  }
}

const FAULTS: Readonly<Record<string, keyof InboxTexts>> = { COM_SMOOPE_CONFLICT: 'faultConflict', M_NOT_FOUND: 'faultGone' };

/**
 * A conversation as an agent has it: what was said, what can be done, and beside it who answers, the person's card and the team's notes.
 * @event inbox-changed - Something was done with it.
 */
export class InboxConversationPane extends LitElement {
  static override properties: PropertyDeclarations = {
    opened: { attribute: false },
    api: { attribute: false },
    workplace: { attribute: false },
    details: { attribute: false },
    filter: { attribute: false },
    mark: {},
    version: {},
    isBusy: { state: true },
    hasDetails: { state: true },
    fault: { state: true },
  };

  declare opened: Opened;
  declare api: InboxApi;
  declare workplace: InboxWorkplace;
  declare details: InboxConversationDetails;
  declare filter: InboxFilter;
  /** Changes when something happened in a room of the team. */
  declare mark: string;
  /** Counts what changed in the agent's Matrix. */
  declare version: number;
  declare private isBusy: boolean;
  /** Whether person and notes stand in the conversation's place, where there is no room for both. */
  declare private hasDetails: boolean;
  declare private fault: keyof InboxTexts | undefined;
  private readonly locale = document.documentElement.lang;
  private readonly words = inboxTexts(this.locale);
  private readonly canned = new CannedReplies(this, () => ({
    replies: this.workplace.cannedReplies,
    languages: [this.details.person.facts.find(({ source }) => source === 'language')?.value ?? '', this.workplace.locale],
    words: this.words,
  }));

  constructor() {
    super();
    this.isBusy = false;
    this.hasDetails = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('details') || changed.get('details')?.number === this.details.number) return;
    this.fault = undefined;
    this.hasDetails = false;
  }

  /** What Matrix says of the agent's membership; the server's word where Matrix has not said anything yet. */
  private get isIn(): boolean {
    const membership = this.opened.matrix.client.getRoom(this.details.roomId)?.getMyMembership();
    return membership === 'join' || (this.details.isJoined && membership === undefined);
  }

  private async perform(work: () => Promise<ChangedConversation>, conflict: keyof InboxTexts = 'faultConflict'): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    this.fault = undefined;
    try {
      const { conversation } = await work();
      if (conversation === null) this.fault = 'faultMoved';
    } catch (error) {
      const code = error instanceof ApiFault ? error.code : '';
      this.fault = code === 'COM_SMOOPE_CONFLICT' || code === 'M_INVALID_PARAM' ? conflict : (FAULTS[code] ?? 'faultOther');
    } finally {
      this.isBusy = false;
      this.dispatchEvent(new CustomEvent('inbox-changed', { bubbles: true }));
    }
  }

  private join(): Promise<ChangedConversation> {
    return this.api.act(this.details.number, 'join');
  }

  private readonly handleTake = (): Promise<void> =>
    this.perform(async () => {
      const claimed = await this.api.act(this.details.number, 'claim');
      return this.isIn ? claimed : this.join();
    });

  private readonly handleLook = (): Promise<void> => this.perform(() => this.join());

  private readonly handleClose = (): Promise<void> =>
    this.perform(() => this.api.act(this.details.number, this.details.status === 'closed' ? 'reopen' : 'close'));

  private readonly handleAssign = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    void this.perform(() => this.api.assign(this.details.number, value === '' ? null : value));
  };

  private readonly handleHandOver = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    void this.perform(() => this.api.handOver(this.details.number, value === '' ? null : value));
  };

  private readonly handleLabel = (event: Event): void => {
    event.preventDefault();
    const field = this.querySelector<HTMLInputElement>('#new-label');
    const label = field?.value.trim() ?? '';
    if (field === null || label === '') return;
    field.value = '';
    void this.perform(() => this.api.addLabel(this.details.number, label), 'faultLabel');
  };

  /** Does what a key stands for; answers whether it is one of the conversation's. */
  async press(shortcut: Shortcut): Promise<void> {
    const { status, assignee } = this.details;
    if (shortcut === 'take' && status !== 'closed' && assignee !== this.workplace.me.id) await this.handleTake();
    if (shortcut === 'close') await this.handleClose();
    const field = { assign: '#assignee', note: 'smoope-team-notes textarea', reply: 'smoope-conversation-thread textarea' }[
      shortcut as string
    ];
    if (field === undefined) return;
    this.hasDetails = shortcut !== 'reply';
    await this.updateComplete;
    this.querySelector<HTMLElement>(field)?.focus();
  }

  /** Members who may answer it. */
  private get candidates(): InboxWorkplace['members'] {
    const { members, departments } = this.workplace;
    const own = departments.find(({ key }) => key === this.details.department)?.members;
    return members.filter(({ id, isBot }) => !isBot && (own === undefined || own.includes(id)));
  }

  private renderTop(): TemplateResult {
    const { words, details, workplace, filter, isBusy, isIn } = this;
    const { number, status, assignee } = details;
    const isFree = status !== 'closed' && assignee === null && isIn;
    return html`<header class="talk-top">
      <a class="to-list" href=${inboxAddress(workplace.company.slug, filter)} aria-label=${words.back}>‹</a>
      <div>
        <h2>${fill(words.conversation, { number })}</h2>
        <p class="hint">
          <span class="state ${status}">${statusInWords(details, words)}</span
          >${assignee === null ? nothing : html` · ${fill(words.with, { name: nameOfMember(workplace, assignee) ?? '' })}`}
        </p>
      </div>
      <button
        class="plain to-details"
        type="button"
        aria-expanded=${this.hasDetails ? 'true' : 'false'}
        @click=${() => {
          this.hasDetails = !this.hasDetails;
        }}
      >
        ${this.hasDetails ? words.toConversation : words.details}
      </button>
      ${isFree ? html`<button class="small strong" type="button" ?disabled=${isBusy} @click=${this.handleTake}>${words.take}</button>` : nothing}
      ${
        isIn
          ? html`<button class="small ${status === 'closed' ? 'strong' : ''}" type="button" ?disabled=${isBusy} @click=${this.handleClose}>
              ${status === 'closed' ? words.reopen : words.close}
            </button>`
          : nothing
      }
    </header>`;
  }

  private renderOffer(): TemplateResult {
    const { words, details, workplace, isBusy } = this;
    const name = nameOfMember(workplace, details.assignee);
    const lead = details.status === 'closed' ? words.closedLead : name === undefined ? words.takeLead : fill(words.lookLead, { name });
    const isFree = details.status !== 'closed' && (name === undefined || details.assignee === workplace.me.id);
    return html`<div class="offer">
      <p>${lead}</p>
      <p class="buttons">
        ${isFree ? html`<button class="button" type="button" ?disabled=${isBusy} @click=${this.handleTake}>${words.take}</button>` : nothing}
        <button class="plain" type="button" ?disabled=${isBusy} @click=${this.handleLook}>${words.look}</button>
      </p>
      <p class="hint">${words.lookHint}</p>
    </div>`;
  }

  private renderWords(): TemplateResult {
    const { opened, details, version, words, workplace } = this;
    if (!this.isIn) return this.renderOffer();
    if (opened.matrix.client.getRoom(details.roomId) === null) {
      // One of very many may not have come with the list of rooms.
      opened.matrix.open(details.roomId);
      return html`<p class="pending" role="status">${words.opening}</p>`;
    }
    return html`<div class="answering">
      <smoope-conversation-thread
        .opened=${opened}
        .roomId=${details.roomId}
        .names=${'matrix'}
        .version=${version}
      ></smoope-conversation-thread>
      ${this.canned.render()} ${workplace.cannedReplies.length === 0 ? nothing : html`<p class="hint canned-hint">${words.cannedHint}</p>`}
    </div>`;
  }

  private renderLabels(): TemplateResult {
    const { words, details, workplace, isBusy } = this;
    return html`<div class="labels" role="group" aria-label=${words.labels}>
        ${details.labels.map(
          (label) =>
            html`<span class="chip"
              >${label}<button
                type="button"
                aria-label=${fill(words.removeLabel, { label })}
                ?disabled=${isBusy}
                @click=${() => void this.perform(() => this.api.removeLabel(details.number, label))}
              >
                ×
              </button></span
            >`,
        )}
      </div>
      <form class="new-label" @submit=${this.handleLabel}>
        <label for="new-label">${words.addLabel}</label>
        <input id="new-label" list="labels-in-use" maxlength="40" autocomplete="off" />
        <datalist id="labels-in-use">${workplace.labels.map((label) => html`<option value=${label}></option>`)}</datalist>
        <button class="small" type="submit">${words.add}</button>
      </form>`;
  }

  private renderResponsible(): TemplateResult {
    const { words, details, workplace, candidates } = this;
    const { assignee, department, status } = details;
    return html`<section class="responsible">
      <label for="assignee">${words.responsible}</label>
      <select id="assignee" .value=${assignee ?? ''} ?disabled=${status === 'closed'} @change=${this.handleAssign}>
        <option value="" ?selected=${assignee === null}>${words.noOne}</option>
        ${candidates.map(({ id, name }) => html`<option value=${id} ?selected=${id === assignee}>${name}</option>`)}
      </select>
      ${
        workplace.departments.length === 0
          ? nothing
          : html`<label for="department">${words.handOver}</label>
              <select id="department" .value=${department ?? ''} @change=${this.handleHandOver}>
                <option value="" ?selected=${department === null}>${words.wholeCompany}</option>
                ${workplace.departments.map(({ key, name }) => html`<option value=${key} ?selected=${key === department}>${name}</option>`)}
              </select>`
      }
      ${this.renderLabels()}
    </section>`;
  }

  protected override render(): TemplateResult {
    const { words, opened, workplace, details, filter, locale, fault, mark } = this;
    return html`<section
      class=${this.hasDetails ? 'talk detailed' : 'talk'}
      aria-label=${fill(words.conversation, { number: details.number })}
    >
      ${this.renderTop()} ${fault === undefined ? nothing : html`<p class="fault" role="alert">${words[fault]}</p>`}
      <div class="talk-words">${this.renderWords()}</div>
      <div class="talk-details" tabindex="-1">
        ${this.renderResponsible()}
        <section class="notes" aria-labelledby="notes-title">
          <h2 id="notes-title">${words.notes}</h2>
          <p class="never">${words.notesHint}</p>
          <smoope-team-notes
            .opened=${opened}
            .workplace=${workplace}
            .announcement=${details.announcement}
            .mark=${mark}
          ></smoope-team-notes>
        </section>
        ${renderPersonCard(details, { words, locale, opened, workplace, filter })}
      </div>
    </section>`;
  }
}
customElements.define('smoope-inbox-conversation', InboxConversationPane);
