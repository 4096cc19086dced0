import type { Database } from '../database/database.ts';
import type { CompanyId, PersonId } from '../ids.ts';

/** A value that a person gave a company. */
export type ContactField = {
  readonly key: string;
  readonly value: string;
  /** The sentence that stood beside the field when it was given. */
  readonly purpose: string;
  readonly givenAt: Date;
};

type Row = { person_id: PersonId; company_id: CompanyId; key: string; value: string; purpose: string; given_at: Date };

/** Rows of `contact_field`. */
export function createContactFieldStore(database: Database) {
  const fields = () => database<Row>('contact_field');
  return {
    /** Keeps values, in place of earlier ones of the same keys; belongs in a transaction. Answers whether one became another. */
    async keep(personId: PersonId, companyId: CompanyId, given: readonly Omit<ContactField, 'givenAt'>[]): Promise<boolean> {
      if (given.length === 0) return false;
      const before = await fields().where({ person_id: personId, company_id: companyId }).forUpdate();
      await database('contact_field')
        .insert(given.map((field) => ({ ...field, person_id: personId, company_id: companyId })))
        .onConflict(['person_id', 'company_id', 'key'])
        .merge({ value: database.raw('excluded.value'), purpose: database.raw('excluded.purpose'), given_at: database.fn.now() })
        // The same value again, for the same purpose, was given when it was given first.
        .whereRaw('(contact_field.value, contact_field.purpose) is distinct from (excluded.value, excluded.purpose)');
      return before.some((row) => given.some(({ key, value }) => key === row.key && value !== row.value));
    },
    /** What a person gave a company, by key. */
    async list(personId: PersonId, companyId: CompanyId): Promise<ContactField[]> {
      const rows = await fields().where({ person_id: personId, company_id: companyId }).orderBy('key');
      return rows.map(({ key, value, purpose, given_at: givenAt }) => ({ key, value, purpose, givenAt }));
    },
    /** Takes a value away; false where there was none. */
    async remove(personId: PersonId, companyId: CompanyId, key: string): Promise<boolean> {
      return (await fields().where({ person_id: personId, company_id: companyId, key }).delete()) > 0;
    },
    /** Gives another person what one gave; of two values for a key the one that was given last stays. */
    async moveToPerson(from: PersonId, to: PersonId): Promise<void> {
      await database.raw(
        `insert into contact_field (person_id, company_id, key, value, purpose, given_at)
           select :to, company_id, key, value, purpose, given_at from contact_field where person_id = :from
         on conflict (person_id, company_id, key) do update
           set value = excluded.value, purpose = excluded.purpose, given_at = excluded.given_at
           where contact_field.given_at < excluded.given_at`,
        { from, to },
      );
      await fields().where({ person_id: from }).delete();
    },
    /** Takes everything away that a person gave a company. */
    async removeAll(personId: PersonId, companyId: CompanyId): Promise<void> {
      await fields().where({ person_id: personId, company_id: companyId }).delete();
    },
  };
}
