import type { Database } from '../database/database.ts';
import type { AccountId, AgentInvitationId, CompanyId, ConversationId, EventId, IdentityId, PersonId, RoomId, UserId } from '../ids.ts';

/**
 * Every Matrix call that follows from a change of rows, with its payload: ids and template names, never words (design 3).
 * All are repeatable.
 */
export type OutboxActions = {
  /** Writes `com.smoope.conversation` as the row has it now. */
  publishConversation: { conversationId: ConversationId };
  /** Announces a conversation in the team room, or in the inbox room of its department; `revision` tells a later announcement from the first. */
  announceConversation: { conversationId: ConversationId; revision?: number };
  /** Brings the announcement to what the rows say; nothing is sent where a later revision has been. */
  updateAnnouncement: { conversationId: ConversationId; revision: number };
  /** Says on an announcement that the conversation went on to another department, or back to the whole company (null). */
  retireAnnouncement: { conversationId: ConversationId; roomId: RoomId; eventId: EventId; departmentId: string | null };
  /** Answers what somebody of the company typed. */
  answerCommand: CommandAnswer;
  /** Takes back what the team was told of a person's contact fields; in the lane of the answers, after those that were asked for before. */
  takeBackContactFields: { companyId: CompanyId; personId: PersonId };
  /** Invites one member of the company to a conversation. */
  inviteToConversation: { conversationId: ConversationId; memberId: string };
  /** Sends a text that the company wrote in advance, in the person's language; `cause` tells one time from the next. */
  sendCompanyText: { conversationId: ConversationId; text: CompanyText; cause: string };
  /** Takes out agents of a conversation that was closed long ago. */
  releaseAgents: { conversationId: ConversationId };
  /** Brings entry and membership of a conversation's room to its department. */
  moveConversation: { conversationId: ConversationId };
  /** Brings name, rooms and powers of a department to Matrix as the rows have them now. */
  publishDepartment: { departmentId: string };
  /** Brings a member into the rooms of a department, or out of them, as the rows say. */
  bringDepartmentMember: { departmentId: string; userId: UserId };
  /** Brings the account to which a conversation went into its room, tells the team, and lets the visitor's ghost leave. */
  continueInApp: { conversationId: ConversationId };
  /** Gives a member that joined its power in a conversation. */
  grantPower: { conversationId: ConversationId; userId: UserId };
  /** Lets the customer of a conversation write there, or keeps them from it, as the rows say now. */
  bringWriting: { conversationId: ConversationId };
  /** Takes back a command typed into a conversation. */
  redact: { companyId: CompanyId; roomId: RoomId; eventId: EventId };
  /** Takes back the edits of an event that was taken back, and deletes the file that the person sent with it. */
  clearRedacted: { companyId: CompanyId; roomId: RoomId; eventId: EventId };
  /** Deletes a file of a visitor at the homeserver. */
  deleteMedia: { mxc: string };
  /** Gives the ghost of a verified user the name that the company's website has for them, as the row has it now. */
  publishName: { identityId: IdentityId };
  /** Brings name and picture of an account to Matrix as the rows have them now. */
  publishProfile: { accountId: AccountId };
  /** Ends the Matrix devices that were signed in by a session of our OpenID provider; `sid` is its name at the homeserver. */
  endMatrixSessions: { accountId: AccountId; sid: string };
  /** Ends all Matrix devices of an account. */
  endDevices: { accountId: AccountId };
  /** Tells the owner of an account what happened to it, on every way that is theirs. */
  tellAccount: { accountId: AccountId; notice: AccountNotice };
  /** Sends a link for a new password to the proved address of an account; null: asked for somebody who is not here. */
  sendRecoveryLink: { accountId: AccountId | null };
  /** Invites every member of the company to a conversation (routing `everyone`). */
  inviteMembers: { conversationId: ConversationId };
  /** Says something about a conversation in the thread of its announcement, from a template; `revision` tells one time from the next. */
  tellTeam: { conversationId: ConversationId; template: TeamTemplate; revision: number };
  /** Invites a member to space and team room and sets the powers; `hasAgreed`: they accepted on a page of ours and need not accept again. */
  inviteMember: { companyId: CompanyId; userId: UserId; hasAgreed?: boolean };
  /** Sends the link by which somebody may become a member. */
  sendAgentInvitation: { invitationId: AgentInvitationId };
  /** Removes a member: out of the space first, then the team room, then each conversation. */
  removeMember: { companyId: CompanyId; userId: UserId };
  /** Brings name, logo, retention and access list of a company's ghost, space and team room to Matrix as the row has them now. */
  publishCompany: { companyId: CompanyId };
  /** The same for a page of its conversations, those after the number `after`; the next page follows as an entry of its own. `last`: no further than this number. */
  publishConversations: { companyId: CompanyId; after: number; last?: number };
  /** Brings the company into the list of companies that people can find, or out of it, as its status is now. */
  listCompany: { companyId: CompanyId };
  /** Refuses an invitation of one of our ghosts. */
  declineInvitation: { userId: UserId; roomId: RoomId };
  /** A company's ghost follows an invitation, finds or makes the conversation, and says where it is. */
  openFrontDoor: { roomId: RoomId };
  /** Carries what a person wrote in a front door over to the conversation, or takes it back there. */
  carryEvent: { roomId: RoomId; eventId: EventId };
  /** A company's ghost leaves a front door. */
  leaveFrontDoor: { companyId: CompanyId; roomId: RoomId };
  /** Sends the code by which a person proves the address to which notices shall go. */
  sendContactCode: { conversationId: ConversationId };
  /** Tells a person who is away that there is an answer, without its words. */
  sendContactNotice: { conversationId: ConversationId };
};

