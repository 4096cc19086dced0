import { z } from 'zod';

const slug = z.string().regex(/^[a-z][a-z0-9-]{1,30}$/, 'must be 2 to 31 small letters, digits and hyphens, a letter first');

/** Key of a department: part of Matrix aliases, and what agents type. */
export const departmentKey = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,30}$/, 'must be 1 to 31 small letters, digits and hyphens, a letter first')
  .describe('Fixed for ever; what agents type.');

const name = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(
    /^[^\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u,
    'must not hold control characters or marks that change the writing direction',
  )
  .describe('What people read.');

const userId = z
  .string()
  .max(255)
  .regex(/^@[a-z0-9._=+-]+:[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/, 'must be a Matrix id like @anna:acme.example')
  .describe('Matrix id of a member of the company.');

/** Parameters of paths below `/api/v1/operator/companies/{slug}/departments`. */
export const departmentsParams = z.object({ slug });
/** See `departmentsParams`. */
export const departmentParams = z.object({ slug, key: departmentKey });
/** See `departmentsParams`. */
export const departmentMemberParams = z.object({ slug, key: departmentKey, userId });

/** Body of `POST …/departments`. */
export const createDepartmentRequest = z.strictObject({ key: departmentKey, name });

/** Body of `PUT …/departments/{key}/name`. */
export const renameDepartmentRequest = z.strictObject({ name });

/** A department as the operator sees it. */
export const departmentDetails = z.object({
  id: z.string().describe('Row id; stands in the audit log.'),
  key: z.string(),
  name: z.string(),
  spaceId: z.string().nullable().describe('Matrix room id of its space.'),
  inboxRoomId: z.string().nullable().describe('Matrix room id of the room in which its conversations are announced.'),
  archived: z.boolean(),
  members: z.array(z.string()).describe('Matrix ids of its members.'),
});

/** Answer of `GET …/departments`. */
export const departmentsResponse = z.object({ departments: z.array(departmentDetails) });

/** See `departmentDetails`. */
export type DepartmentDetails = z.output<typeof departmentDetails>;
