import { html, type TemplateResult } from 'lit';
import { ApiFault } from '../api/api-session.ts';
import { EntryFault, isTicked, valueOf } from './manage-form.ts';
import { ManageSection } from './manage-section.ts';
import { DAYS, readDay, writeDay, type Day } from './week-hours.ts';

/** A Monday; only the names of the days are shown of it. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** When somebody answers: one line of typing a day. */
export class HoursSection extends ManageSection {
  protected readonly heading = this.text.navHours;
  protected override readonly lead = this.text.hoursLead;

  private nameOf(day: Day): string {
    return new Intl.DateTimeFormat(this.locale, { weekday: 'long', timeZone: 'UTC' }).format(MONDAY + DAYS.indexOf(day) * DAY_MS);
  }

  private readonly handleCopy = (): void => {
    const form = this.querySelector<HTMLFormElement>('#hours');
    if (form === null) return;
    const monday = valueOf(form, 'monday');
    for (const day of DAYS.slice(1, 5)) (form.elements.namedItem(day) as HTMLInputElement).value = monday;
    this.setState('hours', { kind: 'changed' });
    form.querySelector<HTMLElement>('[name="saturday"]')?.focus();
  };

  private async save(form: HTMLFormElement): Promise<void> {
    const { data, take } = this.managed;
    if (isTicked(form, 'always')) return take(await data.set({ businessHours: null }));
    const open = DAYS.flatMap((day) => {
      const spans = readDay(valueOf(form, day));
      if (spans === undefined) throw new EntryFault(day, this.text.hoursFault);
      return spans.map((span) => ({ day, ...span }));
    });
    const timeZone = valueOf(form, 'timeZone');
    try {
      take(await data.set({ businessHours: { timeZone, open } }));
    } catch (error) {
      if (error instanceof ApiFault && error.field?.endsWith('businessHours.timeZone'))
        throw new EntryFault('timeZone', this.text.zoneFault);
      throw error;
    }
  }

  protected override renderReady(): TemplateResult {
    const { text } = this;
    const hours = this.managed.company.settings.businessHours;
    return this.renderForm({
      id: 'hours',
      content: html`${this.renderTick({ name: 'always', label: text.hoursAlways, hint: text.hoursAlwaysHint, ticked: hours === null })}
        <div class="week">
          ${DAYS.map(
            (day) =>
              html`${this.renderEntry('hours', {
                name: day,
                label: this.nameOf(day),
                value: writeDay((hours?.open ?? []).filter((each) => each.day === day)),
              })}
              ${day === 'monday' ? html`<button class="quiet" type="button" @click=${this.handleCopy}>${text.hoursCopy}</button>` : ''}`,
          )}
        </div>
        ${this.renderEntry('hours', {
          name: 'timeZone',
          label: text.zone,
          hint: text.zoneHint,
          fault: text.zoneFault,
          value: hours?.timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone,
        })}`,
      submit: (form) => this.save(form),
    });
  }
}
customElements.define('smoope-manage-hours', HoursSection);
