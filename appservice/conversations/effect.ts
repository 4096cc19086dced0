import type { CompanyId, ConversationId, PersonId } from '../ids.ts';
import type { MatrixEvent } from '../matrix/matrix-event.ts';

/** What open streams have to be told once the rows are committed. Content passes through memory only. */
export type Effect = { readonly conversationId: ConversationId; readonly personId: PersonId; readonly companyId: CompanyId } & (
  | { readonly kind: 'event'; readonly seq: number; readonly event: MatrixEvent }
  /** Row of the conversation changed: status, agents, marks of reading. */
  | { readonly kind: 'changed' }
);

type Subject = { readonly id: ConversationId; readonly personId: PersonId; readonly companyId: CompanyId };

/** An event got its place. */
export const eventAdded = ({ id, personId, companyId }: Subject, seq: number, event: MatrixEvent): Effect => ({
  kind: 'event',
  conversationId: id,
  personId,
  companyId,
  seq,
  event,
});

/** The row of a conversation changed. */
export const conversationChanged = ({ id, personId, companyId }: Subject): Effect => ({
  kind: 'changed',
  conversationId: id,
  personId,
  companyId,
});
