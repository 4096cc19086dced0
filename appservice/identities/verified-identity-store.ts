import { randomUUID } from 'node:crypto';
import type { Database } from '../database/database.ts';
import type { CompanyId, IdentityId, PersonId, SessionId, UserId } from '../ids.ts';

/** A user of a company, proven by its signature. */
export type VerifiedIdentity = {
  readonly id: IdentityId;
  readonly companyId: CompanyId;
  /** Person and ghost; null until the first message. */
  readonly person: { readonly personId: PersonId; readonly userId: UserId } | null;
  /** What the company's website calls the user. */
  readonly name: string | null;
};

type Row = {
  id: IdentityId;
  company_id: CompanyId;
  subject_hash: string;
  person_id: PersonId | null;
  user_id: UserId | null;
  name: string | null;
  verified_at: Date;
};

function toDomain({ id, company_id: companyId, person_id: personId, user_id: userId, name }: Row): VerifiedIdentity {
  return { id, companyId, name, person: personId === null || userId === null ? null : { personId, userId } };
}

/** Rows of `verified_identity`, and of `identity_token_use`. */
export function createVerifiedIdentityStore(database: Database) {
  const identities = () => database<Row>('verified_identity');
  const one = (row: Row | undefined): VerifiedIdentity | undefined => (row === undefined ? undefined : toDomain(row));
  return {
    findBySubject: async (companyId: CompanyId, subjectHash: string): Promise<VerifiedIdentity | undefined> =>
      one(await identities().where({ company_id: companyId, subject_hash: subjectHash }).first()),
    find: async (id: IdentityId): Promise<VerifiedIdentity | undefined> => one(await identities().where({ id }).first()),
    /** What a company's website calls a person of its own; undefined where it named none. */
    findName: async (companyId: CompanyId, personId: PersonId): Promise<string | undefined> =>
      (await identities().where({ company_id: companyId, person_id: personId }).first('name'))?.name ?? undefined,
    /** The identity of a session, locked until the transaction ends. */
    async lockOfSession(sessionId: SessionId): Promise<VerifiedIdentity | undefined> {
      const identityId = database('visitor_session').where({ id: sessionId }).select('identity_id');
      return one(await identities().where('id', identityId).forUpdate().first());
    },
    /** Notes that a user was proven now, and what they are called; the row is new or locked until the transaction ends. */
    async verify(identity: { companyId: CompanyId; subjectHash: string; name: string | undefined; at: Date }): Promise<VerifiedIdentity> {
      const { companyId, subjectHash, name, at } = identity;
      const [row] = await identities()
        .insert({ id: randomUUID() as IdentityId, company_id: companyId, subject_hash: subjectHash, name: name ?? null, verified_at: at })
        .onConflict(['company_id', 'subject_hash'])
        .merge({ verified_at: at, ...(name === undefined ? {} : { name }) })
        .returning('*');
      if (row === undefined) throw new Error('the identity was not returned');
      return toDomain(row);
    },
    /** Whether a person is a verified user of the company. */
    async isVerified(personId: PersonId, companyId: CompanyId): Promise<boolean> {
      return (await identities().where({ person_id: personId, company_id: companyId }).first('id')) !== undefined;
    },
    /** Says who an identity is, once; false where somebody is it already. */
    async claim(id: IdentityId, { personId, userId }: { personId: PersonId; userId: UserId }): Promise<boolean> {
      return (await identities().where({ id }).whereNull('person_id').update({ person_id: personId, user_id: userId })) > 0;
    },
    /** Deletes what a company's signature said of a person; sessions that were proven by it are no longer. */
    async removeOfPerson(personId: PersonId, companyId: CompanyId): Promise<void> {
      const gone = identities().where({ person_id: personId, company_id: companyId }).select('id');
      await database('visitor_session').whereIn('identity_id', gone).update({ identity_id: null, identity_verified_at: null });
      await identities().where({ person_id: personId, company_id: companyId }).delete();
    },
    /** Deletes identities of users who never wrote and whose sessions are gone. */
    async deleteUnused(): Promise<void> {
      const inUse = database('visitor_session').whereNotNull('identity_id').select('identity_id');
      await identities().whereNull('person_id').whereNotIn('id', inUse).delete();
    },
    /** Notes that a token was used; false where it was before. */
    async useToken(hash: string, expiresAt: Date): Promise<boolean> {
      const added = await database('identity_token_use')
        .insert({ hash, expires_at: expiresAt })
        .onConflict('hash')
        .ignore()
        .returning('hash');
      return added.length === 1;
    },
    /** Whether a token was used, for a look before anything is made. */
    async isTokenUsed(hash: string): Promise<boolean> {
      return (await database('identity_token_use').where({ hash }).first('hash')) !== undefined;
    },
    async deleteExpiredTokens(now: Date): Promise<void> {
      await database('identity_token_use').where('expires_at', '<=', now).delete();
    },
  };
}
