import { z } from 'zod';
import { ApiError } from '../errors.ts';
import { route, type Route } from '../http/route.ts';
import type { UserId } from '../ids.ts';
import { toMemberDetails } from './company-view.ts';
import { addMemberRequest, companyParams, memberDetails, memberParams } from './company-wire.ts';
import type { MemberAccess } from './member-access.ts';
import type { MemberService } from './member-service.ts';
import type { MemberStore } from './member-store.ts';

type Parts = { readonly access: MemberAccess; readonly members: MemberStore; readonly memberService: MemberService };

const MEMBERS = '/api/v1/companies/:slug/members';

/** The members of a company, for its own people. */
export function memberRoutes({ access, members, memberService }: Parts): Route[] {
  return [
    route(
      {
        method: 'get',
        path: MEMBERS,
        summary: 'Lists the members of your company.',
        auth: 'api',
        limit: 'read',
        params: companyParams,
        responses: { 200: { description: 'The members of today.', schema: z.object({ members: z.array(memberDetails) }) } },
      },
      async ({ auth, params }) => {
        const { company } = await access(auth.userId, params.slug);
        return { status: 200, body: { members: (await members.listCurrent(company.id)).map(toMemberDetails) } };
      },
    ),
    route(
      {
        method: 'post',
        path: MEMBERS,
        summary: 'Invites somebody by Matrix id, or changes role and name of a member; for admins.',
        auth: 'api',
        limit: 'write',
        params: companyParams,
        body: addMemberRequest,
        responses: { 200: { description: 'The member.', schema: memberDetails } },
      },
      async ({ auth, params, body }) => {
        const { member } = await access(auth.userId, params.slug, 'admin');
        if (body.role !== 'admin' && (body.userId as UserId) === auth.userId) throw ownRole('body.userId');
        const added = await memberService.add(`member:${member.id}`, params.slug, { ...body, userId: body.userId as UserId });
        return { status: 200, body: toMemberDetails(added) };
      },
    ),
    route(
      {
        method: 'delete',
        path: `${MEMBERS}/:userId`,
        summary: 'Removes a member from space, team room and conversations, and ends their sessions of this API; for admins.',
        auth: 'api',
        limit: 'write',
        params: memberParams,
        responses: { 204: { description: 'Done.' } },
      },
      async ({ auth, params }) => {
        const { member } = await access(auth.userId, params.slug, 'admin');
        if ((params.userId as UserId) === auth.userId) throw ownRole('params.userId');
        await memberService.remove(`member:${member.id}`, params.slug, params.userId as UserId);
        return { status: 204 };
      },
    ),
  ];
}

/** Otherwise the last admin could go, and nobody of the company could bring one back. */
function ownRole(field: string): ApiError {
  return new ApiError('COM_SMOOPE_CONFLICT', 'Another admin of the company must do this to you.', { field });
}
