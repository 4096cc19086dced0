import type { Database } from '../database/database.ts';
import type { CompanyId, PersonId } from '../ids.ts';

/** Rows of `visitor_block`: people from whom a company takes no messages. */
export function createVisitorBlockStore(database: Database) {
  const blocks = () => database<{ company_id: CompanyId; person_id: PersonId }>('visitor_block');
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
    async has(companyId: CompanyId, personId: PersonId): Promise<boolean> {
      return (await blocks().where({ company_id: companyId, person_id: personId }).first('person_id')) !== undefined;
    },
  };
}
