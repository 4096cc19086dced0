import type { Database } from '../database/database.ts';
import type { CompanyId, PersonId } from '../ids.ts';

/** Rows of `visitor_block`: people from whom a company takes no messages. */
export function createVisitorBlockStore(database: Database) {
  const blocks = () => database<{ company_id: CompanyId; person_id: PersonId; told_at: Date | null }>('visitor_block');
  return {
    /** Blocks a person; true where they were not blocked before. */
    async add(companyId: CompanyId, personId: PersonId): Promise<boolean> {
      const added = await blocks()
        .insert({ company_id: companyId, person_id: personId })
        .onConflict(['company_id', 'person_id'])
        .ignore()
        .returning('person_id');
      return added.length > 0;
    },
    /** Lifts a block; true where there was one. */
    async remove(companyId: CompanyId, personId: PersonId): Promise<boolean> {
      return (await blocks().where({ company_id: companyId, person_id: personId }).delete()) > 0;
    },
    /** Forgets that a person was blocked, because the person is deleted. */
    async removeOfPerson(personId: PersonId, companyId: CompanyId): Promise<void> {
      await blocks().where({ company_id: companyId, person_id: personId }).delete();
    },
    /** The block of a person, and when a customer was told of it. */
    async find(companyId: CompanyId, personId: PersonId): Promise<{ toldAt: Date | null } | undefined> {
      const row = await blocks().where({ company_id: companyId, person_id: personId }).first('told_at');
      return row === undefined ? undefined : { toldAt: row.told_at };
    },
    async noteTold(companyId: CompanyId, personId: PersonId, at: Date): Promise<void> {
      await blocks().where({ company_id: companyId, person_id: personId }).update({ told_at: at });
    },
    async has(companyId: CompanyId, personId: PersonId): Promise<boolean> {
      return (await blocks().where({ company_id: companyId, person_id: personId }).first('person_id')) !== undefined;
    },
  };
}
