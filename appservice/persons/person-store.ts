import { randomUUID } from 'node:crypto';
import type { Database } from '../database/database.ts';
import type { PersonId, UserId } from '../ids.ts';
import type { PersonIdentity } from './person.ts';

/** Rows of `person` and `person_identity`. */
export function createPersonStore(database: Database) {
  async function create({ locale, kind, userId }: { locale: string; kind: PersonIdentity['kind']; userId: UserId }): Promise<PersonId> {
    const id = randomUUID() as PersonId;
    await database('person').insert({ id, locale });
    await database('person_identity').insert({ id: randomUUID(), person_id: id, kind, user_id: userId });
    return id;
  }

  async function findByUserId(userId: UserId): Promise<PersonIdentity | undefined> {
    const row = await database<{ person_id: PersonId; kind: PersonIdentity['kind']; user_id: UserId }>('person_identity')
      .where({ user_id: userId })
      .first();
    return row === undefined ? undefined : { personId: row.person_id, kind: row.kind, userId: row.user_id };
  }

  return {
    /** Makes a person with a first identity. */
    create,
    /** Language in which a person is answered (BCP 47); throws where a row of ours refers to nobody. */
    async getLocale(id: PersonId): Promise<string> {
      const row = await database<{ id: PersonId; locale: string }>('person').where({ id }).first();
      if (row === undefined) throw new Error('there is no person with this id');
      return row.locale;
    },
    /** Keeps the language in which a person is answered (BCP 47). */
    async setLocale(id: PersonId, locale: string): Promise<void> {
      await database('person').where({ id }).update({ locale });
    },
    /** Locks a person until the caller's transaction ends: what begins once for a person is decided one after the other. */
    async lock(id: PersonId): Promise<void> {
      await database('person').where({ id }).forUpdate().first('id');
    },
    /**
     * Lets two persons be one, because they have turned out to be the same human: the Matrix ids of `from`, ghosts that are used no
     * more, are `to`'s from now on. What else refers to `from` was moved before; contact links and notices of theirs go.
     */
    async mergeInto(from: PersonId, to: PersonId): Promise<void> {
      await database('person_identity').where({ person_id: from }).update({ person_id: to, valid_to: database.fn.now() });
      await database('person').where({ id: from }).delete();
    },
    /** The person behind a Matrix user id, if it is one of ours. */
    findByUserId,
    /** The person behind the Matrix id of a customer, made where there is none; belongs in a transaction, whose end frees the id for others. */
    async ensureCustomer({ userId, locale }: { userId: UserId; locale: string }): Promise<PersonId> {
      await database.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [userId]);
      return (await findByUserId(userId))?.personId ?? create({ locale, kind: 'customer', userId });
    },
    /** Matrix ids of accounts of a person, which no ghost of ours writes for. */
    async listCustomerIds(personId: PersonId): Promise<UserId[]> {
      return database<{ person_id: PersonId; user_id: UserId; kind: PersonIdentity['kind'] }>('person_identity')
        .where({ person_id: personId, kind: 'customer' })
        .pluck('user_id');
    },
    /** Matrix ids of a person, former ones included: what an old ghost wrote is still theirs. */
    async listUserIds(personId: PersonId): Promise<UserId[]> {
      return database<{ person_id: PersonId; user_id: UserId }>('person_identity').where({ person_id: personId }).pluck('user_id');
    },
  };
}
