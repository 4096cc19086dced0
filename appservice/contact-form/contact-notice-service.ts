import { createHmac } from 'node:crypto';
import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import type { ConversationId } from '../ids.ts';
import type { AddToOutbox } from '../matrix/outbox-store.ts';
import type { NotificationAddress, NotificationWay } from '../notifications/notification.ts';
import { createContactCodeStore } from './contact-code-store.ts';
import type { ContactFault, ContactNotice } from './contact-form-wire.ts';
import type { ContactLink } from './contact-link-store.ts';
import { createContactNoticeStore } from './contact-notice-store.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Codes that go to one address within a day, whoever asks: it may be somebody else's. */
const CODES_OF_ADDRESS = 3;

/** Codes that are asked for in one conversation within a day. */
const CODES_OF_CONVERSATION = 5;

/** Guesses at one code; a million codes and five guesses are enough. */
const MOST_TRIES = 5;

/** An address is forgotten so long after its conversation was closed, unless somebody writes again. */
const CLOSED_DAYS = 30;

/** How the address is read and shown; another noun's rules. */
export type AddressRules = {
  readonly read: (entered: string) => NotificationAddress | undefined;
  readonly mask: (address: NotificationAddress) => string;
};

type Dependencies = {
  readonly database: Database;
  readonly addToOutbox: AddToOutbox;
  readonly addresses: AddressRules;
  /** Ways that this installation can send on. */
  readonly ways: readonly NotificationWay[];
  readonly hash: ContactHash;
  readonly now: () => Date;
};

/** Keyed hash of what has too few possibilities for a plain one; `what` keeps uses apart. */
export type ContactHash = (what: 'address' | 'code', value: string) => string;

/** Makes a `ContactHash`. */
export const createContactHash =
  (key: string): ContactHash =>
  (what, value) =>
    createHmac('sha256', key).update(`contact-${what} ${value}`).digest('base64url');

/** Where people want to be told of an answer: the address counts only once they entered the code that was sent there. */
export function createContactNoticeService({ database, addToOutbox, addresses, ways, hash, now }: Dependencies) {
  const notices = createContactNoticeStore(database);
  const ago = (ms: number): Date => new Date(now().getTime() - ms);

  function readAddress(entered: string): NotificationAddress | undefined {
    const address = addresses.read(entered);
    return address !== undefined && ways.includes(address.way) ? address : undefined;
  }

  return {
    ways,
    /** Whether an address can be told anything. */
    isAddress: (entered: string): boolean => readAddress(entered) !== undefined,

    /** How far a conversation's wish is, as its page says it. */
    async stateOf(id: ConversationId): Promise<ContactNotice> {
      const notice = await notices.find(id);
      if (notice === undefined) return { ways, state: 'none', address: null };
      return { ways, state: notice.isProven ? 'proven' : 'asked', address: addresses.mask(notice) };
    },

    /** Keeps an address and has a code sent there; the same address again within a minute has no effect. Answers what is wrong, if anything. */
    async ask(link: ContactLink, entered: string, locale: string): Promise<ContactFault | undefined> {
      const address = readAddress(entered);
      if (address === undefined) return 'invalid';
      const { conversationId } = link;
      const addressHash = hash('address', address.address);
      return inTransaction(database, async (transaction) => {
        const codes = createContactCodeStore(transaction);
        const since = ago(DAY_MS);
        const isTooOften =
          (await codes.countOfAddress(addressHash, since)) >= CODES_OF_ADDRESS ||
          (await codes.countOfConversation(conversationId, since)) >= CODES_OF_CONVERSATION;
        if (isTooOften) return 'tooManyCodes';
        const wish = { ...link, ...address, locale };
        if (!(await createContactNoticeStore(transaction).ask(wish, now(), ago(MINUTE_MS)))) return undefined;
        await codes.add(addressHash, conversationId, now());
        await addToOutbox(transaction, [{ lane: `notice/${conversationId}`, action: 'sendContactCode', payload: { conversationId } }]);
        return undefined;
      });
    },

    /** Tries the code that was sent; answers what is wrong, if anything. */
    async prove(id: ConversationId, entered: string): Promise<ContactFault | undefined> {
      const code = entered.replace(/\s/g, '');
      const isProven =
        /^\d{6}$/.test(code) && (await notices.prove(id, hash('code', `${id} ${code}`), { now: now(), mostTries: MOST_TRIES }));
      return isProven || (await notices.find(id))?.isProven === true ? undefined : 'wrongCode';
    },

    /** Forgets the address. */
    stop: (id: ConversationId): Promise<void> => notices.remove(id),

    /** Forgets addresses that were not proven within a day, and those of conversations closed long ago. */
    async deleteExpired(): Promise<void> {
      await notices.deleteOld({ askedBefore: ago(DAY_MS), closedBefore: ago(CLOSED_DAYS * DAY_MS) });
      await createContactCodeStore(database).deleteOlder(ago(DAY_MS));
    },
  };
}

/** See `createContactNoticeService`. */
export type ContactNoticeService = ReturnType<typeof createContactNoticeService>;
