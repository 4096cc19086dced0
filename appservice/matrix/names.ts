import { createHash, randomBytes } from 'node:crypto';
import type { DeviceId, UserId } from '../ids.ts';

/** Device under which a company's ghost sends; made with the ghost. */
export const COMPANY_DEVICE = 'SMOOPE' as DeviceId;

/** Two hex digits, fixed per company when it is created; a registration owns a set of them (design, terms). */
export function bucketOf(slug: string): string {
  return createHash('sha256').update(slug).digest('hex').slice(0, 2);
}

/** Matrix names of one server; every id that we make comes from here. */
export function createNames(serverName: string) {
  return {
    serverName,
    /** The appservice itself. */
    sender: `@smoope:${serverName}` as UserId,
    companyGhost: (bucket: string, slug: string) => `@company_${bucket}_${slug}:${serverName}` as UserId,
    /** A new visitor's ghost; the random part says nothing about the person. */
    newVisitorGhost: (bucket: string) => `@visitor_${bucket}_${randomBytes(10).toString('hex')}:${serverName}` as UserId,
    serviceAccount: (bucket: string, slug: string, name: string) => `@service_${bucket}_${slug}_${name}:${serverName}` as UserId,
    spaceAlias: (bucket: string, slug: string) => `#space_${bucket}_${slug}:${serverName}`,
    /** Room that lists the companies people can find. */
    companyListAlias: `#smoope_companies:${serverName}`,
    teamAlias: (bucket: string, slug: string) => `#team_${bucket}_${slug}:${serverName}`,
    /** No slug holds a `_`, so these are nobody else's. */
    departmentSpaceAlias: (bucket: string, slug: string, key: string) => `#space_${bucket}_${slug}_${key}:${serverName}`,
    departmentInboxAlias: (bucket: string, slug: string, key: string) => `#team_${bucket}_${slug}_${key}:${serverName}`,
    isGhost: (userId: string) => userId.endsWith(`:${serverName}`) && /^@(company|visitor)_[0-9a-f]{2}_/.test(userId),
    isLocal: (userId: string) => userId.endsWith(`:${serverName}`),
  };
}

/** See `createNames`. */
export type Names = ReturnType<typeof createNames>;

/** Local part of a Matrix user id. */
export function localpart(userId: string): string {
  return userId.slice(1, userId.indexOf(':'));
}
