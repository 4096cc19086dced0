import { z } from 'zod';
import { route, type Route } from '../http/route.ts';
import type { Company } from './company.ts';
import { noSuchCompany } from './company-changes.ts';
import type { Audited } from './company-operator-routes.ts';
import type { CompanyStore } from './company-store.ts';
import { toMemberDetails, toServiceAccountDetails } from './company-view.ts';
import {
  addMemberRequest,
  companyParams,
  IMAGE_BODY_LIMIT,
  imageRequest,
  issuedServiceAccount,
  issueServiceAccountRequest,
  memberDetails,
  memberParams,
  serviceAccountDetails,
  serviceAccountParams,
} from './company-wire.ts';
import type { UserId } from '../ids.ts';
import type { MemberService } from './member-service.ts';
import type { MemberStore } from './member-store.ts';
import type { ServiceAccountService } from './service-account-service.ts';
import type { ServiceAccountStore } from './service-account-store.ts';

type Parts = {
  readonly companies: CompanyStore;
  readonly members: MemberStore;
  readonly accounts: ServiceAccountStore;
  readonly memberService: MemberService;
  readonly accountService: ServiceAccountService;
  readonly audited: Audited;
};

const MEMBERS = '/api/v1/operator/companies/:slug/members';
const ACCOUNTS = '/api/v1/operator/companies/:slug/service-accounts';
const done = { 204: { description: 'Done.' } } as const;

/** Members and service accounts of companies in the operator API. */
export function memberOperatorRoutes({ companies, members, accounts, memberService, accountService, audited }: Parts): Route[] {
  async function getCompany(slug: string): Promise<Company> {
    const company = await companies.findBySlug(slug);
    if (company === undefined) throw noSuchCompany();
    return company;
  }

  return [
    audited(
      'reads',
      'member.list',
      route(
        {
          method: 'get',
          path: MEMBERS,
          summary: 'Lists the members of a company.',
          auth: 'operator',
          params: companyParams,
          responses: { 200: { description: 'The members of today.', schema: z.object({ members: z.array(memberDetails) }) } },
        },
        async ({ params }) => {
          const current = await members.listCurrent((await getCompany(params.slug)).id);
          return { status: 200, body: { members: current.map(toMemberDetails) } };
        },
      ),
    ),
    audited(
      'changes',
      'member.add',
      route(
        {
          method: 'post',
          path: MEMBERS,
          summary: 'Adds a member, or changes role and name of one who is there; they are invited to space and team room.',
          auth: 'operator',
          params: companyParams,
          body: addMemberRequest,
          responses: { 200: { description: 'The member.', schema: memberDetails } },
        },
        async ({ auth, params, body }) => {
          const member = await memberService.add(auth.actor, params.slug, { ...body, userId: body.userId as UserId });
          return { status: 200, body: toMemberDetails(member) };
        },
      ),
    ),
    audited(
      'changes',
      'member.remove',
      route(
        {
          method: 'delete',
          path: `${MEMBERS}/:userId`,
          summary: 'Removes a member from space, team room and conversations.',
          auth: 'operator',
          params: memberParams,
          responses: done,
        },
        async ({ auth, params }) => {
          await memberService.remove(auth.actor, params.slug, params.userId as UserId);
          return { status: 204 };
        },
      ),
    ),
    audited(
      'changes',
      'member.picture',
      route(
        {
          method: 'put',
          path: `${MEMBERS}/:userId/picture`,
          summary: 'Sets or takes away the picture that visitors see.',
          auth: 'operator',
          params: memberParams,
          body: imageRequest,
          bodyLimit: IMAGE_BODY_LIMIT,
          responses: done,
        },
        async ({ auth, params, body }) => {
          await memberService.setPicture(auth.actor, params.slug, params.userId as UserId, body.image);
          return { status: 204 };
        },
      ),
    ),
    audited(
      'reads',
      'service-account.list',
      route(
        {
          method: 'get',
          path: ACCOUNTS,
          summary: 'Lists the service accounts of a company that are in force.',
          auth: 'operator',
          params: companyParams,
          responses: { 200: { description: 'Service accounts.', schema: z.object({ serviceAccounts: z.array(serviceAccountDetails) }) } },
        },
        async ({ params }) => {
          const current = await accounts.listCurrent((await getCompany(params.slug)).id);
          return { status: 200, body: { serviceAccounts: current.map(toServiceAccountDetails) } };
        },
      ),
    ),
    audited(
      'changes',
      'service-account.issue',
      route(
        {
          method: 'post',
          path: ACCOUNTS,
          summary: 'Issues a service account: a Matrix user of the company with an access token.',
          auth: 'operator',
          params: companyParams,
          body: issueServiceAccountRequest,
          responses: { 201: { description: 'The account with its access token, which is answered once.', schema: issuedServiceAccount } },
        },
        async ({ auth, params, body }) => {
          const { account, accessToken } = await accountService.issue(auth.actor, params.slug, body);
          return { status: 201, body: { ...toServiceAccountDetails(account), deviceId: account.deviceId, accessToken } };
        },
      ),
    ),
    audited(
      'changes',
      'service-account.revoke',
      route(
        {
          method: 'delete',
          path: `${ACCOUNTS}/:name`,
          summary: 'Revokes a service account: token, device and membership end.',
          auth: 'operator',
          params: serviceAccountParams,
          responses: done,
        },
        async ({ auth, params }) => {
          await accountService.revoke(auth.actor, params.slug, params.name);
          return { status: 204 };
        },
      ),
    ),
  ];
}
