import type { Database } from '../database/database.ts';
import type { AccountId, MobileNumber } from '../ids.ts';
import type { AccountNotice, AddToOutbox } from '../matrix/outbox-store.ts';
import { createAccountEmailStore } from './account-email-store.ts';
import { createAccountLinkStore, type AccountLinkPurpose } from './account-link-store.ts';
import { accountMail, type AccountMail } from './account-mails.ts';
import { createAccountNumberStore } from './account-number-store.ts';
import { createAccountStore } from './account-store.ts';
import type { ContactSeal } from './contact-seal.ts';

type Dependencies = {
  readonly database: Database;
  readonly seal: ContactSeal;
  readonly publicOrigin: string;
  readonly addToOutbox: AddToOutbox;
  /** Sends a text of ours. */
  readonly sendText: (to: MobileNumber, notice: AccountNotice, locale: string) => Promise<void>;
  /** `none` where the installation sends no mail. */
  readonly sendMail: ((mail: { address: string; subject: string; text: string }) => Promise<void>) | 'none';
  readonly now: () => Date;
};

const LINK_PATHS: Record<AccountLinkPurpose, string> = { 'prove-email': '/account/email', recover: '/account/new-password' };
const LINK_MINUTES: Record<AccountLinkPurpose, number> = { 'prove-email': 24 * 60, recover: 20 };
const SECURITY_PATH = '/account/security';

/** Tells owners of accounts what happened to them, and sends their links. */
export function createAccountNotices({ database, seal, publicOrigin, addToOutbox, sendText, sendMail, now }: Dependencies) {
  const linkEnd = (purpose: AccountLinkPurpose): Date => new Date(now().getTime() + LINK_MINUTES[purpose] * 60_000);

  async function mail(kind: AccountMail, address: string, locale: string, link: string): Promise<void> {
    if (sendMail === 'none') return;
    await sendMail({ address, ...accountMail(kind, locale, link) });
  }

  async function sendLink(purpose: AccountLinkPurpose, accountId: AccountId, address: string): Promise<void> {
    const account = await createAccountStore(database).find(accountId);
    if (account === undefined) return;
    const token = await createAccountLinkStore(database, seal).make(purpose, { accountId, address }, linkEnd(purpose));
    // Behind the hash: it is sent to no server and stands in no log of one.
    const link = `${publicOrigin}${LINK_PATHS[purpose]}#${token}`;
    await mail(purpose === 'recover' ? 'recover' : 'proveEmail', address, account.locale, link);
  }

  return {
    canMail: sendMail !== 'none',
    /** Makes the proof with which a new password is set, for somebody who has proven the number. */
    makeRecovery: (accountId: AccountId): Promise<string> =>
      createAccountLinkStore(database, seal).make('recover', { accountId, address: null }, linkEnd('recover')),
    /** Sends the link that proves an address. */
    sendProof: (accountId: AccountId, address: string): Promise<void> => sendLink('prove-email', accountId, address),
    /** Tells the owner on every way, after the caller's transaction. */
    tell: (transaction: Database, accountId: AccountId, notice: AccountNotice): Promise<void> =>
      addToOutbox(transaction, [{ lane: accountId, action: 'tellAccount', payload: { accountId, notice } }]),
    /** Sends a link for a new password to the proved address; null does the same work for nobody. */
    sendRecovery: (transaction: Database, accountId: AccountId | null): Promise<void> =>
      addToOutbox(transaction, [{ lane: accountId ?? 'recovery', action: 'sendRecoveryLink', payload: { accountId } }]),
    /** Tells an address or number that is not the account's any more; whether it arrives is not waited for. */
    async tellFormer(accountId: AccountId, former: { number?: MobileNumber | undefined; address?: string | undefined }): Promise<void> {
      const account = await createAccountStore(database).find(accountId);
      if (account === undefined) return;
      const { number, address } = former;
      if (number !== undefined) await sendText(number, 'numberChanged', account.locale).catch(() => undefined);
      if (address !== undefined) {
        await mail('emailChanged', address, account.locale, `${publicOrigin}${SECURITY_PATH}`).catch(() => undefined);
      }
    },
    outbox: {
      async tellAccount({ accountId, notice }: { accountId: AccountId; notice: AccountNotice }): Promise<void> {
        const account = await createAccountStore(database).find(accountId);
        if (account === undefined) return;
        const email = await createAccountEmailStore(database, seal).find(accountId);
        if (email !== undefined && email.provedAt !== null) {
          await mail(notice, email.address, account.locale, `${publicOrigin}${SECURITY_PATH}`);
        }
        const number = await createAccountNumberStore(database, seal).find(accountId);
        if (number !== undefined) await sendText(number.value, notice, account.locale);
      },
      async sendRecoveryLink({ accountId }: { accountId: AccountId | null }): Promise<void> {
        const email = accountId === null ? undefined : await createAccountEmailStore(database, seal).find(accountId);
        if (email !== undefined && email.provedAt !== null) await sendLink('recover', email.accountId, email.address);
      },
    },
  };
}

/** See `createAccountNotices`. */
export type AccountNotices = ReturnType<typeof createAccountNotices>;
