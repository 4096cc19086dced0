import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ApiError } from '../errors.ts';
import type { HttpContext } from '../http/context.ts';
import { route, type Route } from '../http/route.ts';
import type { Company } from './company.ts';
import { imageType } from './company-image.ts';
import type { CompanyStore } from './company-store.ts';
import { slug } from './company-wire.ts';
import type { MemberStore } from './member-store.ts';

type Parts = {
  readonly companies: CompanyStore;
  readonly members: MemberStore;
  /** Octets of a picture; undefined when it is gone. */
  readonly readImage: (company: Company, mxc: string) => Promise<Buffer | undefined>;
};

// Long enough to spare the homeserver, short enough that a new logo or a removed picture shows the same day.
const CACHE = 'public, max-age=3600';

const responses = {
  200: { description: 'The picture: PNG, JPEG or WebP.' },
  304: { description: 'The picture as the browser has it.' },
} as const;

/** Pictures that anyone may see: the logo of a live company, and what its members chose to show. Nothing else of a member is told. */
export function companyPictureRoutes({ companies, members, readImage }: Parts): Route[] {
  async function getLive(companySlug: string): Promise<Company> {
    const company = await companies.findBySlug(companySlug);
    if (company === undefined || company.status !== 'live') throw noPicture();
    return company;
  }

  async function answer(company: Company, mxc: string | null | undefined, context: HttpContext) {
    if (mxc === null || mxc === undefined) throw noPicture();
    const etag = `"${createHash('sha256').update(mxc).digest('base64url').slice(0, 22)}"`;
    const headers = { 'Cache-Control': CACHE, ETag: etag };
    if (context.get('if-none-match') === etag) return { status: 304 as const, headers };
    const bytes = await readImage(company, mxc);
    const type = bytes === undefined ? undefined : imageType(bytes);
    if (bytes === undefined || type === undefined) throw noPicture();
    return { status: 200 as const, body: bytes, headers: { ...headers, 'Content-Type': type } };
  }

  return [
    route(
      {
        method: 'get',
        path: '/api/v1/companies/:slug/logo',
        summary: 'The logo of a company that is open.',
        auth: 'none',
        params: z.object({ slug }),
        responses,
        limit: 'browse',
        headers: 'asset',
      },
      async ({ params, context }) => {
        const company = await getLive(params.slug);
        return answer(company, company.logoMxc, context);
      },
    ),
    route(
      {
        method: 'get',
        path: '/api/v1/companies/:slug/members/:memberId/picture',
        summary: 'The picture a member shows to visitors.',
        auth: 'none',
        params: z.object({ slug, memberId: z.uuid().describe('Id of a sender in a conversation.') }),
        responses,
        limit: 'browse',
        headers: 'asset',
      },
      async ({ params, context }) => {
        const company = await getLive(params.slug);
        const member = await members.findById(company.id, params.memberId);
        return answer(company, member?.endedAt === null ? member.pictureMxc : null, context);
      },
    ),
  ];
}

function noPicture(): ApiError {
  return new ApiError('M_NOT_FOUND', 'There is no such picture.');
}
