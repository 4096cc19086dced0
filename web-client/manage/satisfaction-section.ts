import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { SatisfactionWeek } from '../../appservice/satisfaction/satisfaction-wire.ts';
import { fill } from '../fill.ts';
import { ManageSection } from './manage-section.ts';

/** How content people were, by week. */
export class SatisfactionSection extends ManageSection {
  static override properties: PropertyDeclarations = { ...ManageSection.properties, weeks: { state: true } };

  declare private weeks: readonly SatisfactionWeek[];
  protected readonly heading = this.text.navSatisfaction;
  protected override readonly lead = this.text.satisfactionLead;

  protected override async load(): Promise<void> {
    this.weeks = await this.managed.data.satisfaction();
  }

  private weekInWords(week: string): string {
    const [year = '', number = ''] = week.split('-W');
    return fill(this.text.week, { number: String(Number(number)), year });
  }

  protected override renderReady(): TemplateResult {
    const { text, locale, weeks } = this;
    if (weeks.length === 0) return html`<p class="hint none">${text.satisfactionNone}</p>`;
    return html`<div class="table">
      <table>
        <thead>
          <tr>
            <th scope="col">${text.weekTitle}</th>
            <th scope="col">${text.answers}</th>
            <th scope="col">${text.average}</th>
          </tr>
        </thead>
        <tbody>
          ${weeks.map(
            ({ week, answers, average }) =>
              html`<tr>
                <th scope="row">${this.weekInWords(week)}</th>
                <td>${answers === null ? text.tooFew : answers.toLocaleString(locale)}</td>
                <td>${average === null ? '–' : average.toLocaleString(locale, { minimumFractionDigits: 1, maximumFractionDigits: 2 })}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
}
customElements.define('smoope-manage-satisfaction', SatisfactionSection);
