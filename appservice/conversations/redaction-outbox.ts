import type { Company } from '../companies/company.ts';
import type { Database } from '../database/database.ts';
import type { CompanyId, EventId } from '../ids.ts';
import type { OutboxHandlers } from '../matrix/outbox-worker.ts';
import type { Reading } from '../matrix/reading.ts';
import type { Sending } from '../matrix/sending.ts';
import { asCompany } from './conversation-reader.ts';
import { createEventIndexStore } from './event-index-store.ts';

type Dependencies = {
  readonly database: Database;
  readonly reading: Reading;
  readonly sending: Sending;
  readonly getCompany: (id: CompanyId) => Promise<Company>;
  /** Deletes those of the files that their persons sent and that no conversation shows any more. */
  readonly deleteTakenBack: (mxc: readonly string[]) => Promise<void>;
  readonly processId: string;
};

/**
 * What goes with an event that was taken back: Matrix keeps its edits, which hold the words once more, and its file. Files of the
 * company's side stay, they may have been sent elsewhere too; so does a person's that another conversation still shows.
 */
export function createRedactionOutbox(dependencies: Dependencies): Pick<OutboxHandlers, 'clearRedacted'> {
  const { database, reading, sending, getCompany, deleteTakenBack, processId } = dependencies;
  const index = createEventIndexStore(database, processId);
  const txnIdFor = (eventId: EventId): string => `edit-${eventId}`;
  return {
    async clearRedacted({ companyId, roomId, eventId }) {
      const company = await getCompany(companyId);
      const event = await reading.findEvent(asCompany(company), roomId, eventId);
      // A redaction that the homeserver did not allow takes nothing away.
      if (event !== undefined && Object.keys(event.content).length > 0) return;
      for (const edit of await index.listEdits(eventId)) {
        await sending.redact({ as: company, roomId, eventId: edit.eventId, txnId: txnIdFor(edit.eventId) });
      }
      await deleteTakenBack((await index.findByEventId(eventId))?.mxc ?? []);
    },
  };
}
