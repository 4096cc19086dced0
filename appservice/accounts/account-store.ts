import type { Database } from '../database/database.ts';
import type { AccountId, PersonId } from '../ids.ts';
import type { Account, AccountNames } from './account.ts';

type Row = {
  id: AccountId;
  person_id: PersonId;
  first_name: string;
  last_name: string;
  alias: string | null;
  notice_version: string;
  notice_hash: string;
  notice_seen_at: Date;
  created_at: Date;
};

function toDomain(row: Row & { locale: string }): Account {
  return {
    id: row.id,
    personId: row.person_id,
    firstName: row.first_name,
    lastName: row.last_name,
    alias: row.alias,
    locale: row.locale,
    notice: { version: row.notice_version, hash: row.notice_hash, seenAt: row.notice_seen_at },
    createdAt: row.created_at,
  };
}

/** Rows of `account`; the language is read from the person. */
export function createAccountStore(database: Database) {
  const find = async (column: 'id' | 'person_id', value: string): Promise<Account | undefined> => {
    const row = await database<Row>('account')
      .join('person', 'person.id', 'account.person_id')
      .where(`account.${column}`, value)
      .first<(Row & { locale: string }) | undefined>('account.*', 'person.locale');
    return row === undefined ? undefined : toDomain(row);
  };
  return {
    async create({ id, personId, firstName, lastName, alias, notice }: Omit<Account, 'locale' | 'createdAt'>): Promise<void> {
      await database<Row>('account').insert({
        id,
        person_id: personId,
        first_name: firstName,
        last_name: lastName,
        alias,
        notice_version: notice.version,
        notice_hash: notice.hash,
        notice_seen_at: notice.seenAt,
      });
    },
    find: (id: AccountId): Promise<Account | undefined> => find('id', id),
    findByPerson: (id: PersonId): Promise<Account | undefined> => find('person_id', id),
    /** Changes what the person is called. */
    async rename(id: AccountId, { firstName, lastName, alias }: AccountNames): Promise<void> {
      await database<Row>('account').where({ id }).update({ first_name: firstName, last_name: lastName, alias });
    },
    /** Holds off others who lock it, until the transaction ends. */
    async lock(id: AccountId): Promise<void> {
      await database<Row>('account').where({ id }).forUpdate().first('id');
    },
    /** Deletes an account; its sessions go with it. */
    async remove(id: AccountId): Promise<void> {
      await database<Row>('account').where({ id }).delete();
    },
  };
}
