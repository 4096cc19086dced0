import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { PreviewQuery, RetentionPreview, RetentionView } from '../../appservice/retention/retention-wire.ts';
import { fill } from '../fill.ts';
import { EntryFault, numberOf } from './manage-form.ts';
import { ManageSection } from './manage-section.ts';

/** A change whose consequences are shown, and which is saved by a second press. */
type Pending = { readonly id: string; readonly preview: RetentionPreview; readonly save: () => Promise<void> };

/** How long messages live: of the company, of a department, of one conversation. What a change deletes is shown before it is saved. */
export class RetentionSection extends ManageSection {
  static override properties: PropertyDeclarations = { ...ManageSection.properties, retention: { state: true }, pending: { state: true } };

  declare private retention: RetentionView;
  declare private pending: Pending | undefined;
  protected readonly heading = this.text.navRetention;
  protected override readonly lead = this.text.retentionLead;

  protected override async load(): Promise<void> {
    this.retention = await this.managed.data.retention();
  }

  private daysOf(form: HTMLFormElement): number | null {
    const { text, locale } = this;
    const { minDays, maxDays } = this.retention;
    const number = (value: number): string => value.toLocaleString(locale);
    const days = numberOf(form, 'days', text.numberFault) ?? null;
    if (days !== null && (days < minDays || days > maxDays))
      throw new EntryFault('days', fill(text.retentionFault, { min: number(minDays), max: number(maxDays) }));
    return days;
  }

  /** Counts first; what was entered stays unsaved until that was seen. */
  private async preview(id: string, query: PreviewQuery, save: () => Promise<void>): Promise<void> {
    this.pending = undefined;
    this.pending = { id, preview: await this.managed.data.previewRetention(query), save };
    await this.updateComplete;
    this.querySelector<HTMLElement>(`#preview-${id} .button`)?.focus();
  }

  private renderPending(id: string): TemplateResult | typeof nothing {
    const { text, pending, locale } = this;
    if (pending?.id !== id) return nothing;
    const { messages, conversations } = pending.preview;
    const said =
      messages === 0
        ? text.previewNothing
        : fill(text.previewGoing, { messages: messages.toLocaleString(locale), conversations: conversations.toLocaleString(locale) });
    const save = (): void => {
      this.pending = undefined;
      const form = this.querySelector<HTMLFormElement>(`#${id}`);
      void this.attempt(
        id,
        async () => {
          await pending.save();
          await this.load();
        },
        form,
      );
    };
    const cancel = (): void => {
      this.pending = undefined;
      this.setState(id, { kind: 'changed' });
      this.querySelector<HTMLElement>(`#${id} [name="days"]`)?.focus();
    };
    return html`<div class="question" id="preview-${id}" role="group" aria-label=${text.previewLabel}>
      <p><strong>${said}</strong> ${messages === 0 ? '' : text.previewEstimate}</p>
      <button class=${messages === 0 ? 'button' : 'button danger'} type="button" @click=${save}>
        ${messages === 0 ? text.save : text.previewSave}
      </button>
      <button class="quiet" type="button" @click=${cancel}>${text.cancel}</button>
    </div>`;
  }

  private renderLife(
    id: string,
    {
      title,
      lead,
      value,
      hint,
      query,
      save,
    }: {
      title: string;
      lead?: string;
      value: number | null;
      hint: string;
      query: PreviewQuery;
      save: (days: number | null) => Promise<void>;
    },
  ): TemplateResult {
    const { text } = this;
    return html`${this.renderForm({
      id,
      title,
      ...(lead === undefined ? {} : { lead }),
      save: text.previewNow,
      content: this.renderEntry(id, {
        name: 'days',
        label: text.retentionDays,
        hint,
        fault: text.retentionShorter,
        value: value === null ? '' : String(value),
        inputmode: 'decimal',
      }),
      submit: (form) => this.begin(id, form, query, save),
    })}
    ${this.renderPending(id)}`;
  }

  private async begin(
    id: string,
    form: HTMLFormElement,
    query: PreviewQuery,
    save: (days: number | null) => Promise<void>,
  ): Promise<'unsaved'> {
    const days = this.daysOf(form);
    await this.preview(id, { ...query, ...(days === null ? {} : { days }) }, () => save(days));
    return 'unsaved';
  }

  private renderConversation(): TemplateResult {
    const { text } = this;
    const { data } = this.managed;
    return html`${this.renderForm({
      id: 'life-conversation',
      title: text.retentionConversation,
      lead: text.retentionConversationLead,
      save: text.previewNow,
      content: html`${this.renderEntry('life-conversation', {
        name: 'number',
        label: text.conversationNumber,
        hint: text.conversationNumberHint,
        fault: text.conversationNumberFault,
        inputmode: 'numeric',
      })}
      ${this.renderEntry('life-conversation', {
        name: 'days',
        label: text.retentionDays,
        hint: text.retentionEmptyAround,
        fault: text.retentionShorter,
        inputmode: 'decimal',
      })}`,
      submit: async (form) => {
        const conversation = numberOf(form, 'number', text.conversationNumberFault);
        if (conversation === undefined || !Number.isInteger(conversation) || conversation < 1)
          throw new EntryFault('number', text.conversationNumberFault);
        return this.begin('life-conversation', form, { conversation }, async (days) => {
          await data.setConversationRetention(conversation, days);
          form.reset();
        });
      },
    })}
    ${this.renderPending('life-conversation')}`;
  }

  protected override renderReady(): TemplateResult {
    const { text, locale, retention } = this;
    const { data, take } = this.managed;
    const number = (value: number): string => value.toLocaleString(locale);
    const limits = { min: number(retention.minDays), max: number(retention.maxDays), standard: number(retention.defaultDays) };
    return html`${this.renderLife('life-company', {
        title: text.retentionCompany,
        value: retention.company,
        hint: fill(text.retentionHint, limits),
        query: {},
        save: async (days) => take(await data.set({ retentionDays: days })),
      })}
      ${repeat(
        retention.departments,
        ({ key }) => key,
        ({ key, name, days }) =>
          this.renderLife(`life-${key}`, {
            title: fill(text.retentionDepartment, { name }),
            value: days,
            hint: text.retentionEmpty,
            query: { department: key },
            save: (wanted) => data.setDepartmentRetention(key, wanted),
          }),
      )}
      ${this.renderConversation()}
      ${
        retention.conversations.length === 0
          ? nothing
          : html`<h2>${text.retentionOwn}</h2>
              <ul class="lines">
                ${retention.conversations.map(
                  (each) =>
                    html`<li class="line">${fill(text.retentionOwnLine, { number: String(each.number), days: number(each.days) })}</li>`,
                )}
              </ul>`
      }
      <p class="hint">${text.retentionHonest}</p>`;
  }
}
customElements.define('smoope-manage-retention', RetentionSection);
