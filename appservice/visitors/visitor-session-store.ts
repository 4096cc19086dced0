import { randomUUID } from 'node:crypto';
import type { Database } from '../database/database.ts';
import type { AuthTypes } from '../http/auth.ts';
import type { CompanyId, DeviceId, PersonId, SessionId, UserId } from '../ids.ts';

/** A browser of a visitor; see `AuthTypes`. */
export type VisitorSession = AuthTypes['visitor'] & { readonly lastUsedAt: Date };

type Row = {
  id: SessionId;
  company_id: CompanyId;
  channel: 'widget' | 'form';
  token_hash: string;
  locale: string;
  person_id: PersonId | null;
  user_id: UserId | null;
  device_id: DeviceId | null;
  last_used_at: Date;
  ended_at: Date | null;
};

function toDomain(row: Row): VisitorSession {
  const { person_id: personId, user_id: userId, device_id: deviceId } = row;
  const visitor = personId === null || userId === null || deviceId === null ? null : { personId, userId, deviceId };
  return { id: row.id, companyId: row.company_id, channel: row.channel, locale: row.locale, visitor, lastUsedAt: row.last_used_at };
}

/** Channel of LISTEN/NOTIFY that names a session that ended, so that its streams end in every process. */
export const SESSION_ENDED_CHANNEL = 'smoope_session_ended';

/** Rows of `visitor_session`. */
export function createVisitorSessionStore(database: Database) {
  const open = () => database<Row>('visitor_session').whereNull('ended_at');
  return {
    async create(session: { companyId: CompanyId; channel: 'widget' | 'form'; locale: string; tokenHash: string }): Promise<SessionId> {
      const id = randomUUID() as SessionId;
      await database('visitor_session').insert({
        id,
        company_id: session.companyId,
        channel: session.channel,
        locale: session.locale,
        token_hash: session.tokenHash,
      });
      return id;
    },
    /** The open session of a token that was used after `usedAfter`. */
    async findByTokenHash(tokenHash: string, usedAfter: Date): Promise<VisitorSession | undefined> {
      const row = await open().where({ token_hash: tokenHash }).where('last_used_at', '>', usedAfter).first();
      return row === undefined ? undefined : toDomain(row);
    },
    async find(id: SessionId): Promise<VisitorSession | undefined> {
      const row = await open().where({ id }).first();
      return row === undefined ? undefined : toDomain(row);
    },
    /** Ends all sessions of a person, or the one given where nobody is bound to it yet. */
    async endAll({ id, visitor }: Pick<VisitorSession, 'id' | 'visitor'>): Promise<void> {
      await open()
        .where(visitor === null ? { id } : { person_id: visitor.personId })
        .update({ ended_at: new Date() })
        .returning(database.raw(`pg_notify('${SESSION_ENDED_CHANNEL}', id::text)`));
    },
    /** Takes out all sessions of a person. */
    async removeOfPerson(personId: PersonId): Promise<void> {
      await database('visitor_session').where({ person_id: personId }).delete();
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
    /** Ends a session; every process hears of it on `SESSION_ENDED_CHANNEL` with the id. */
    async end(id: SessionId): Promise<void> {
      await database('visitor_session')
        .where({ id })
        .update({ ended_at: database.fn.now() })
        .returning(database.raw(`pg_notify('${SESSION_ENDED_CHANNEL}', id::text)`));
    },
  };
}
