import type { Company } from '../companies/company.ts';
import type { MemberStore } from '../companies/member-store.ts';
import type { ConversationStore } from '../conversations/conversation-store.ts';
import type { EventIndexStore } from '../conversations/event-index-store.ts';
import type { Database } from '../database/database.ts';
import type { CompanyId, UserId } from '../ids.ts';

/** What the other nouns tell and keep for the team; each takes the transaction in which it is asked. */
export type TeamNeighbours = {
  findCompany(database: Database, id: CompanyId): Promise<Company | undefined>;
  members(database: Database): Pick<MemberStore, 'findCurrent' | 'findById' | 'listCurrent'>;
  conversations(
    database: Database,
  ): Pick<
    ConversationStore,
    | 'findById'
    | 'findByRoom'
    | 'changeAssignee'
    | 'setDepartment'
    | 'setAnnouncement'
    | 'clearAnnouncement'
    | 'listUnassigned'
    | 'listOfDepartment'
  >;
  events(database: Database): Pick<EventIndexStore, 'add' | 'findByEventId'>;
  /** A program of the company: it answers, but no conversation is given to it. */
  isBot(userId: UserId): boolean;
};
