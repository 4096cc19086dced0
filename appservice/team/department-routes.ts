import type { z } from 'zod';
import type { Audited } from '../companies/company-operator-routes.ts';
import type { Company } from '../companies/company.ts';
import { ApiError } from '../errors.ts';
import { route, type Route } from '../http/route.ts';
import type { UserId } from '../ids.ts';
import type { DepartmentService, StaffedDepartment } from './department-service.ts';
import {
  createDepartmentRequest,
  departmentDetails,
  departmentMemberParams,
  departmentParams,
  departmentsParams,
  departmentsResponse,
  renameDepartmentRequest,
} from './department-wire.ts';

type Parts = {
  readonly findCompany: (slug: string) => Promise<Company | undefined>;
  readonly service: DepartmentService;
  readonly audited: Audited;
};

const DEPARTMENTS = '/api/v1/operator/companies/:slug/departments';
const done = { 204: { description: 'Done.' } } as const;

function toDetails({ id, key, name, spaceRoomId, inboxRoomId, archivedAt, members }: StaffedDepartment): z.input<typeof departmentDetails> {
  return { id, key, name, spaceId: spaceRoomId, inboxRoomId, archived: archivedAt !== null, members: [...members] };
}

/** Departments of companies in the operator API. */
export function departmentRoutes({ findCompany, service, audited }: Parts): Route[] {
  async function getCompany(slug: string): Promise<Company> {
    const company = await findCompany(slug);
    if (company === undefined) throw new ApiError('M_NOT_FOUND', 'There is no company with this slug.', { field: 'params.slug' });
    return company;
  }

  return [
    audited(
      'reads',
      'department.list',
      route(
        {
          method: 'get',
          path: DEPARTMENTS,
          summary: 'Lists the departments of a company, archived ones too.',
          auth: 'operator',
          params: departmentsParams,
          responses: { 200: { description: 'Departments by key.', schema: departmentsResponse } },
        },
        async ({ params }) => ({
          status: 200,
          body: { departments: (await service.list(await getCompany(params.slug))).map(toDetails) },
        }),
      ),
    ),
    audited(
      'changes',
      'department.create',
      route(
        {
          method: 'post',
          path: DEPARTMENTS,
          summary: 'Makes a department with its space and inbox room; the same again finishes what was interrupted.',
          auth: 'operator',
          params: departmentsParams,
          body: createDepartmentRequest,
          responses: {
            201: { description: 'Made.', schema: departmentDetails },
            200: { description: 'It was there already.', schema: departmentDetails },
          },
        },
        async ({ auth, params, body }) => {
          const at = { slug: params.slug, key: body.key };
          const { department, created } = await service.create(auth.actor, at, body.name);
          const listed = (await service.list(await getCompany(params.slug))).find(({ id }) => id === department.id);
          return { status: created ? 201 : 200, body: toDetails(listed ?? { ...department, members: [] }) };
        },
      ),
    ),
    audited(
      'changes',
      'department.rename',
      route(
        {
          method: 'put',
          path: `${DEPARTMENTS}/:key/name`,
          summary: 'Renames a department; the key stays.',
          auth: 'operator',
          params: departmentParams,
          body: renameDepartmentRequest,
          responses: done,
        },
        async ({ auth, params, body }) => {
          await service.rename(auth.actor, params, body.name);
          return { status: 204 };
        },
      ),
    ),
    audited(
      'changes',
      'department.archive',
      route(
        {
          method: 'post',
          path: `${DEPARTMENTS}/:key/archive`,
          summary: 'Takes a department out of use; its conversations must be closed or handed over before.',
          auth: 'operator',
          params: departmentParams,
          responses: done,
        },
        async ({ auth, params }) => {
          await service.archive(auth.actor, params);
          return { status: 204 };
        },
      ),
    ),
    audited(
      'changes',
      'department.member.add',
      route(
        {
          method: 'put',
          path: `${DEPARTMENTS}/:key/members/:userId`,
          summary: 'Adds a member of the company to a department; they are invited to its space and inbox room.',
          auth: 'operator',
          params: departmentMemberParams,
          responses: done,
        },
        async ({ auth, params }) => {
          await service.addMember(auth.actor, params, params.userId as UserId);
          return { status: 204 };
        },
      ),
    ),
    audited(
      'changes',
      'department.member.remove',
      route(
        {
          method: 'delete',
          path: `${DEPARTMENTS}/:key/members/:userId`,
          summary: 'Removes a member from a department: out of its space, inbox room and conversations.',
          auth: 'operator',
          params: departmentMemberParams,
          responses: done,
        },
        async ({ auth, params }) => {
          await service.removeMember(auth.actor, params, params.userId as UserId);
          return { status: 204 };
        },
      ),
    ),
  ];
}
