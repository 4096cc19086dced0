import type { Provider } from 'oidc-provider';
import type { Database } from '../database/database.ts';
import type { AccountId } from '../ids.ts';
import type { Logger } from '../logger.ts';
import { createOpenidProvider, type OpenidNeighbours, type OpenidSettings } from './openid-provider.ts';
import { createOpenidRecordStore } from './openid-record-store.ts';
import type { OpenidSeal } from './openid-seal.ts';
import { createSigningKeys } from './signing-keys.ts';

/** The keys are read again so often: much sooner than a new key signs. */
const KEYS_READ_MS = 5 * 60_000;

type LogoutTeller = { backchannelLogout(sub: string, sid: string): Promise<void> };

type Dependencies = {
  readonly database: Database;
  readonly seal: OpenidSeal;
  readonly settings: OpenidSettings;
  readonly neighbours: OpenidNeighbours;
  readonly now: () => Date;
  readonly log: Logger;
};

/** Our OpenID provider as it is now: one instance of the library for each set of keys. */
export function createOpenid({ database, seal, settings, neighbours, now, log }: Dependencies) {
  const records = createOpenidRecordStore(database, seal);
  const signingKeys = createSigningKeys({ database, seal, now });
  let made: { readonly keyIds: string; readonly provider: Provider; readonly readAt: number } | undefined;
  let making: Promise<Provider> | undefined;

  async function make(): Promise<Provider> {
    const keys = await signingKeys.current();
    const keyIds = keys.map(({ id }) => id).join(' ');
    const instance = made?.keyIds === keyIds ? made.provider : createOpenidProvider(settings, { records, keys, neighbours, log });
    made = { keyIds, provider: instance, readAt: now().getTime() };
    return instance;
  }

  /** Of many who ask at once, one reads the keys. */
  async function provider(): Promise<Provider> {
    if (made !== undefined && now().getTime() - made.readAt < KEYS_READ_MS) return made.provider;
    making ??= make().finally(() => (making = undefined));
    return making;
  }

  return {
    provider,
    /** Tells the homeserver that a session has ended; throws where it did not understand. */
    async endMatrixSessions({ accountId, sid }: { accountId: AccountId; sid: string }): Promise<void> {
      const client = await (await provider()).Client.find(settings.client.id);
      if (client === undefined) throw new Error('the homeserver is no client of the provider');
      // The library's types do not know the method, which its own sign-out uses.
      await (client as unknown as LogoutTeller).backchannelLogout(accountId, sid);
    },
    /** Deletes what has ended by itself, and makes new keys in time. */
    async housekeep(): Promise<void> {
      await records.deleteExpired(now());
      await provider();
    },
  };
}

/** See `createOpenid`. */
export type Openid = ReturnType<typeof createOpenid>;
