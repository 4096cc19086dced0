import type { AgentInvitationView, InviteRequest } from '../../appservice/agent-invitations/agent-invitation-wire.ts';
import type { ApiSessionView } from '../../appservice/api-sessions/api-session-wire.ts';
import type { AuditPage } from '../../appservice/audit/audit-wire.ts';
import type { AgreementView, ColorsView, ManagedCompany, ManagedMember, ManagedSettings } from '../../appservice/companies/manage-wire.ts';
import type { AddedIdentityKey, IdentityKeyDetails } from '../../appservice/identities/identity-key-wire.ts';
import type { PreviewQuery, RetentionPreview, RetentionView } from '../../appservice/retention/retention-wire.ts';
import type { SatisfactionWeek } from '../../appservice/satisfaction/satisfaction-wire.ts';
import type { DepartmentDetails } from '../../appservice/team/department-wire.ts';
import { askApi } from '../api/api-session.ts';
import type { MatrixClient } from '../matrix/matrix-sdk.ts';

/** A member as an admin puts them. */
export type MemberChange = { readonly userId: string; readonly role: 'agent' | 'admin'; readonly displayName?: string | null };

/** Companies for which somebody works, each with their role. */
export const listCompanies = async (client: MatrixClient): Promise<ApiSessionView['companies']> =>
  (await askApi<ApiSessionView>(client, 'GET', '/api/v1/api-session')).companies;

const part = encodeURIComponent;

/** Everything that an admin asks and changes about a company. */
export function createManageData(client: MatrixClient, slug: string) {
  const own = `/api/v1/companies/${part(slug)}`;
  const base = `${own}/manage`;
  const ask = <Result>(method: string, path: string, body?: unknown): Promise<Result> => askApi<Result>(client, method, path, body);
  const department = (key: string) => `${base}/departments/${part(key)}`;
  return {
    company: () => ask<ManagedCompany>('GET', base),
    rename: (name: string) => ask<ManagedCompany>('PUT', `${base}/name`, { name }),
    set: (settings: Partial<ManagedSettings>) => ask<ManagedCompany>('PATCH', `${base}/settings`, settings),
    setLogo: (image: string | null) => ask<ManagedCompany>('PUT', `${base}/logo`, { image }),
    accept: (version: string, acceptedBy: string) => ask<ManagedCompany>('POST', `${base}/agreement`, { version, acceptedBy }),
    agreement: (language: 'de' | 'en') => ask<AgreementView>('GET', `${base}/agreement?language=${language}`),
    colors: (color: string) => ask<ColorsView>('GET', `${base}/colors?color=${part(color)}`),
    members: async () => (await ask<{ members: ManagedMember[] }>('GET', `${own}/members`)).members,
    putMember: (member: MemberChange) => ask<ManagedMember>('POST', `${own}/members`, member),
    removeMember: (userId: string) => ask<void>('DELETE', `${own}/members/${part(userId)}`),
    setPicture: (userId: string, image: string | null) => ask<void>('PUT', `${base}/members/${part(userId)}/picture`, { image }),
    invitations: async () => (await ask<{ invitations: AgentInvitationView[] }>('GET', `${own}/invitations`)).invitations,
    invite: (request: InviteRequest) => ask<AgentInvitationView>('POST', `${own}/invitations`, request),
    revokeInvitation: (id: string) => ask<void>('DELETE', `${own}/invitations/${part(id)}`),
    departments: async () => (await ask<{ departments: DepartmentDetails[] }>('GET', `${base}/departments`)).departments,
    addDepartment: (key: string, name: string) => ask<DepartmentDetails>('POST', `${base}/departments`, { key, name }),
    renameDepartment: (key: string, name: string) => ask<void>('PUT', `${department(key)}/name`, { name }),
    archiveDepartment: (key: string) => ask<void>('POST', `${department(key)}/archive`),
    setInDepartment: (key: string, userId: string, isIn: boolean) =>
      ask<void>(isIn ? 'PUT' : 'DELETE', `${department(key)}/members/${part(userId)}`),
    keys: async () => (await ask<{ keys: IdentityKeyDetails[] }>('GET', `${base}/identity-keys`)).keys,
    addKey: () => ask<AddedIdentityKey>('POST', `${base}/identity-keys`, {}),
    revokeKey: (id: string) => ask<void>('DELETE', `${base}/identity-keys/${part(id)}`),
    retention: () => ask<RetentionView>('GET', `${base}/retention`),
    previewRetention(query: PreviewQuery): Promise<RetentionPreview> {
      const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
      return ask('GET', `${base}/retention/preview?${new URLSearchParams(given).toString()}`);
    },
    setDepartmentRetention: (key: string, days: number | null) => ask<void>('PUT', `${department(key)}/retention`, { days }),
    setConversationRetention: (number: number, days: number | null) =>
      ask<void>('PUT', `${base}/conversations/${number}/retention`, { days }),
    block: (number: number) => ask<void>('PUT', `${base}/conversations/${number}/block`),
    unblock: (number: number) => ask<void>('DELETE', `${base}/conversations/${number}/block`),
    audit: async (before?: number) =>
      (await ask<AuditPage>('GET', `${base}/audit?limit=50${before === undefined ? '' : `&before=${before}`}`)).entries,
    satisfaction: async () => (await ask<{ weeks: SatisfactionWeek[] }>('GET', `${base}/satisfaction`)).weeks,
  };
}

/** See `createManageData`. */
export type ManageData = ReturnType<typeof createManageData>;
