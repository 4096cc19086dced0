import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { ApiError } from '../errors.ts';
import type { AccountId } from '../ids.ts';
import { createAccountEmailStore, type AccountEmail } from './account-email-store.ts';
import { createAccountLinkStore } from './account-link-store.ts';
import type { AccountNotices } from './account-notices.ts';
import { createAccountStore } from './account-store.ts';
import type { ContactSeal } from './contact-seal.ts';
import type { WaysIn } from './ways-in.ts';

type Dependencies = {
  readonly database: Database;
  readonly seal: ContactSeal;
  /** Reads a mail address as people write it; undefined for what is none. */
  readonly readAddress: (entered: string) => string | undefined;
  readonly notices: Pick<AccountNotices, 'canMail' | 'sendProof' | 'tellFormer'>;
  readonly waysIn: Pick<WaysIn, 'hasBeside'>;
  readonly now: () => Date;
};

/** Most accounts that one address belongs to: a couple or a family may share one, and each costs a comparison at every sign-in with any address. */
export const ADDRESS_OWNERS = 3;

/** Mail addresses of accounts: of use only once a link has proved them. */
export function createAccountEmails({ database, seal, readAddress, notices, waysIn, now }: Dependencies) {
  const find = (id: AccountId): Promise<AccountEmail | undefined> => createAccountEmailStore(database, seal).find(id);
  function read(entered: string, field = 'body.email'): string {
    const address = readAddress(entered);
    if (address === undefined)
      throw new ApiError('M_INVALID_PARAM', `${field} must be an e-mail address like anna@example.org.`, { field });
    return address;
  }
  return {
    find,
    read,
    /** Whether "forgot password" can send a link to the account. */
    hasProved: async (on: Database, id: AccountId): Promise<boolean> =>
      ((await createAccountEmailStore(on, seal).find(id))?.provedAt ?? null) !== null,
    /** Accounts for which the address was proved, at most `ADDRESS_OWNERS`. */
    listOwners: async (address: string): Promise<AccountId[]> =>
      (await createAccountEmailStore(database, seal).listProved(address, ADDRESS_OWNERS)).map(({ accountId }) => accountId),
    /** Keeps an address that a registration brought, in its transaction; it proves nothing yet. */
    keep: (transaction: Database, accountId: AccountId, address: string): Promise<void> =>
      createAccountEmailStore(transaction, seal).put({ accountId, address, provedAt: null }),
    /** Sends the link that proves an address; the earlier one stays until it was followed. */
    async propose(id: AccountId, entered: string): Promise<void> {
      const address = read(entered);
      if (!notices.canMail) throw new ApiError('M_FORBIDDEN', 'This service sends no mail.');
      await notices.sendProof(id, address);
    },
    /**
     * Takes what a link shows: the address is the account's from now on, and an earlier one is told. Throws COM_SMOOPE_CODE_USED, and
     * COM_SMOOPE_CONFLICT where as many accounts as may have the address already, with the link still good.
     */
    async prove(token: string): Promise<void> {
      const { accountId, former } = await inTransaction(database, async (transaction) => {
        const link = await createAccountLinkStore(transaction, seal).take('prove-email', token, now());
        if (link === undefined || link.address === null) {
          throw new ApiError('COM_SMOOPE_CODE_USED', 'This link was used or is too old; ask for another.');
        }
        const emails = createAccountEmailStore(transaction, seal);
        const owners = await emails.listProved(link.address, ADDRESS_OWNERS);
        if (owners.length === ADDRESS_OWNERS && owners.every((owner) => owner.accountId !== link.accountId)) {
          throw new ApiError('COM_SMOOPE_CONFLICT', `This address belongs to ${ADDRESS_OWNERS} accounts already.`);
        }
        const before = await emails.find(link.accountId);
        await emails.put({ accountId: link.accountId, address: link.address, provedAt: now() });
        const isOther = before !== undefined && before.provedAt !== null && before.address !== link.address;
        return { accountId: link.accountId, former: isOther ? before.address : undefined };
      });
      if (former !== undefined) await notices.tellFormer(accountId, { address: former });
    },
    /** Takes the address away; throws COM_SMOOPE_CONFLICT where nothing else leads into the account. */
    async remove(id: AccountId): Promise<void> {
      const proved = await inTransaction(database, async (transaction) => {
        await createAccountStore(transaction).lock(id);
        const emails = createAccountEmailStore(transaction, seal);
        const email = await emails.find(id);
        await emails.remove(id);
        if (email === undefined || email.provedAt === null) return undefined;
        if (!(await waysIn.hasBeside(transaction, 'email', id))) {
          throw new ApiError('COM_SMOOPE_CONFLICT', 'Without this address nobody could get into the account; add another way in first.');
        }
        return email.address;
      });
      if (proved !== undefined) await notices.tellFormer(id, { address: proved });
    },
  };
}

/** See `createAccountEmails`. */
export type AccountEmails = ReturnType<typeof createAccountEmails>;
