import type { AccountId, MobileNumber, RegistrationId } from '../ids.ts';
import type { Database } from '../database/database.ts';

/** What is known of somebody when they begin to make an account; all of it is shown to them and can be corrected. */
export type RegistrationStart = {
  /** A number that was proved just now. */
  readonly number?: MobileNumber;
  /** Names as another network has them. */
  readonly names?: { readonly firstName?: string | undefined; readonly lastName?: string | undefined };
  /** Mail address as another network has it; it proves nothing until a link was followed. */
  readonly email?: string | undefined;
};

/** Somebody who has proven something at a sign-in and has no account yet. */
export type Registration = {
  readonly id: RegistrationId;
  readonly number: { readonly value: MobileNumber; readonly provedAt: Date } | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
  readonly expiresAt: Date;
};

/** What the person says in the end. */
export type RegistrationEnd = {
  readonly firstName: string;
  readonly lastName: string;
  /** Mail address as the person wants it; absent: the one of the start stays. Null: none. */
  readonly email?: string | null;
  /** Language in which the person is answered (BCP 47). */
  readonly locale: string;
  /** The privacy notice that was shown. */
  readonly notice: { readonly version: string; readonly hash: string };
};

/** Called in the transaction in which the account is made, with the registration's row still there. */
export type OnCompleted = (
  transaction: Database,
  made: { readonly accountId: AccountId; readonly registrationId: RegistrationId },
) => Promise<void>;
