import { html, type TemplateResult } from 'lit';
import { ApiFault } from '../api/api-session.ts';
import { EntryFault, numberOf, valueOf } from './manage-form.ts';
import { ManageSection } from './manage-section.ts';

/** From whom the company takes no messages: by the number of a conversation, because a person is named by nothing else. */
export class BlocksSection extends ManageSection {
  protected readonly heading = this.text.navBlocks;
  protected override readonly lead = this.text.blocksLead;

  private async save(form: HTMLFormElement): Promise<void> {
    const { text } = this;
    const { data } = this.managed;
    const number = numberOf(form, 'number', text.conversationNumberFault);
    if (number === undefined || !Number.isInteger(number) || number < 1) throw new EntryFault('number', text.conversationNumberFault);
    try {
      await (valueOf(form, 'blocked') === 'yes' ? data.block(number) : data.unblock(number));
    } catch (error) {
      if (error instanceof ApiFault && error.field === 'params.number') throw new EntryFault('number', text.conversationNone);
      throw error;
    }
    form.reset();
  }

  protected override renderReady(): TemplateResult {
    const { text } = this;
    return this.renderForm({
      id: 'block',
      content: html`${this.renderEntry('block', {
        name: 'number',
        label: text.conversationNumber,
        hint: text.conversationNumberHint,
        fault: text.conversationNumberFault,
        inputmode: 'numeric',
      })}
      ${this.renderChoice('block', {
        name: 'blocked',
        label: text.blockWhat,
        value: 'yes',
        options: [
          ['yes', text.block],
          ['no', text.unblock],
        ],
      })}`,
      submit: (form) => this.save(form),
    });
  }
}
customElements.define('smoope-manage-blocks', BlocksSection);
