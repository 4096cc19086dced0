import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { AgentInvitationPreview } from '../../appservice/agent-invitations/agent-invitation-wire.ts';
import { acceptInvitation, previewInvitation } from './joining-api.ts';
import { fill, JoiningView, nameOf } from './joining-view.ts';
import { keptLink } from './kept-link.ts';

const PAGE = '/account/invitation';

const carried = (): string | undefined => /^\/account\/invitation\/([\w-]+)$/.exec(location.pathname)?.[1];

/** Makes somebody a member of a company who was invited by a link. */
export class InvitationPage extends JoiningView<AgentInvitationPreview> {
  static override properties: PropertyDeclarations = { ...JoiningView.properties, isMissing: { state: true } };

  /** Whether the terms were not ticked when they should have been. */
  declare private isMissing: boolean;
  protected override readonly page = PAGE;
  protected override readonly link = keptLink({ name: 'invitation', page: PAGE, carried });
  protected override readonly pageTitle = this.text.invitationPageTitle;
  protected override readonly over = this.text.invitationOver;
  protected override readonly done = this.text.invitationDone;
  protected override readonly signIn = this.text.invitationSignIn;

  constructor() {
    super();
    this.isMissing = false;
  }

  protected override get heading(): string {
    return this.preview === undefined ? this.text.invitationPageTitle : this.text.invitationTitle;
  }

  protected override look = (secret: string): Promise<AgentInvitationPreview> => previewInvitation(secret, this.language);

  protected override async act(token: string): Promise<void> {
    const version = this.preview?.terms.version ?? '';
    await acceptInvitation({ token, terms: { version, locale: this.language } });
  }

  protected override async carryOut(): Promise<void> {
    const tick = this.querySelector<HTMLInputElement>('#terms');
    this.isMissing = tick?.checked !== true;
    if (this.isMissing) tick?.focus();
    else await super.carryOut();
  }

  protected override gaps(): Record<string, string> {
    const { company, expiresAt = 0 } = this.preview ?? {};
    const time = new Date(expiresAt).toLocaleString(this.language, { dateStyle: 'long', timeStyle: 'short' });
    return { company: company?.name ?? '', time };
  }

  private renderTick(): TemplateResult {
    const { text, isMissing } = this;
    return html`<label class="tick"
        ><input
          type="checkbox"
          id="terms"
          aria-invalid=${isMissing ? 'true' : nothing}
          aria-describedby=${isMissing ? 'terms-fault' : nothing}
        />${text.termsAccept}</label
      >
      ${isMissing ? html`<p class="fault" id="terms-fault" role="alert">${text.termsMissing}</p>` : nothing}`;
  }

  protected override renderReady({ role, terms }: AgentInvitationPreview): TemplateResult {
    const { text, account } = this;
    const lead = role === 'admin' ? text.invitationLeadAdmin : text.invitationLeadAgent;
    return html`<p class="lead">${fill(lead, this.gaps())}</p>
      <div class="notice">
        <h2>${text.termsTitle}</h2>
        <ul>
          ${terms.text.map((sentence) => html`<li>${sentence}</li>`)}
        </ul>
      </div>
      ${account === undefined ? nothing : this.renderTick()}
      ${this.renderButtons(account === undefined ? '' : fill(text.invitationAccept, { name: nameOf(account) }))}
      <p class="hint">${fill(text.invitationUntil, this.gaps())}</p>`;
  }
}

customElements.define('smoope-invitation-page', InvitationPage);

/** The view of `/account/invitation`, with or without the token of a link. */
export const renderInvitation = () => html`<smoope-invitation-page></smoope-invitation-page>`;
