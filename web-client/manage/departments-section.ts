import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ManagedMember } from '../../appservice/companies/manage-wire.ts';
import type { DepartmentDetails } from '../../appservice/team/department-wire.ts';
import { fill } from '../fill.ts';
import { keyOf } from './key-of.ts';
import { EntryFault, isTicked, valueOf } from './manage-form.ts';
import { ManageSection } from './manage-section.ts';

/** Departments of the company with their members. */
export class DepartmentsSection extends ManageSection {
  static override properties: PropertyDeclarations = {
    ...ManageSection.properties,
    departments: { state: true },
    members: { state: true },
  };

  declare private departments: readonly DepartmentDetails[];
  declare private members: readonly ManagedMember[];
  protected readonly heading = this.text.navDepartments;
  protected override readonly lead = this.text.departmentsLead;

  protected override async load(): Promise<void> {
    const { data } = this.managed;
    [this.departments, this.members] = await Promise.all([data.departments(), data.members()]);
  }

  private async add(form: HTMLFormElement): Promise<void> {
    const name = valueOf(form, 'name');
    const key = keyOf(name, '-');
    if (key === '') throw new EntryFault('name', this.text.departmentNameFault);
    if (this.departments.some((each) => each.key === key)) throw new EntryFault('name', this.text.departmentTaken);
    await this.managed.data.addDepartment(key, name);
    form.reset();
    await this.load();
  }

  private async save(department: DepartmentDetails, form: HTMLFormElement): Promise<void> {
    const { data } = this.managed;
    const name = valueOf(form, 'name');
    if (name === '') throw new EntryFault('name', this.text.departmentNameFault);
    if (name !== department.name) await data.renameDepartment(department.key, name);
    for (const { id, userId } of this.members) {
      const isIn = isTicked(form, `in-${id}`);
      if (isIn !== department.members.includes(userId)) await data.setInDepartment(department.key, userId, isIn);
    }
    await this.load();
  }

  private renderDepartment(department: DepartmentDetails): TemplateResult {
    const { text } = this;
    const id = `department-${department.key}`;
    const archiving = {
      label: text.archive,
      question: fill(text.archiveQuestion, { name: department.name }),
      confirm: text.archiveConfirm,
      conflict: text.archiveConflict,
      work: async () => {
        await this.managed.data.archiveDepartment(department.key);
        await this.load();
      },
    };
    return html`<li class="member">
      ${this.renderForm({
        id,
        title: department.name,
        lead: fill(text.departmentKey, { key: department.key }),
        content: html`${this.renderEntry(id, { name: 'name', label: text.departmentName, fault: text.departmentNameFault, value: department.name })}
          <fieldset>
            <legend>${text.departmentMembers}</legend>
            ${this.members.map(
              (member) =>
                html`<label class="tick"
                  ><input type="checkbox" name="in-${member.id}" .defaultChecked=${department.members.includes(member.userId)} />${
                    member.displayName ?? member.userId
                  }</label
                >`,
            )}
          </fieldset>`,
        submit: (form) => this.save(department, form),
      })}
      <div class="member-more">${this.renderAsk(`archive-${department.key}`, archiving)}</div>
    </li>`;
  }

  protected override renderReady(): TemplateResult {
    const { text } = this;
    const used = this.departments.filter(({ archived }) => !archived);
    const archived = this.departments.filter((each) => each.archived);
    return html`${this.renderForm({
        id: 'add-department',
        title: text.departmentAdd,
        save: text.departmentAddNow,
        content: this.renderEntry('add-department', {
          name: 'name',
          label: text.departmentName,
          hint: text.departmentNameHint,
          fault: text.departmentNameFault,
        }),
        submit: (form) => this.add(form),
      })}
      ${used.length === 0 ? html`<p class="hint none">${text.departmentsNone}</p>` : nothing}
      <ul class="members">
        ${repeat(
          used,
          ({ key }) => key,
          (department) => this.renderDepartment(department),
        )}
      </ul>
      ${archived.length === 0 ? nothing : html`<p class="hint">${fill(text.departmentsArchived, { names: archived.map(({ name }) => name).join(', ') })}</p>`}`;
  }
}
customElements.define('smoope-manage-departments', DepartmentsSection);
