import type { BrowserFamily } from '../accounts/browser-family.ts';
import type { AccountId } from '../ids.ts';

/** A key of a device with which somebody signs in (https://www.w3.org/TR/webauthn-3/#passkey). */
export type Passkey = BrowserFamily & {
  /** Id that the device gave it, as base64url. */
  readonly id: string;
  readonly accountId: AccountId;
  /** COSE key. */
  readonly publicKey: Uint8Array<ArrayBuffer>;
  /** How often the device says that it signed; 0 where several devices share the key. */
  readonly counter: number;
  /** How the browser reaches it, as the browser says. */
  readonly transports: readonly string[];
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
};

/** Most passkeys of an account. */
export const MOST_PASSKEYS = 10;
