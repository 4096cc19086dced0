import { z } from 'zod';
import type { MemberAccess } from '../companies/member-access.ts';
import { route, type Route } from '../http/route.ts';
import type { AgentInvitationId } from '../ids.ts';
import {
  acceptedInvitation,
  acceptInvitationRequest,
  invitationParams,
  invitationPreview,
  invitationsParams,
  invitationView,
  inviteRequest,
  previewInvitationRequest,
} from './agent-invitation-wire.ts';
import type { AgentInvitations } from './agent-invitations.ts';

type Parts = { readonly access: MemberAccess; readonly invitations: AgentInvitations };

const INVITATIONS = '/api/v1/companies/:slug/invitations';
const OWN = '/api/v1/account/agent-invitations';

/** Invitations of a company for its admins, and the page that a link leads to. */
export function agentInvitationRoutes({ access, invitations }: Parts): Route[] {
  return [
    route(
      {
        method: 'get',
        path: INVITATIONS,
        summary: 'Lists the invitations of your company, the latest first; for admins.',
        auth: 'api',
        limit: 'read',
        params: invitationsParams,
        responses: { 200: { description: 'The invitations.', schema: z.object({ invitations: z.array(invitationView) }) } },
      },
      async ({ auth, params }) => {
        const { company } = await access(auth.userId, params.slug, 'admin');
        return { status: 200, body: { invitations: await invitations.list(company.id) } };
      },
    ),
    route(
      {
        method: 'post',
        path: INVITATIONS,
        summary: 'Invites somebody by mobile number or mail address, with a link that is good once and for seven days; for admins.',
        auth: 'api',
        limit: 'write',
        params: invitationsParams,
        body: inviteRequest,
        responses: { 201: { description: 'The invitation; its link is on the way.', schema: invitationView } },
      },
      async ({ auth, params, body }) => {
        const { member } = await access(auth.userId, params.slug, 'admin');
        return { status: 201, body: await invitations.invite(member, params.slug, body) };
      },
    ),
    route(
      {
        method: 'delete',
        path: `${INVITATIONS}/:id`,
        summary: 'Takes an invitation back that nobody has accepted; for admins.',
        auth: 'api',
        limit: 'write',
        params: invitationParams,
        responses: { 204: { description: 'Its link is worth nothing any more.' } },
      },
      async ({ auth, params }) => {
        const { member } = await access(auth.userId, params.slug, 'admin');
        await invitations.revoke(member, params.slug, params.id as AgentInvitationId);
        return { status: 204 };
      },
    ),
    route(
      {
        method: 'post',
        path: `${OWN}/preview`,
        summary: 'Who invites, as what, and on which terms; the link stays good.',
        auth: 'page',
        body: previewInvitationRequest,
        limit: 'try-link',
        responses: { 200: { description: 'The invitation.', schema: invitationPreview } },
      },
      async ({ body }) => ({ status: 200, body: await invitations.preview(body.token, body.locale) }),
    ),
    route(
      {
        method: 'post',
        path: OWN,
        summary: 'Accepts an invitation with its terms: you work for the company from now on.',
        auth: 'account',
        body: acceptInvitationRequest,
        limit: 'try-link',
        responses: { 201: { description: 'What you have become.', schema: acceptedInvitation } },
      },
      async ({ auth, body }) => ({ status: 201, body: await invitations.accept(auth.accountId, body) }),
    ),
  ];
}
