import type { Database } from '../database/database.ts';
import type { CompanyId, DeviceId, RoomId, UserId } from '../ids.ts';
import { companySettings, type CompanySettings } from './company-settings.ts';
import { statusOf, type Company, type CompanyFacts } from './company.ts';

type Row = {
  id: string;
  slug: string;
  bucket: string;
  name: string;
  user_id: string;
  device_id: string;
  space_room_id: string | null;
  team_room_id: string | null;
  logo_mxc: string | null;
  settings: unknown;
  created_at: Date;
  suspended_at: Date | null;
  closed_at: Date | null;
  accepted_agreement: string | null;
};

const COLUMNS = `company.id, slug, bucket, name, user_id, device_id, space_room_id, team_room_id, logo_mxc, settings, created_at, suspended_at,
  closed_at, (select version from processing_agreement_acceptance where company_id = company.id order by accepted_at desc, id limit 1) as accepted_agreement`;

function toDomain(row: Row): Company {
  const facts: CompanyFacts = {
    id: row.id as CompanyId,
    slug: row.slug,
    bucket: row.bucket,
    name: row.name,
    userId: row.user_id as UserId,
    deviceId: row.device_id as DeviceId,
    spaceRoomId: row.space_room_id as RoomId | null,
    teamRoomId: row.team_room_id as RoomId | null,
    logoMxc: row.logo_mxc,
    // Decoding puts in the defaults of settings that are newer than the row.
    settings: companySettings.parse(row.settings),
    createdAt: row.created_at,
    suspendedAt: row.suspended_at,
    closedAt: row.closed_at,
    acceptedAgreement: row.accepted_agreement,
  };
  return { ...facts, status: statusOf(facts) };
}

/** What is known of a company when its row is made. */
export type NewCompany = Pick<Company, 'id' | 'slug' | 'bucket' | 'name' | 'userId' | 'deviceId' | 'settings'>;

/** What may change on a row. */
export type CompanyChanges = {
  name?: string;
  settings?: CompanySettings;
  logoMxc?: string | null;
  spaceRoomId?: RoomId;
  teamRoomId?: RoomId;
  suspendedAt?: Date | null;
  closedAt?: Date;
};

const COLUMN_OF = {
  name: 'name',
  settings: 'settings',
  logoMxc: 'logo_mxc',
  spaceRoomId: 'space_room_id',
  teamRoomId: 'team_room_id',
  suspendedAt: 'suspended_at',
  closedAt: 'closed_at',
} as const satisfies Record<keyof CompanyChanges, string>;

function toRow(changes: CompanyChanges): Record<string, unknown> {
  const columns = Object.entries(COLUMN_OF).filter(([key]) => changes[key as keyof CompanyChanges] !== undefined);
  return Object.fromEntries(
    columns.map(([key, column]) => [column, key === 'settings' ? JSON.stringify(changes.settings) : changes[key as keyof CompanyChanges]]),
  );
}

/** A name, or an expression for one, as it is searched and sorted: case, accents and the two ways to write ß do not matter. */
const folded = (name: string): string =>
  `replace(lower(regexp_replace(normalize(${name}, NFKD), '[\\u0300-\\u036f]', '', 'g') collate "und-x-icu"), 'ß', 'ss')`;

/** Where a page of listed companies ended. */
export type ListedPlace = Pick<Company, 'name' | 'slug'>;

/** What of the listed companies is asked for; `search` has every word that a name must hold, `after` is where the page before ended. */
export type ListedQuery = { readonly search: readonly string[]; readonly after?: ListedPlace | undefined; readonly limit: number };

/** Companies by id, slug and room. */
export function createCompanyStore(database: Database) {
  const select = () => database('company').select<Row[]>(database.raw(COLUMNS));

  async function findOne(where: Record<string, unknown>): Promise<Company | undefined> {
    const [row] = await select().where(where).limit(1);
    return row === undefined ? undefined : toDomain(row);
  }

  async function pageOfListed({ search, after, limit }: ListedQuery): Promise<Company[]> {
    const query = select().whereRaw(`settings @> '{"listed": true}' and closed_at is null and suspended_at is null`);
    for (const word of search) void query.whereRaw(`strpos(${folded('name')}, ${folded('?::text')}) > 0`, [word]);
    if (after !== undefined) void query.whereRaw(`(${folded('name')}, slug) > (${folded('?::text')}, ?)`, [after.name, after.slug]);
    const rows = await query.orderByRaw(`${folded('name')}, slug`).limit(limit);
    return rows.map(toDomain);
  }

  return {
    /** Adds a row; false when the slug is taken. */
    async add(company: NewCompany): Promise<boolean> {
      const { id, slug, bucket, name, userId, deviceId, settings } = company;
      const added = await database('company')
        .insert({ id, slug, bucket, name, user_id: userId, device_id: deviceId, settings: JSON.stringify(settings) })
        .onConflict('slug')
        .ignore()
        .returning('id');
      return added.length === 1;
    },
    async find(id: CompanyId): Promise<Company | undefined> {
      return findOne({ id });
    },
    /** As `find`, for an id that a row of ours refers to; throws when there is none. */
    async get(id: CompanyId): Promise<Company> {
      const company = await findOne({ id });
      if (company === undefined) throw new Error('there is no company with this id');
      return company;
    },
    async listByIds(ids: readonly CompanyId[]): Promise<Company[]> {
      return (await select().whereIn('id', [...ids])).map(toDomain);
    },
    async findBySlug(slug: string): Promise<Company | undefined> {
      return findOne({ slug });
    },
    /** Reads and locks the row until the caller's transaction ends: changes of one company happen one after the other. */
    async findForChange(slug: string): Promise<Company | undefined> {
      const [row] = await select().where({ slug }).forUpdate();
      return row === undefined ? undefined : toDomain(row);
    },
    /** The company whose space or team room it is. */
    async findByRoom(roomId: RoomId): Promise<Company | undefined> {
      const [row] = await select().where({ space_room_id: roomId }).orWhere({ team_room_id: roomId }).limit(1);
      return row === undefined ? undefined : toDomain(row);
    },
    async findByUserId(userId: UserId): Promise<Company | undefined> {
      return findOne({ user_id: userId });
    },
    /** By slug; `after` is the last slug of the page before. */
    async list({ after = '', limit = 100 }: { after?: string; limit?: number } = {}): Promise<Company[]> {
      const rows = await select().where('slug', '>', after).orderBy('slug').limit(limit);
      return rows.map(toDomain);
    },
    /** Live companies that let themselves be found, by name. */
    async listListed({ search, after, limit }: ListedQuery): Promise<Company[]> {
      const found: Company[] = [];
      // What else a company needs to be live is `statusOf`'s to say; the few that wait for it are read over.
      for (let place = after; found.length < limit;) {
        const page = await pageOfListed({ search, after: place, limit });
        found.push(...page.filter(({ status }) => status === 'live'));
        if (page.length < limit) break;
        place = page.at(-1);
      }
      return found.slice(0, limit);
    },
    /** Companies whose rooms on Matrix are not finished. */
    async listUnprovisioned(): Promise<Company[]> {
      const rows = await select().whereNull('closed_at').whereRaw('(space_room_id is null or team_room_id is null)').orderBy('created_at');
      return rows.map(toDomain);
    },
    async update(id: CompanyId, changes: CompanyChanges): Promise<void> {
      await database('company').where({ id }).update(toRow(changes));
    },
  };
}

/** See `createCompanyStore`. */
export type CompanyStore = ReturnType<typeof createCompanyStore>;
