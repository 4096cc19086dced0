import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { AgentInvitationView } from '../../appservice/agent-invitations/agent-invitation-wire.ts';
import type { ManagedMember } from '../../appservice/companies/manage-wire.ts';
import { fill } from '../fill.ts';
import { EntryFault, valueOf } from './manage-form.ts';
import { ManageSection } from './manage-section.ts';
import { readImage } from './read-image.ts';

/** Who works for the company: roles, names, pictures, and invitations. */
export class MembersSection extends ManageSection {
  static override properties: PropertyDeclarations = {
    ...ManageSection.properties,
    members: { state: true },
    invitations: { state: true },
  };

  declare private members: readonly ManagedMember[];
  declare private invitations: readonly AgentInvitationView[];
  protected readonly heading = this.text.navMembers;
  protected override readonly lead = this.text.membersLead;

  protected override async load(): Promise<void> {
    const { data } = this.managed;
    [this.members, this.invitations] = await Promise.all([data.members(), data.invitations()]);
  }

  private nameOf({ displayName, userId }: ManagedMember): string {
    return displayName ?? userId;
  }

  private async invite(form: HTMLFormElement): Promise<void> {
    const { data, company } = this.managed;
    const to = valueOf(form, 'to');
    if (to === '') throw new EntryFault('to', this.text.inviteToFault);
    const role = valueOf(form, 'role') === 'admin' ? ('admin' as const) : ('agent' as const);
    const displayName = valueOf(form, 'displayName');
    // An id of Matrix names somebody who is here already; a number or address gets a link.
    if (/^@\S+:\S+$/.test(to)) await data.putMember({ userId: to, role, displayName: displayName === '' ? null : displayName });
    else await data.invite({ to, role, displayName: displayName === '' ? null : displayName, locale: company.settings.locale });
    form.reset();
    await this.load();
  }

  private readonly roles = [
    ['agent', this.text.roleAgent],
    ['admin', this.text.roleAdmin],
  ] as const;

  private renderMember(member: ManagedMember): TemplateResult {
    const { text } = this;
    const { data, userId } = this.managed;
    const id = `member-${member.id}`;
    const isOwn = member.userId === userId;
    const removing = {
      label: text.remove,
      question: fill(text.removeQuestion, { name: this.nameOf(member) }),
      confirm: text.removeConfirm,
      work: async () => {
        await data.removeMember(member.userId);
        await this.load();
      },
    };
    const choose = (event: Event): void => {
      const input = event.target as HTMLInputElement;
      const [file] = input.files ?? [];
      event.stopPropagation();
      input.value = '';
      if (file === undefined) return;
      void this.attempt(`picture-${member.id}`, async () => {
        await data.setPicture(member.userId, await readImage(file, '', text.pictureFault));
        await this.load();
      });
    };
    return html`<li class="member">
      ${this.renderForm({
        id,
        title: `${this.nameOf(member)}${isOwn ? ` (${text.you})` : ''}`,
        lead: member.userId,
        content: html`${this.renderEntry(id, {
          name: 'displayName',
          label: text.shownName,
          hint: text.shownNameHint,
          fault: text.shownNameFault,
          value: member.displayName ?? '',
        })}
        ${isOwn ? html`<p class="hint">${text.ownRole}</p>` : this.renderChoice(id, { name: 'role', label: text.role, value: member.role, options: this.roles })}`,
        submit: async (form) => {
          const displayName = valueOf(form, 'displayName');
          const role = isOwn || valueOf(form, 'role') === 'admin' ? 'admin' : 'agent';
          await data.putMember({ userId: member.userId, role, displayName: displayName === '' ? null : displayName });
          await this.load();
        },
      })}
      <div class="member-more">
        <label class="upload"
          >${member.hasPicture ? text.pictureOther : text.pictureChoose}
          <span class="sr">${fill(text.pictureOf, { name: this.nameOf(member) })}</span>
          <input type="file" accept="image/png,image/jpeg,image/webp" @change=${choose} />
        </label>
        ${this.renderState(`picture-${member.id}`)}
        ${
          member.hasPicture
            ? html`<button
                class="quiet"
                type="button"
                @click=${() =>
                  void this.attempt(`picture-${member.id}`, async () => {
                    await data.setPicture(member.userId, null);
                    await this.load();
                  })}
              >
                ${text.pictureRemove}
              </button>`
            : nothing
        }
        ${isOwn ? nothing : this.renderAsk(`remove-${member.id}`, removing)}
      </div>
    </li>`;
  }

  private renderInvitation({ id, hint, role, state, expiresAt, displayName }: AgentInvitationView): TemplateResult {
    const { text, locale } = this;
    const { data } = this.managed;
    const until = fill(text.invitationUntil, { day: new Date(expiresAt).toLocaleDateString(locale, { dateStyle: 'long' }) });
    const revoking = {
      label: text.revoke,
      question: fill(text.revokeQuestion, { to: hint }),
      confirm: text.revokeConfirm,
      work: async () => {
        await data.revokeInvitation(id);
        await this.load();
      },
    };
    return html`<li class="line">
      <div>
        <strong>${hint}</strong>${displayName === null ? nothing : html` · ${displayName}`} ·
        ${role === 'admin' ? text.roleAdmin : text.roleAgent}
        <p class="hint">${state === 'sending' ? text.invitationSending : until}</p>
      </div>
      ${this.renderAsk(`revoke-${id}`, revoking)}
    </li>`;
  }

  protected override renderReady(): TemplateResult {
    const { text } = this;
    const pending = this.invitations.filter(({ state }) => state === 'sending' || state === 'open');
    return html`${this.renderForm({
        id: 'invite',
        title: text.inviteTitle,
        lead: text.inviteLead,
        save: text.invite,
        content: html`${this.renderEntry('invite', { name: 'to', label: text.inviteTo, hint: text.inviteToHint, fault: text.inviteToFault })}
        ${this.renderChoice('invite', { name: 'role', label: text.role, hint: text.roleHint, value: 'agent', options: this.roles })}
        ${this.renderEntry('invite', { name: 'displayName', label: text.shownName, hint: text.shownNameHint, fault: text.shownNameFault })}`,
        submit: (form) => this.invite(form),
      })}
      ${
        pending.length === 0
          ? nothing
          : html`<h2>${text.pendingTitle}</h2>
              <ul class="lines">
                ${pending.map((each) => this.renderInvitation(each))}
              </ul>`
      }
      <h2>${text.membersTitle}</h2>
      <ul class="members">
        ${repeat(
          this.members,
          ({ id }) => id,
          (member) => this.renderMember(member),
        )}
      </ul>`;
  }
}
customElements.define('smoope-manage-members', MembersSection);
