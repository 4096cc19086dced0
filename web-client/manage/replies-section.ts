import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { fill } from '../fill.ts';
import { keyOf } from './key-of.ts';
import { EntryFault, valueOf } from './manage-form.ts';
import { ManageSection } from './manage-section.ts';
import { languageIn, LANGUAGES } from './texts-section.ts';

/** Answers that are ready to be sent, by language. */
export class RepliesSection extends ManageSection {
  protected readonly heading = this.text.navReplies;
  protected override readonly lead = this.text.repliesLead;

  private textsOf(form: HTMLFormElement): Record<string, string> {
    const given = Object.keys(LANGUAGES).map((language) => [language, valueOf(form, language)] as const);
    const texts = Object.fromEntries(given.filter(([, text]) => text !== ''));
    if (Object.keys(texts).length === 0) throw new EntryFault('de', this.text.replyFault);
    if (given.some(([, text]) => text.length > 4_000)) throw new EntryFault('de', this.text.replyLong);
    return texts;
  }

  private async put(replies: Readonly<Record<string, Record<string, string>>>): Promise<void> {
    const { data, take } = this.managed;
    take(await data.set({ cannedReplies: replies }));
  }

  private async add(form: HTMLFormElement): Promise<void> {
    const { cannedReplies } = this.managed.company.settings;
    const name = keyOf(valueOf(form, 'name'), '-', 40);
    if (name === '') throw new EntryFault('name', this.text.replyNameFault);
    if (name in cannedReplies) throw new EntryFault('name', this.text.replyTaken);
    await this.put({ ...cannedReplies, [name]: this.textsOf(form) });
    form.reset();
  }

  private renderTexts(form: string, texts: Readonly<Record<string, string>>): TemplateResult {
    return html`${Object.keys(LANGUAGES).map((language) =>
      this.renderEntry(form, {
        name: language,
        label: fill(this.text.replyIn, { language: languageIn(language, this.locale) }),
        value: texts[language] ?? '',
        rows: 3,
      }),
    )}`;
  }

  protected override renderReady(): TemplateResult {
    const { text } = this;
    const { cannedReplies } = this.managed.company.settings;
    const names = Object.keys(cannedReplies).sort();
    return html`${this.renderForm({
        id: 'add-reply',
        title: text.replyAdd,
        save: text.replyAddNow,
        content: html`${this.renderEntry('add-reply', { name: 'name', label: text.replyName, hint: text.replyNameHint, fault: text.replyNameFault })}
        ${this.renderTexts('add-reply', {})}`,
        submit: (form) => this.add(form),
      })}
      ${names.length === 0 ? html`<p class="hint none">${text.repliesNone}</p>` : nothing}
      <ul class="members">
        ${repeat(
          names,
          (name) => name,
          (name) => {
            const id = `reply-${name}`;
            const removing = {
              label: text.replyRemove,
              question: fill(text.replyRemoveQuestion, { name }),
              confirm: text.replyRemoveConfirm,
              work: () => this.put(Object.fromEntries(Object.entries(cannedReplies).filter(([each]) => each !== name))),
            };
            return html`<li class="member">
              ${this.renderForm({
                id,
                title: `!reply ${name}`,
                content: this.renderTexts(id, cannedReplies[name] ?? {}),
                submit: async (form) => this.put({ ...this.managed.company.settings.cannedReplies, [name]: this.textsOf(form) }),
              })}
              <div class="member-more">${this.renderAsk(`remove-${name}`, removing)}</div>
            </li>`;
          },
        )}
      </ul>`;
  }
}
customElements.define('smoope-manage-replies', RepliesSection);
