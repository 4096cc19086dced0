import type { Company } from '../companies/company.ts';
import type { Database } from '../database/database.ts';
import type { CompanyId } from '../ids.ts';
import type { OutboxHandlers } from '../matrix/outbox-worker.ts';
import type { Sending } from '../matrix/sending.ts';
import { createContactFieldAnswerStore } from './contact-field-answer-store.ts';

type Dependencies = {
  readonly database: Database;
  readonly sending: Pick<Sending, 'redact'>;
  readonly getCompany: (id: CompanyId) => Promise<Company>;
};

/** Takes back what the team was told of a person's fields: a value that the person changed or took back is to be read nowhere. */
export function createContactFieldOutbox({ database, sending, getCompany }: Dependencies): Pick<OutboxHandlers, 'takeBackContactFields'> {
  const answers = createContactFieldAnswerStore(database);
  return {
    async takeBackContactFields({ companyId, personId }) {
      const company = await getCompany(companyId);
      for (const { roomId, eventId } of await answers.list(personId, companyId)) {
        await sending.redact({ as: company, roomId, eventId, txnId: `fields-${eventId}` });
        await answers.remove(eventId);
      }
    },
  };
}
