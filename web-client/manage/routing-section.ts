import { html, type TemplateResult } from 'lit';
import type { ManagedSettings } from '../../appservice/companies/manage-wire.ts';
import { EntryFault, isTicked, numberOf, valueOf } from './manage-form.ts';
import { ManageSection } from './manage-section.ts';

/** Who learns of a new conversation, and when one ends of itself. */
export class RoutingSection extends ManageSection {
  protected readonly heading = this.text.navRouting;

  private number(form: HTMLFormElement, name: string): number {
    const value = numberOf(form, name, this.text.numberFault);
    if (value === undefined) throw new EntryFault(name, this.text.numberFault);
    return value;
  }

  private async saveRouting(form: HTMLFormElement): Promise<void> {
    const { data, take } = this.managed;
    take(await data.set({ routing: valueOf(form, 'routing') as ManagedSettings['routing'] }));
  }

  private async saveEnding(form: HTMLFormElement): Promise<void> {
    const { data, take } = this.managed;
    const autoClose = isTicked(form, 'closes')
      ? {
          afterHours: this.number(form, 'autoClose.afterHours'),
          warnHours: numberOf(form, 'autoClose.warnHours', this.text.numberFault) ?? 0,
        }
      : null;
    take(await data.set({ reopenDays: this.number(form, 'reopenDays'), leaveDays: this.number(form, 'leaveDays'), autoClose }));
  }

  protected override renderReady(): TemplateResult {
    const { text } = this;
    const { routing, reopenDays, leaveDays, autoClose } = this.managed.company.settings;
    const number = (name: string, label: string, hint: string, value: string, fault = text.numberFault): TemplateResult =>
      this.renderEntry('ending', { name, label, hint, value, fault, inputmode: 'decimal' });
    return html`${this.renderForm({
      id: 'routing',
      title: text.routingTitle,
      content: this.renderChoice('routing', {
        name: 'routing',
        label: text.routing,
        hint: text.routingHint,
        value: routing,
        options: [
          ['team', text.routingTeam],
          ['everyone', text.routingEveryone],
          ['round-robin', text.routingRoundRobin],
        ],
      }),
      submit: (form) => this.saveRouting(form),
    })}
    ${this.renderForm({
      id: 'ending',
      title: text.endingTitle,
      content: html`${number('reopenDays', text.reopenDays, text.reopenDaysHint, String(reopenDays), text.reopenFault)}
      ${number('leaveDays', text.leaveDays, text.leaveDaysHint, String(leaveDays), text.leaveFault)}
      ${this.renderTick({ name: 'closes', label: text.closes, ticked: autoClose !== null })}
      ${number('autoClose.afterHours', text.afterHours, text.afterHoursHint, String(autoClose?.afterHours ?? 72), text.afterFault)}
      ${number('autoClose.warnHours', text.warnHours, text.warnHoursHint, String(autoClose?.warnHours ?? 24), text.warnFault)}`,
      submit: (form) => this.saveEnding(form),
    })}`;
  }
}
customElements.define('smoope-manage-routing', RoutingSection);
