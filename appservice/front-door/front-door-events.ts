import type { Company, CompanyMember } from '../companies/company.ts';
import type { Conversation } from '../conversations/conversation.ts';
import type { Effect } from '../conversations/effect.ts';
import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import type { CompanyId, PersonId, UserId } from '../ids.ts';
import type { MatrixEvent } from '../matrix/matrix-event.ts';
import type { AddToOutbox } from '../matrix/outbox-store.ts';
import type { FindRefusal } from './customer-admission.ts';
import { INVITATIONS_AN_HOUR, isSaidType, JOINED_MS, OPEN_MS, type FrontDoor } from './front-door.ts';
import { createFrontDoorStore } from './front-door-store.ts';

/** What the other nouns tell; each takes the transaction in which it is asked. */
export type FrontDoorNeighbours = {
  findCompanyByUserId(database: Database, userId: UserId): Promise<Company | undefined>;
  /** A current member only. */
  findMember(database: Database, companyId: CompanyId, userId: UserId): Promise<CompanyMember | undefined>;
  findRefusal: FindRefusal;
  /** The person behind the Matrix id of a customer; made where there is none. */
  findOrCreateCustomer(database: Database, customer: { userId: UserId; locale: string }): Promise<PersonId>;
};

type Dependencies = {
  readonly neighbours: FrontDoorNeighbours;
  readonly addToOutbox: AddToOutbox;
  /** Whether a Matrix id is a person's of our own server: no ghost, no service account, not the appservice itself. */
  readonly isPerson: (userId: UserId) => boolean;
  /** Whether a Matrix id is one of our ghosts, or the appservice itself. */
  readonly isOurs: (userId: UserId) => boolean;
  readonly now: () => Date;
};

/** Events by which somebody says something, takes it back, or says it in a way that we cannot read. */
const isCarriedType = (type: string): boolean => isSaidType(type) || type === 'm.room.encrypted' || type === 'm.room.redaction';

const HOUR_MS = 3_600_000;

/** Calls about one person and one company go out one after the other, whichever room they are about: so there is one conversation. */
const laneOf = ({ companyId, userId }: Pick<FrontDoor, 'companyId' | 'userId'>): string => `${companyId}/${userId}/front-door`;

/** Applies invitations of companies by people, and what they write there, to rows; no Matrix call happens here (design 3). */
export function createFrontDoorEvents({ neighbours, addToOutbox, isPerson, isOurs, now }: Dependencies) {
  const later = (ms: number): Date => new Date(now().getTime() + ms);

  async function decline(transaction: Database, event: MatrixEvent): Promise<Effect[]> {
    const payload = { userId: event.stateKey as UserId, roomId: event.roomId };
    await addToOutbox(transaction, [{ lane: event.roomId, action: 'declineInvitation', payload }]);
    return [];
  }

  async function isFlood(transaction: Database, companyId: CompanyId, userId: UserId): Promise<boolean> {
    const count = await createFrontDoorStore(transaction).countSince(userId, companyId, later(-HOUR_MS));
    return count >= INVITATIONS_AN_HOUR;
  }

  async function applyInvitation(transaction: Database, event: MatrixEvent): Promise<Effect[] | undefined> {
    const invited = event.stateKey as UserId;
    // Our own ghosts invite each other into rooms of ours and see to the rest themselves.
    if (!isOurs(invited) || isOurs(event.sender)) return undefined;
    const company = await neighbours.findCompanyByUserId(transaction, invited);
    if (company?.status !== 'live' || !isPerson(event.sender)) return decline(transaction, event);
    if (await isFlood(transaction, company.id, event.sender)) return decline(transaction, event);
    const isMember = (await neighbours.findMember(transaction, company.id, event.sender)) !== undefined;
    const refusal = await neighbours.findRefusal(transaction, company, event.sender);
    if (refusal?.wasTold) return decline(transaction, event);
    const door = {
      roomId: event.roomId,
      companyId: company.id,
      userId: event.sender,
      // Of whom the company takes nothing, nothing is kept beside the room.
      personId:
        isMember || refusal !== undefined
          ? null
          : await neighbours.findOrCreateCustomer(transaction, { userId: event.sender, locale: company.settings.locale }),
      inviteEventId: event.eventId,
    };
    if (await createFrontDoorStore(transaction).open(door, later(OPEN_MS))) {
      await addToOutbox(transaction, [{ lane: laneOf(door), action: 'openFrontDoor', payload: { roomId: event.roomId } }]);
    }
    return [];
  }

  async function applyMembership(transaction: Database, event: MatrixEvent): Promise<Effect[] | undefined> {
    const { membership } = event.content;
    const invitation = membership === 'invite' ? await applyInvitation(transaction, event) : undefined;
    if (invitation !== undefined) return invitation;
    const doors = createFrontDoorStore(transaction);
    const door = await doors.find(event.roomId);
    if (door === undefined) return undefined;
    const hasGone = membership === 'leave' || membership === 'ban';
    if (isOurs(event.stateKey as UserId)) {
      if (hasGone) await doors.close(door.roomId);
    } else if ((event.stateKey === door.userId) === hasGone) {
      // The person went; or somebody else came, and what is said from now on is not said to the company alone.
      await doors.hasten({ roomId: door.roomId }, now());
    }
    return [];
  }

  return {
    /** An event in a room that is none of ours; undefined where it is nothing to us. */
    async apply(transaction: Database, event: MatrixEvent): Promise<Effect[] | undefined> {
      if (event.type === 'm.room.member' && event.stateKey !== undefined) return applyMembership(transaction, event);
      if (event.stateKey !== undefined || !isCarriedType(event.type)) return undefined;
      const door = await createFrontDoorStore(transaction).find(event.roomId);
      if (door === undefined || door.personId === null || door.userId !== event.sender) return undefined;
      const payload = { roomId: event.roomId, eventId: event.eventId };
      await addToOutbox(transaction, [{ lane: laneOf(door), action: 'carryEvent', payload }]);
      return [];
    },

    /** Somebody came into a conversation: where it is the person, the ghost may leave the room in which they asked for it. */
    async noteJoin(transaction: Database, conversation: Conversation, event: MatrixEvent): Promise<void> {
      if (event.type !== 'm.room.member' || event.content['membership'] !== 'join') return;
      const userId = event.stateKey as UserId;
      await createFrontDoorStore(transaction).hasten({ conversationId: conversation.id, userId }, later(JOINED_MS));
    },

    /** Lets ghosts leave the rooms that it is time to leave; called every few seconds. */
    async leaveDue(database: Database): Promise<void> {
      await inTransaction(database, async (transaction) => {
        const doors = await createFrontDoorStore(transaction).closeDue(now());
        await addToOutbox(
          transaction,
          doors.map((door) => ({
            lane: laneOf(door),
            action: 'leaveFrontDoor',
            payload: { companyId: door.companyId, roomId: door.roomId },
          })),
        );
      });
    },
  };
}

/** See `createFrontDoorEvents`. */
export type FrontDoorEvents = ReturnType<typeof createFrontDoorEvents>;