/** Sentences of ours in the team room; the words stand in `team/answer-texts.ts`. */
export type TeamTemplate = 'closed' | 'closedByPerson' | 'reopened' | 'closedAfterSilence' | 'continuedInApp';

/** What the owner of an account is told of; the words stand in `accounts/account-mails.ts` and `sms/person-texts.ts`. */
export type AccountNotice =
  'passwordChanged' | 'numberChanged' | 'emailChanged' | 'passkeyAdded' | 'passkeyRemoved' | 'restricted' | 'unused' | 'unusedSoon';

/** Answers to what agents type; the words stand in `team/answer-texts.ts`. */
export type AnswerTemplate =
  | 'help'
  | 'unknownCommand'
  | 'malformed'
  | 'notHere'
  | 'elsewhere'
  | 'alreadyClosed'
  | 'notClosed'
  | 'alreadyClaimed'
  | 'noSuchMember'
  | 'severalMembers'
  | 'noSuchDepartment'
  | 'alreadyThere'
  | 'labels'
  | 'tooManyLabels'
  | 'replies'
  | 'noSuchReply'
  | 'encrypted'
  | 'who'
  | 'away'
  | 'here';

/** An answer to what was typed as `eventId`: what it names (members, labels, fields) is read from rows when it is sent. */
export type CommandAnswer = {
  readonly companyId: CompanyId;
  /** Null where no conversation is meant; the answer then goes to `roomId`. */
  readonly conversationId: ConversationId | null;
  readonly roomId: RoomId;
  readonly eventId: EventId;
  readonly template: AnswerTemplate;
  /** Name of the command it is about. */
  readonly command?: string;
  readonly memberIds?: readonly string[];
};

/** Texts that a company wrote in advance (its settings), by name. */
export type CompanyText =
  { readonly kind: 'welcome' | 'outOfHours' | 'silenceWarning' } | { readonly kind: 'reply'; readonly name: string };

/** One call to be made. `lane`: calls of one lane go out in order, one after the other (a room id, a company id, a company id and the user id of a member, the address of a file, an identity, an account, an invitation). */
export type OutboxEntry = {
  [Action in keyof OutboxActions]: { readonly lane: string; readonly action: Action; readonly payload: OutboxActions[Action] };
}[keyof OutboxActions];

/** Adds entries in a transaction; see `addToOutbox`. How other nouns receive it. */
export type AddToOutbox = typeof addToOutbox;

/** A stored entry. */
export type StoredOutboxEntry = OutboxEntry & { readonly id: string; readonly attempts: number };

/** Channel of LISTEN/NOTIFY that wakes the workers. */
export const OUTBOX_CHANNEL = 'smoope_outbox';

/** Adds entries in the caller's transaction; workers wake at its commit. */
export async function addToOutbox(database: Database, entries: readonly OutboxEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await database('outbox')
    .insert(entries.map(({ lane, action, payload }) => ({ lane, action, payload: JSON.stringify(payload) })))
    .returning(database.raw(`pg_notify('${OUTBOX_CHANNEL}', '')`));
}

type Row = { id: string; lane: string; action: string; payload: unknown; attempts: number };

const toDomain = ({ id, lane, action, payload, attempts }: Row) => ({ id, lane, action, payload, attempts }) as StoredOutboxEntry;

/** What the worker reads and writes. */
export function createOutboxStore(database: Database) {
  return {
    /** Lanes whose first entry is due. */
    async listDueLanes(limit: number): Promise<string[]> {
      const result = await database.raw<{ rows: { lane: string }[] }>(
        `select lane from (select distinct on (lane) lane, id, next_at from outbox where failed_at is null order by lane, id) as first
         where next_at <= now() order by id limit ?`,
        [limit],
      );
      return result.rows.map((row) => row.lane);
    },
    /** First entry of a lane, if it is due. */
    async findNext(lane: string): Promise<StoredOutboxEntry | undefined> {
      const row = await database<Row & { next_at: Date; failed_at: Date | null }>('outbox')
        .where({ lane })
        .whereNull('failed_at')
        .orderBy('id')
        .first();
      return row !== undefined && row.next_at.getTime() <= Date.now() ? toDomain(row) : undefined;
    },
    async remove(id: string): Promise<void> {
      await database('outbox').where({ id }).delete();
    },
    /** Waits before the next try. */
    async postpone(id: string, delayMs: number): Promise<void> {
      await database('outbox')
        .where({ id })
        .update({ attempts: database.raw('attempts + 1'), next_at: new Date(Date.now() + delayMs) });
    },
    /** Sets an entry aside for good: the lane goes on without it. */
    async fail(id: string, code: string): Promise<void> {
      await database('outbox').where({ id }).update({ failed_at: new Date(), failed_code: code });
    },
    /** Forgets entries that failed for good before `before`. */
    async deleteFailed(before: Date): Promise<void> {
      await database('outbox').where('failed_at', '<', before).delete();
    },
    /** Number of entries that wait, and of those set aside. */
    async count(): Promise<{ waiting: number; failed: number }> {
      const row = await database('outbox').first<{ waiting: string; failed: string }>(
        database.raw('count(*) filter (where failed_at is null) as waiting, count(*) filter (where failed_at is not null) as failed'),
      );
      return { waiting: Number(row.waiting), failed: Number(row.failed) };
    },
  };
}
