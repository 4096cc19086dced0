import { z } from 'zod';
import { companySettings, companySettingsPatch } from './company-settings.ts';
import { line } from './setting-text.ts';

/** Slug of a company: part of Matrix ids and addresses, without the `_` that separates their parts. */
export const slug = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,30}$/, 'must be 2 to 31 small letters, digits and hyphens, a letter first')
  .describe('Fixed for ever; part of addresses and Matrix ids.');

/** Name of a company. */
export const companyName = line(120).describe('What people see.');

/** Matrix user id (https://spec.matrix.org/v1.15/appendices/#user-identifiers); `|` and `/` never occur in ids that are made today. */
export const userId = z
  .string()
  .max(255)
  .regex(/^@[a-z0-9._=+-]+:[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/, 'must be a Matrix id like @anna:acme.example')
  .describe('Matrix id of the member.');

/** A picture in base64; kind and size are checked from its octets. */
const image = z.base64().min(8).max(350_000).describe('PNG, JPEG or WebP of at most 256 kB, in base64.');

/** Parameters of paths below `/api/v1/operator/companies/{slug}`. */
export const companyParams = z.object({ slug });
/** See `companyParams`. */
export const memberParams = z.object({ slug, userId });
/** See `companyParams`. */
export const serviceAccountName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,30}$/, 'must be 1 to 31 small letters, digits and hyphens, a letter first')
  .describe('Name of the service account; part of its Matrix id.');
/** See `companyParams`. */
export const serviceAccountParams = z.object({ slug, name: serviceAccountName });

/** Body of `POST /api/v1/operator/companies`. */
export const createCompanyRequest = z.strictObject({
  slug,
  name: companyName,
  settings: companySettingsPatch.default({}).describe('Settings that differ from the defaults.'),
});

/** Body of `PUT …/name`. */
export const renameRequest = z.strictObject({ name: companyName });

/** Body of `POST …/agreement`. */
export const acceptAgreementRequest = z.strictObject({
  version: z.string().min(1).max(40).describe('Version of the processing agreement; the one in force.'),
  acceptedBy: line(200).describe('Who accepted for the company: name and function.'),
});

/** Body of `PUT …/logo` and of a member's picture. */
export const imageRequest = z.strictObject({
  image: image.nullable().describe('PNG, JPEG or WebP of at most 256 kB, in base64; null takes it away.'),
});

/** Largest body of `imageRequest` in bytes. */
export const IMAGE_BODY_LIMIT = 360_000;

/** Body of `POST …/members`. */
export const addMemberRequest = z.strictObject({
  userId,
  role: z.enum(['agent', 'admin']).describe('agent: answers; admin: runs the company as well.'),
  displayName: line(80).nullable().optional().describe("What visitors read as name; null: the company's name."),
});

/** Body of `POST …/service-accounts`. */
export const issueServiceAccountRequest = z.strictObject({ name: serviceAccountName });

/** A company in a list. */
export const companySummary = z.object({
  slug: z.string(),
  name: z.string(),
  status: z.enum(['draft', 'live', 'suspended', 'closed']).describe('draft: something is missing before it may talk to people.'),
  createdAt: z.int().describe('Milliseconds since 1970.'),
});

/** A company with all that the operator may see. */
export const companyDetails = companySummary.extend({
  id: z.string().describe('Row id; stands in the audit log.'),
  missing: z.array(z.enum(['imprint', 'privacyContact', 'processingAgreement', 'rooms'])).describe('What a draft still lacks.'),
  userId: z.string().describe('Matrix id of its ghost: what people see.'),
  spaceId: z.string().nullable().describe('Matrix room id of its space.'),
  teamRoomId: z.string().nullable().describe('Matrix room id of its team room.'),
  hasLogo: z.boolean(),
  settings: companySettings,
  agreement: z
    .object({ version: z.string(), acceptedBy: z.string(), acceptedAt: z.int().describe('Milliseconds since 1970.') })
    .nullable()
    .describe('The acceptance of the processing agreement that counts.'),
});

/** A member as the operator sees it. */
export const memberDetails = z.object({
  id: z.string().describe('Row id; names the member to visitors and in the audit log.'),
  userId: z.string(),
  role: z.enum(['agent', 'admin']),
  displayName: z.string().nullable(),
  hasPicture: z.boolean(),
});

/** A service account as the operator sees it. */
export const serviceAccountDetails = z.object({
  id: z.string().describe('Row id; stands in the audit log.'),
  name: z.string(),
  userId: z.string(),
  issuedAt: z.int().describe('Milliseconds since 1970.'),
});

/** Answer of `POST …/service-accounts`. */
export const issuedServiceAccount = serviceAccountDetails.extend({
  deviceId: z.string(),
  accessToken: z.string().describe('Matrix access token; answered once and kept nowhere by this service.'),
});
