import type { Company } from '../companies/company.ts';
import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { ApiError } from '../errors.ts';
import type { AuthTypes } from '../http/auth.ts';
import type { DeviceId, PersonId, RoomId, SessionId, UserId } from '../ids.ts';
import { chooseConversation, type Conversation } from './conversation.ts';
import { createConversationStore } from './conversation-store.ts';
import { createPreparedRoomStore, type PreparedRoom } from './prepared-room-store.ts';
import { newDeviceId, type RoomPool } from './room-pool.ts';

type Visitor = NonNullable<AuthTypes['visitor']['visitor']>;

/** What visitors and persons tell and keep; each takes the transaction it belongs to. */
export type OpeningNeighbours = {
  /** Locks the session until the transaction ends and answers to whom it is bound by now. */
  lockSession(database: Database, id: SessionId): Promise<{ visitor: Visitor | null } | undefined>;
  bindSession(database: Database, id: SessionId, visitor: Visitor): Promise<void>;
  /** Person and ghost of the user whom the session has proven to be, locked until the transaction ends; undefined before their first message anywhere. */
  lockKnown(database: Database, id: SessionId): Promise<Pick<Visitor, 'personId' | 'userId'> | undefined>;
  /** Locks the person until the transaction ends. */
  lockPerson(database: Database, id: PersonId): Promise<void>;
  createPerson(database: Database, person: { locale: string; kind: 'visitor'; userId: UserId }): Promise<PersonId>;
};

/** Nobody wants two new conversations so soon: the second wish is the first one, repeated. In milliseconds. */
const SAME_WISH_MS = 10_000;

type Dependencies = {
  readonly database: Database;
  readonly pool: RoomPool;
  readonly neighbours: OpeningNeighbours;
  /** Gives a ghost the device of one more browser. */
  readonly addDevice: (userId: UserId, deviceId: DeviceId) => Promise<void>;
  /** Takes a room away in which nothing was said. */
  readonly removeRoom: (roomId: RoomId) => Promise<void>;
  readonly now: () => Date;
};

/** Begins conversations. */
export type ConversationOpening = {
  /** The first one of a session: person, ghost and conversation begin together, with a room made in advance, which the pool then lacks. */
  openFirst(session: AuthTypes['visitor'], company: Company): Promise<{ visitor: Visitor; conversation: Conversation | undefined }>;
  /** A further one of a visitor whose last was closed too long ago, or (`isWanted`) who wants one beside those that are open. */
  openNext(session: AuthTypes['visitor'], visitor: Visitor, company: Company, isWanted?: boolean): Promise<Conversation>;
};

const hasEnded = (): ApiError => new ApiError('M_UNKNOWN_TOKEN', 'This session has ended.');

/** See `ConversationOpening`. */
export function createConversationOpening({ database, pool, neighbours, addDevice, removeRoom, now }: Dependencies): ConversationOpening {
  function create(
    on: Database,
    session: AuthTypes['visitor'],
    company: Company,
    personId: PersonId,
    room: PreparedRoom,
  ): Promise<Conversation> {
    const { number, roomId } = room;
    const { channel } = session;
    return createConversationStore(on).create({ companyId: company.id, number, personId, roomId, channel, encrypted: false });
  }

  /** Binds a session to a person who has written from another browser. */
  async function bindKnown(session: AuthTypes['visitor'], known: Pick<Visitor, 'personId' | 'userId'>): Promise<Visitor> {
    const visitor = { ...known, deviceId: newDeviceId() };
    await addDevice(visitor.userId, visitor.deviceId);
    return inTransaction(database, async (transaction) => {
      const locked = await neighbours.lockSession(transaction, session.id);
      if (locked === undefined) throw hasEnded();
      if (locked.visitor !== null) return locked.visitor;
      await neighbours.bindSession(transaction, session.id, visitor);
      return visitor;
    });
  }

  return {
    async openFirst(session, company) {
      for (;;) {
        const opened = await inTransaction(database, async (transaction) => {
          const locked = await neighbours.lockSession(transaction, session.id);
          if (locked === undefined) throw hasEnded();
          // The same first message came twice at once: the other request has begun the conversation.
          if (locked.visitor !== null) return { visitor: locked.visitor, conversation: undefined };
          const known = await neighbours.lockKnown(transaction, session.id);
          if (known !== undefined) return { known };
          const room = await createPreparedRoomStore(transaction).take(company.id);
          if (room === undefined) return undefined;
          const { userId, deviceId } = room;
          const personId = await neighbours.createPerson(transaction, { locale: session.locale, kind: 'visitor', userId });
          const visitor = { personId, userId, deviceId };
          await neighbours.bindSession(transaction, session.id, visitor);
          return { visitor, conversation: await create(transaction, session, company, personId, room) };
        });
        if (opened !== undefined && 'known' in opened) return { visitor: await bindKnown(session, opened.known), conversation: undefined };
        if (opened !== undefined) return opened;
        await createPreparedRoomStore(database).add(company.id, await pool.make(company));
      }
    },
    async openNext(session, visitor, company, isWanted = false) {
      const room = await pool.make(company, visitor);
      const opened = await inTransaction(database, async (transaction) => {
        await neighbours.lockPerson(transaction, visitor.personId);
        // Whoever asked for everything to be deleted meanwhile begins nothing.
        if ((await neighbours.lockSession(transaction, session.id)) === undefined) throw hasEnded();
        // The same message came twice at once, from two tabs or repeated: the other request has begun the conversation.
        const present = await createConversationStore(transaction).listOfPerson(visitor.personId, company.id);
        const candidates = isWanted ? present.filter(({ openedAt }) => now().getTime() - openedAt.getTime() < SAME_WISH_MS) : present;
        const conversation = chooseConversation(candidates, company.settings.reopenDays, now());
        return conversation ?? (await create(transaction, session, company, visitor.personId, room));
      }).catch(async (error: unknown) => {
        await removeRoom(room.roomId);
        throw error;
      });
      if (opened.roomId !== room.roomId) await removeRoom(room.roomId);
      return opened;
    },
  };
}
