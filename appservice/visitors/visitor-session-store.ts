import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import type { Database } from '../database/database.ts';
import type { AuthTypes } from '../http/auth.ts';
import type { CompanyId, DeviceId, IdentityId, PersonId, SessionId, UserId } from '../ids.ts';

/** Whom a session has proven to be, by a token of the company. */
export type SessionIdentity = { readonly id: IdentityId; readonly verifiedAt: Date };

/** A browser of a visitor; see `AuthTypes`. */
export type VisitorSession = AuthTypes['visitor'] & { readonly lastUsedAt: Date; readonly identity: SessionIdentity | null };

/** What a new session begins with; one that goes on from another has its person and identity already. */
export type NewVisitorSession = Pick<VisitorSession, 'companyId' | 'channel' | 'locale'> & {
  readonly tokenHash: string;
  readonly visitor?: VisitorSession['visitor'];
  readonly identity?: SessionIdentity | null;
};

type Row = {
  id: SessionId;
  company_id: CompanyId;
  channel: 'widget' | 'form';
  token_hash: string;
  locale: string;
  person_id: PersonId | null;
  user_id: UserId | null;
  device_id: DeviceId | null;
  identity_id: IdentityId | null;
  identity_verified_at: Date | null;
  last_used_at: Date;
  ended_at: Date | null;
};

function toDomain(row: Row): VisitorSession {
  const { person_id: personId, user_id: userId, device_id: deviceId, identity_id: identityId, identity_verified_at: verifiedAt } = row;
  const identity = identityId === null || verifiedAt === null ? null : { id: identityId, verifiedAt };
  const visitor = personId === null || userId === null || deviceId === null ? null : { personId, userId, deviceId };
  const { id, company_id: companyId, channel, locale, last_used_at: lastUsedAt } = row;
  return { id, companyId, channel, locale, visitor, identity, lastUsedAt };
}

/** Channel of LISTEN/NOTIFY that names a session that ended, so that its streams end in every process. */
export const SESSION_ENDED_CHANNEL = 'smoope_session_ended';

/** Rows of `visitor_session`. */
export function createVisitorSessionStore(database: Database) {
  const open = () => database<Row>('visitor_session').whereNull('ended_at');

  /** Ends the sessions that `chosen` picks; every process hears of each on `SESSION_ENDED_CHANNEL`. */
  async function end(chosen: Knex.QueryCallback<Row>): Promise<void> {
    await database<Row>('visitor_session')
      .whereNull('ended_at')
      .where(chosen)
      .update({ ended_at: database.fn.now() as unknown as Date })
      .returning(database.raw(`pg_notify('${SESSION_ENDED_CHANNEL}', id::text)`));
  }

  return {
    async create({ companyId, channel, locale, tokenHash, visitor, identity }: NewVisitorSession): Promise<SessionId> {
      const id = randomUUID() as SessionId;
      await database('visitor_session').insert({
        id,
        company_id: companyId,
        channel,
        locale,
        token_hash: tokenHash,
        person_id: visitor?.personId,
        user_id: visitor?.userId,
        device_id: visitor?.deviceId,
        identity_id: identity?.id,
        identity_verified_at: identity?.verifiedAt,
      });
      return id;
    },
    /** An open session that was used after `usedAfter`. */
    async find(id: SessionId, usedAfter: Date): Promise<VisitorSession | undefined> {
      const row = await open().where({ id }).where('last_used_at', '>', usedAfter).first();
      return row === undefined ? undefined : toDomain(row);
    },
    /** The open session of a token that was used after `usedAfter`. */
    async findByTokenHash(tokenHash: string, usedAfter: Date): Promise<VisitorSession | undefined> {
      const row = await open().where({ token_hash: tokenHash }).where('last_used_at', '>', usedAfter).first();
      return row === undefined ? undefined : toDomain(row);
    },
    /** Reads a session and locks it until the transaction ends. */
    async lock(id: SessionId): Promise<VisitorSession | undefined> {
      const row = await open().where({ id }).forUpdate().first();
      return row === undefined ? undefined : toDomain(row);
    },
    async bind(id: SessionId, visitor: NonNullable<VisitorSession['visitor']>): Promise<void> {
      await database('visitor_session')
        .where({ id })
        .update({ person_id: visitor.personId, user_id: visitor.userId, device_id: visitor.deviceId });
    },
    /** Deletes sessions that ended, and those not used since `usedAfter`. */
    async deleteUnused(usedAfter: Date): Promise<void> {
      await database('visitor_session').whereNotNull('ended_at').orWhere('last_used_at', '<', usedAfter).delete();
    },
    /** Puts another token in place of the one a session has. */
    async setToken(id: SessionId, tokenHash: string): Promise<void> {
      await open().where({ id }).update({ token_hash: tokenHash });
    },
    async touch(id: SessionId, at: Date): Promise<void> {
      await database('visitor_session').where({ id }).update({ last_used_at: at });
    },
    /** Notes that the session has shown a token of the same user again. */
    async verifyAgain(id: SessionId, at: Date): Promise<void> {
      await database('visitor_session').where({ id }).update({ identity_verified_at: at });
    },
    /** Ends a session; every process hears of it on `SESSION_ENDED_CHANNEL` with the id. */
    end: (id: SessionId): Promise<void> => end((query) => void query.where({ id })),
    /** Ends all sessions of a person with a company. */
    endOfPerson: (personId: PersonId, companyId: CompanyId): Promise<void> =>
      end((query) => void query.where({ person_id: personId, company_id: companyId })),
    /** Ends those that have not proven to be this identity. */
    endUnproven: (personId: PersonId, companyId: CompanyId, identityId: IdentityId): Promise<void> =>
      end(
        (query) =>
          void query.where({ person_id: personId, company_id: companyId }).whereRaw('identity_id is distinct from ?', [identityId]),
      ),
    /** Deletes all sessions of a person with a company; they were ended before. */
    async removeOfPerson(personId: PersonId, companyId: CompanyId): Promise<void> {
      await database('visitor_session').where({ person_id: personId, company_id: companyId }).delete();
    },
    /** Lets the streams of a person's sessions begin anew, because what they show has changed at once. */
    async restartStreams(personId: PersonId, companyId: CompanyId): Promise<void> {
      await open()
        .where({ person_id: personId, company_id: companyId })
        .select(database.raw(`pg_notify('${SESSION_ENDED_CHANNEL}', id::text)`));
    },
  };
}
