import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { AuditPage } from '../../appservice/audit/audit-wire.ts';
import type { ManagedMember } from '../../appservice/companies/manage-wire.ts';
import { fill } from '../fill.ts';
import { actionInWords } from './audit-actions.ts';
import { ManageSection } from './manage-section.ts';

const PAGE = 50;

type Entry = AuditPage['entries'][number];

/** What was done about the company, by whom and when. */
export class AuditSection extends ManageSection {
  static override properties: PropertyDeclarations = { ...ManageSection.properties, entries: { state: true }, isAll: { state: true } };

  declare private entries: readonly Entry[];
  declare private isAll: boolean;
  private members: readonly ManagedMember[] = [];
  protected readonly heading = this.text.navAudit;
  protected override readonly lead = this.text.auditLead;

  protected override async load(): Promise<void> {
    const { data } = this.managed;
    [this.entries, this.members] = await Promise.all([data.audit(), data.members()]);
    this.isAll = this.entries.length < PAGE;
  }

  private readonly handleMore = (): void => {
    void this.attempt('more', async () => {
      const more = await this.managed.data.audit(this.entries.at(-1)?.id);
      this.entries = [...this.entries, ...more];
      this.isAll = more.length < PAGE;
    });
  };

  private nameOf(id: string | undefined): string {
    const member = this.members.find((each) => each.id === id);
    return member === undefined ? this.text.formerMember : (member.displayName ?? member.userId);
  }

  private actorInWords({ actor, detail }: Entry): string {
    const { text } = this;
    if (actor.startsWith('operator:')) return text.byOperator;
    if (actor.startsWith('member:')) return this.nameOf(actor.slice('member:'.length));
    if (actor === 'member') return this.nameOf(typeof detail['member'] === 'string' ? detail['member'] : undefined);
    return text.bySystem;
  }

  private detailInWords({ actor, detail }: Entry): string {
    const { text } = this;
    const { refused, settings, member } = detail;
    if (refused !== undefined) return fill(text.refused, { code: String(refused) });
    if (Array.isArray(settings)) return settings.join(', ');
    if (typeof member === 'string' && actor !== 'member') return this.nameOf(member);
    return '';
  }

  protected override renderReady(): TemplateResult {
    const { text, locale, entries } = this;
    return html`<div class="table">
        <table>
          <thead>
            <tr>
              <th scope="col">${text.auditWhen}</th>
              <th scope="col">${text.auditWho}</th>
              <th scope="col">${text.auditWhat}</th>
            </tr>
          </thead>
          <tbody>
            ${entries.map((entry) => {
              const detail = this.detailInWords(entry);
              return html`<tr>
                <td>${new Date(entry.at).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' })}</td>
                <td>${this.actorInWords(entry)}</td>
                <td>${actionInWords(entry.action, locale)}${detail === '' ? nothing : html`<span class="hint detail">${detail}</span>`}</td>
              </tr>`;
            })}
          </tbody>
        </table>
      </div>
      ${
        this.isAll
          ? nothing
          : html`<div class="form-end">
              <button class="button second" type="button" @click=${this.handleMore}>${text.auditMore}</button>
            </div>`
      }`;
  }
}
customElements.define('smoope-manage-audit', AuditSection);
