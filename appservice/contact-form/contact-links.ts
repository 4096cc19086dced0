import type { Company } from '../companies/company.ts';
import type { Database } from '../database/database.ts';
import { hashToken, newToken } from '../opaque-token.ts';
import { createContactLinkStore, type ContactLink } from './contact-link-store.ts';

/** Days for which a link back to a conversation is good. */
const LINK_DAYS = 7;

const DAY_MS = 86_400_000;

/**
 * Links back to conversations: each opens one once, for whoever has it. Looking at the address does not use it up, because
 * programs that look into mails follow links; the button of its page does, and then no address holds the code.
 */
export type ContactLinks = {
  /** Days for which a link is good. */
  readonly days: number;
  /** A new address; twenty of a conversation are good at a time. */
  make(company: Pick<Company, 'slug'>, link: ContactLink): Promise<string>;
  /** Uses a link up; undefined for one that is good no more. */
  take(company: Pick<Company, 'id'>, code: string): Promise<ContactLink | undefined>;
  deleteExpired(): Promise<void>;
};

/** See `ContactLinks`. */
export function createContactLinks({
  database,
  publicOrigin,
  now,
}: {
  database: Database;
  publicOrigin: string;
  now: () => Date;
}): ContactLinks {
  const store = createContactLinkStore(database);
  return {
    days: LINK_DAYS,
    async make({ slug }, { conversationId, personId, userId }) {
      const code = newToken('c');
      await store.add(hashToken(code), { conversationId, personId, userId }, new Date(now().getTime() + LINK_DAYS * DAY_MS));
      return `${publicOrigin}/contact/${slug}/open/${code}`;
    },
    take: ({ id }, code) => store.take(hashToken(code), id, now()),
    deleteExpired: () => store.deleteExpired(now()),
  };
}
