import { z } from 'zod';

const SLUG = /^[a-z][a-z0-9-]{1,30}$/;
const role = z.enum(['agent', 'admin']).describe('agent: answers; admin: runs the company as well.');

/** Parameters of paths below `/api/v1/companies/{slug}/invitations`. */
export const invitationsParams = z.object({ slug: z.string().regex(SLUG, 'must be the slug of a company') });
/** See `invitationsParams`. */
export const invitationParams = invitationsParams.extend({ id: z.uuid('must be the id of an invitation') });

/** Body of `POST …/invitations`. */
export const inviteRequest = z.strictObject({
  to: z.string().trim().min(3).max(254).describe('Mobile number or mail address; the link goes there.'),
  role,
  displayName: z
    .string()
    .trim()
    .min(1)
    .max(80)
    .regex(/^[^\p{C}]+$/u, 'must be one line')
    .nullable()
    .default(null)
    .describe("What visitors will read as name; null: the company's name."),
  locale: z.enum(['de', 'en']).optional().describe("Language of the text; the company's where it is not given."),
});

/** An invitation as admins see it. */
export const invitationView = z
  .object({
    id: z.string(),
    role,
    displayName: z.string().nullable(),
    way: z.enum(['sms', 'mail']),
    hint: z.string().describe('What the address is known by; the address itself is not kept.'),
    state: z.enum(['sending', 'open', 'accepted', 'revoked', 'expired']),
    createdAt: z.int().describe('Milliseconds since 1970.'),
    expiresAt: z.int().describe('Milliseconds since 1970.'),
  })
  .meta({ id: 'AgentInvitation' });

const token = z
  .string()
  .regex(/^[\w-]{8,64}$/, 'must be what the link ends with')
  .describe('What the link ends with.');

/** Body of `POST /api/v1/account/agent-invitations/preview`. */
export const previewInvitationRequest = z.strictObject({ token, locale: z.enum(['de', 'en']) });

/** What the page of a link shows. */
export const invitationPreview = z
  .object({
    company: z.object({ slug: z.string(), name: z.string() }),
    role,
    expiresAt: z.int().describe('Milliseconds since 1970.'),
    terms: z.object({ version: z.string(), text: z.array(z.string()).describe('One sentence or two each.') }),
  })
  .meta({ id: 'AgentInvitationPreview' });

/** Body of `POST /api/v1/account/agent-invitations`. */
export const acceptInvitationRequest = z.strictObject({
  token,
  terms: z
    .strictObject({ version: z.string().max(40), locale: z.enum(['de', 'en']) })
    .describe('Which terms the person has read and accepts, and in which language.'),
});

/** What somebody has become. */
export const acceptedInvitation = z
  .object({ company: z.object({ slug: z.string(), name: z.string() }), role })
  .meta({ id: 'AcceptedAgentInvitation' });

/** See `inviteRequest`. */
export type InviteRequest = z.output<typeof inviteRequest>;
/** See `invitationView`. */
export type AgentInvitationView = z.output<typeof invitationView>;
/** See `invitationPreview`. */
export type AgentInvitationPreview = z.output<typeof invitationPreview>;
/** See `acceptInvitationRequest`. */
export type AcceptInvitationRequest = z.output<typeof acceptInvitationRequest>;
/** See `acceptedInvitation`. */
export type AcceptedAgentInvitation = z.output<typeof acceptedInvitation>;
