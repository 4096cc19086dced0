import type { Accounts } from './app-accounts.ts';
import { createAgentInvitationSender } from './agent-invitations/agent-invitation-sender.ts';
import { agentInvitationRoutes } from './agent-invitations/agent-invitation-routes.ts';
import { createAgentInvitations } from './agent-invitations/agent-invitations.ts';
import type { ApiSessionWork } from './app-api-sessions.ts';
import type { Companies } from './app-companies.ts';
import type { AppSettings, Connections } from './app-connections.ts';
import type { NotificationWork } from './app-notifications.ts';
import { record } from './audit/audit-log.ts';
import { createChangeCompany } from './companies/company-changes.ts';
import { putMember } from './companies/member-service.ts';
import { createMemberStore } from './companies/member-store.ts';
import { deriveKey } from './derived-key.ts';
import { addToOutbox } from './matrix/outbox-store.ts';
import { maskAddress } from './notifications/notification-address.ts';
import { createSeal, hashPair } from './sealing.ts';
import { isOneMessage } from './sms/gsm7.ts';

/** Links by which people come to work for a company. */
export function wireAgentInvitations(
  { config, secrets }: AppSettings,
  { database }: Connections,
  { companies, onMatrix }: Companies,
  { accounts }: Accounts,
  { access }: ApiSessionWork,
  notifications: NotificationWork,
) {
  const now = () => new Date();
  const seal = createSeal(deriveKey(secrets.sealingKey, 'agent invitations'));
  const hashKey = deriveKey(secrets.hashKey, 'agent invitations');
  const findCompany: typeof companies.find = (id) => companies.find(id);
  const invitations = createAgentInvitations({
    database,
    neighbours: {
      change: createChangeCompany({ database, recordAudit: record, addToOutbox }),
      findCompany,
      findMember: (on, companyId, userId) => createMemberStore(on).findCurrent(companyId, userId),
      addMember: putMember,
      userIdOf: accounts.userIdOf,
      userExists: onMatrix.userExists,
    },
    readAddress(entered) {
      const address = notifications.readAddress(entered);
      return address !== undefined && notifications.ways.includes(address.way) ? address : undefined;
    },
    maskAddress,
    hashAddress: ({ way, address }) => hashPair(hashKey, way, address.toLowerCase()),
    sealAddress: ({ address }, id) => seal.seal(address, id),
    now,
  });
  return {
    routes: agentInvitationRoutes({ access, invitations }),
    outbox: createAgentInvitationSender({
      database,
      publicOrigin: config.publicOrigin,
      notifications,
      findCompany,
      openAddress: (sealed, id) => seal.open(sealed, id),
      fitsText: isOneMessage,
      now,
    }),
    deleteExpired: invitations.deleteExpired,
  };
}

/** See `wireAgentInvitations`. */
export type AgentInvitationWork = ReturnType<typeof wireAgentInvitations>;
