import type { Company } from '../companies/company.ts';
import type { Database } from '../database/database.ts';
import type { AgentInvitationId, CompanyId } from '../ids.ts';
import type { OutboxHandlers } from '../matrix/outbox-worker.ts';
import type { NotificationAdapter } from '../notifications/notification.ts';
import { hashToken, newToken } from '../opaque-token.ts';
import { createAgentInvitationStore } from './agent-invitation-store.ts';
import { invitationMail, invitationText } from './agent-invitation-texts.ts';
import { INVITATION_DAYS } from './agent-invitation.ts';

type Dependencies = {
  readonly database: Database;
  readonly publicOrigin: string;
  readonly notifications: NotificationAdapter;
  readonly findCompany: (id: CompanyId) => Promise<Company | undefined>;
  readonly openAddress: (sealed: string, id: AgentInvitationId) => string;
  /** Whether a text goes out as one message. */
  readonly fitsText: (text: string) => boolean;
  readonly now: () => Date;
};

/**
 * Sends links after commit. A link is made when it is sent, so no row ever holds one; a crash between sending and the row's removal
 * sends anew, and the link before is worth nothing then.
 */
export function createAgentInvitationSender(dependencies: Dependencies): Pick<OutboxHandlers, 'sendAgentInvitation'> {
  const { database, publicOrigin, notifications, findCompany, openAddress, fitsText, now } = dependencies;
  const invitations = createAgentInvitationStore(database);
  return {
    async sendAgentInvitation({ invitationId }) {
      const invitation = await invitations.findPending(invitationId, now());
      const company = invitation === undefined ? undefined : await findCompany(invitation.companyId);
      if (invitation === undefined || invitation.sealedAddress === null || company === undefined || company.closedAt !== null) return;
      const token = newToken('i');
      await invitations.setToken(invitation.id, hashToken(token));
      const { way, locale } = invitation;
      const gaps = { company: company.name, link: `${publicOrigin}/account/invitation/${token}`, days: INVITATION_DAYS };
      const words = way === 'mail' ? invitationMail(locale, gaps) : { subject: '', text: invitationText(locale, gaps, fitsText) };
      await notifications.send({ way, address: openAddress(invitation.sealedAddress, invitation.id), ...words });
      await invitations.noteSent(invitation.id, now());
    },
  };
}
