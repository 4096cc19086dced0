import type { Database } from '../database/database.ts';
import type { AccountId } from '../ids.ts';
import { hashToken, newToken } from '../opaque-token.ts';
import type { ContactSeal } from './contact-seal.ts';

/** What a link is for: to prove the mail address it was sent to, or to set a new password. */
export type AccountLinkPurpose = 'prove-email' | 'recover';

/** A link that is good once. */
export type AccountLink = { readonly accountId: AccountId; readonly address: string | null };

type Row = { token_hash: string; account_id: AccountId; purpose: AccountLinkPurpose; address_sealed: string | null; expires_at: Date };

/** Rows of `account_link`. */
export function createAccountLinkStore(database: Database, { seal }: ContactSeal) {
  const rows = () => database<Row>('account_link');
  const toDomain = (row: Row | undefined): AccountLink | undefined =>
    row && {
      accountId: row.account_id,
      address: row.address_sealed === null ? null : seal.open(row.address_sealed, `link ${row.token_hash}`),
    };
  return {
    /** Makes a token, in place of earlier ones of the account for the same purpose. */
    async make(purpose: AccountLinkPurpose, { accountId, address }: AccountLink, expiresAt: Date): Promise<string> {
      const token = newToken('l');
      const hash = hashToken(token);
      await rows().where({ account_id: accountId, purpose }).delete();
      const sealed = address === null ? null : seal.seal(address, `link ${hash}`);
      await rows().insert({ token_hash: hash, account_id: accountId, purpose, address_sealed: sealed, expires_at: expiresAt });
      return token;
    },
    /** Looks without using it up. */
    find: async (purpose: AccountLinkPurpose, token: string, now: Date): Promise<AccountLink | undefined> =>
      toDomain(
        await rows()
          .where({ token_hash: hashToken(token), purpose })
          .where('expires_at', '>', now)
          .first(),
      ),
    /** Uses it up; of two who try, one succeeds. */
    async take(purpose: AccountLinkPurpose, token: string, now: Date): Promise<AccountLink | undefined> {
      const [row] = await rows()
        .where({ token_hash: hashToken(token), purpose })
        .where('expires_at', '>', now)
        .delete()
        .returning('*');
      return toDomain(row);
    },
    async deleteExpired(now: Date): Promise<void> {
      await rows().where('expires_at', '<=', now).delete();
    },
  };
}
