import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ManagedSettings } from '../../appservice/companies/manage-wire.ts';
import { fill } from '../fill.ts';
import { keyOf } from './key-of.ts';
import { EntryFault, isTicked, valueOf } from './manage-form.ts';
import { ManageSection } from './manage-section.ts';
import { languageIn, LANGUAGES } from './texts-section.ts';

type Field = ManagedSettings['preChat'][number];

/** What is asked before a conversation, each with what it is asked for. */
export class FieldsSection extends ManageSection {
  protected readonly heading = this.text.navFields;
  protected override readonly lead = this.text.fieldsLead;
  private readonly types = [
    ['text', this.text.fieldText],
    ['email', this.text.fieldEmail],
    ['tel', this.text.fieldTel],
    ['select', this.text.fieldSelect],
    ['checkbox', this.text.fieldCheckbox],
  ] as const;

  private localized(form: HTMLFormElement, name: string, fault: string): Record<string, string> {
    const given = Object.keys(LANGUAGES).map((language) => [language, valueOf(form, `${name}.${language}`)] as const);
    const texts = Object.fromEntries(given.filter(([, text]) => text !== ''));
    if (Object.keys(texts).length === 0) throw new EntryFault(`${name}.de`, fault);
    return texts;
  }

  private fieldOf(form: HTMLFormElement, present: Field | undefined): Field {
    const { text } = this;
    const label = this.localized(form, 'label', text.fieldLabelFault);
    const purpose = this.localized(form, 'purpose', text.fieldPurposeFault);
    const key = present?.key ?? keyOf(label['en'] ?? label['de'] ?? '', '_', 40);
    if (key === '') throw new EntryFault('label.de', text.fieldLabelFault);
    const type = valueOf(form, 'type') as Field['type'];
    const required = isTicked(form, 'required');
    if (type !== 'select') {
      const kept = type === 'text' && present?.type === 'text' ? { maxLength: present.maxLength, pattern: present.pattern } : {};
      const given = Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
      return { key, type, required, label, purpose, ...given };
    }
    const lines = valueOf(form, 'options')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    if (lines.length === 0) throw new EntryFault('options', text.fieldOptionsFault);
    const options = lines.map(
      (line) =>
        present?.options?.find(({ value }) => value === line) ?? { value: line, label: { [this.managed.company.settings.locale]: line } },
    );
    return { key, type, required, label, purpose, options };
  }

  private async put(fields: readonly Field[]): Promise<void> {
    const { data, take } = this.managed;
    take(await data.set({ preChat: [...fields] }));
  }

  private async add(form: HTMLFormElement): Promise<void> {
    const { preChat } = this.managed.company.settings;
    const field = this.fieldOf(form, undefined);
    if (preChat.some(({ key }) => key === field.key)) throw new EntryFault('label.de', this.text.fieldTaken);
    if (preChat.length >= 20) throw new EntryFault('label.de', this.text.fieldMany);
    await this.put([...preChat, field]);
    form.reset();
  }

  private renderInputs(form: string, field: Field | undefined): TemplateResult {
    const { text } = this;
    return html`${Object.keys(LANGUAGES).map(
      (language) =>
        html`${this.renderEntry(form, {
          name: `label.${language}`,
          label: fill(text.fieldLabel, { language: languageIn(language, this.locale) }),
          fault: text.fieldLabelFault,
          value: field?.label[language as 'de' | 'en'] ?? '',
        })}
        ${this.renderEntry(form, {
          name: `purpose.${language}`,
          label: fill(text.fieldPurpose, { language: languageIn(language, this.locale) }),
          ...(language === 'de' ? { hint: text.fieldPurposeHint } : {}),
          fault: text.fieldPurposeFault,
          value: field?.purpose[language as 'de' | 'en'] ?? '',
        })}`,
    )}
    ${this.renderChoice(form, { name: 'type', label: text.fieldType, value: field?.type ?? 'text', options: this.types })}
    ${this.renderEntry(form, {
      name: 'options',
      label: text.fieldOptions,
      hint: text.fieldOptionsHint,
      fault: text.fieldOptionsFault,
      value: (field?.options ?? []).map(({ value }) => value).join('\n'),
      rows: 2,
    })}
    ${this.renderTick({ name: 'required', label: text.fieldRequired, ticked: field?.required ?? false })}`;
  }

  private move(from: number, by: -1 | 1): Promise<void> {
    const fields = [...this.managed.company.settings.preChat];
    const [moved] = fields.splice(from, 1);
    if (moved !== undefined) fields.splice(from + by, 0, moved);
    return this.put(fields);
  }

  private renderField(field: Field, index: number): TemplateResult {
    const { text, locale } = this;
    const id = `field-${field.key}`;
    const fields = this.managed.company.settings.preChat;
    const name = field.label[/^de\b/i.test(locale) ? 'de' : 'en'] ?? Object.values(field.label)[0] ?? field.key;
    const removing = {
      label: text.fieldRemove,
      question: fill(text.fieldRemoveQuestion, { name }),
      confirm: text.fieldRemoveConfirm,
      work: () => this.put(this.managed.company.settings.preChat.filter(({ key }) => key !== field.key)),
    };
    return html`<li class="member">
      ${this.renderForm({
        id,
        title: name,
        lead: fill(text.fieldKey, { key: field.key }),
        content: this.renderInputs(id, field),
        submit: async (form) => {
          const changed = this.fieldOf(form, field);
          await this.put(this.managed.company.settings.preChat.map((each) => (each.key === field.key ? changed : each)));
        },
      })}
      <div class="member-more">
        ${index === 0 ? nothing : html`<button class="quiet" type="button" @click=${() => void this.attempt(`move-${field.key}`, () => this.move(index, -1))}>${text.up}</button>`}
        ${
          index === fields.length - 1
            ? nothing
            : html`<button class="quiet" type="button" @click=${() => void this.attempt(`move-${field.key}`, () => this.move(index, 1))}>
                ${text.down}
              </button>`
        }
        ${this.renderAsk(`remove-${field.key}`, removing)}
      </div>
    </li>`;
  }

  protected override renderReady(): TemplateResult {
    const { text } = this;
    const fields = this.managed.company.settings.preChat;
    return html`${this.renderForm({
        id: 'add-field',
        title: text.fieldAdd,
        save: text.fieldAddNow,
        content: this.renderInputs('add-field', undefined),
        submit: (form) => this.add(form),
      })}
      ${fields.length === 0 ? html`<p class="hint none">${text.fieldsNone}</p>` : nothing}
      <ul class="members">
        ${repeat(
          fields,
          ({ key }) => key,
          (field, index) => this.renderField(field, index),
        )}
      </ul>`;
  }
}
customElements.define('smoope-manage-fields', FieldsSection);
