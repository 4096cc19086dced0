import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { BrowserFamily } from '../accounts/browser-family.ts';
import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { ApiError } from '../errors.ts';
import type { AccountId } from '../ids.ts';
import type { PasskeyChallenges } from './passkey-challenges.ts';
import { createPasskeyStore } from './passkey-store.ts';
import type { NewPasskey, PasskeyProof } from './passkey-wire.ts';
import { MOST_PASSKEYS, type Passkey } from './passkey.ts';

type Dependencies = {
  readonly database: Database;
  readonly challenges: PasskeyChallenges;
  /** Where our pages stand; a passkey of another address is none of ours. */
  readonly publicOrigin: string;
  /** Name that the device shows. */
  readonly serviceName: string;
  /** Tells the owner of a change, in the transaction. */
  readonly tell: (transaction: Database, accountId: AccountId, notice: 'passkeyAdded' | 'passkeyRemoved') => Promise<void>;
  readonly lockAccount: (transaction: Database, accountId: AccountId) => Promise<void>;
  /** Whether the account can be signed in to without any passkey. */
  readonly hasOtherMeans: (transaction: Database, accountId: AccountId) => Promise<boolean>;
  readonly now: () => Date;
};

/** How a device is to ask the person: by face, finger or PIN, and without a name typed first. */
const SELECTION = { residentKey: 'required', userVerification: 'required' } as const;

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** One answer for all that is wrong with a proof: who tries learns nothing. */
const notProven = (): ApiError =>
  new ApiError('COM_SMOOPE_NOT_PROVEN', 'This passkey does not fit; try again, or sign in another way.', { field: 'body' });

const tooMany = (): ApiError =>
  new ApiError('COM_SMOOPE_CONFLICT', `An account has at most ${MOST_PASSKEYS} passkeys; take one away first.`);

/** Ways of a browser to a passkey, as the browser names them; the library knows more than the types of an older browser. */
type Transports = NonNullable<Parameters<typeof generateAuthenticationOptions>[0]['allowCredentials']>[number]['transports'];

/** Passkeys: making, taking away, and signing in with one (https://www.w3.org/TR/webauthn-3/). */
export function createPasskeys(parts: Dependencies) {
  const { database, challenges, publicOrigin, serviceName, tell, lockAccount, hasOtherMeans, now } = parts;
  const rpID = new URL(publicOrigin).hostname;
  const store = createPasskeyStore(database);

  /** Signs of the library that a response is not right arrive as exceptions. */
  const unlessWrong = async <Result>(verified: Promise<Result>): Promise<Result | undefined> => verified.catch(() => undefined);

  return {
    list: (accountId: AccountId): Promise<Passkey[]> => store.list(accountId),
    hasAny: async (on: Database, accountId: AccountId): Promise<boolean> => (await createPasskeyStore(on).list(accountId)).length > 0,

    /**
     * What `navigator.credentials.create` is asked for; `sessionId` is the browser that asks. Throws COM_SMOOPE_CONFLICT: one that is
     * too many must not come to be on the device, where it would be of no use.
     */
    async prepareNew(account: { id: AccountId; name: string }, sessionId: string) {
      const known = await store.list(account.id);
      if (known.length >= MOST_PASSKEYS) throw tooMany();
      return generateRegistrationOptions({
        rpName: serviceName,
        rpID,
        userID: utf8(account.id),
        userName: account.name,
        userDisplayName: account.name,
        challenge: Buffer.from(await challenges.make(sessionId), 'base64url'),
        excludeCredentials: known.map(({ id, transports }) => ({ id, transports: [...transports] as NonNullable<Transports> })),
        authenticatorSelection: SELECTION,
        attestationType: 'none',
      });
    },

    /** Keeps a passkey that a browser has made. Throws COM_SMOOPE_NOT_PROVEN, COM_SMOOPE_CONFLICT. */
    async add(accountId: AccountId, sessionId: string, made: NewPasskey, family: BrowserFamily): Promise<void> {
      const { verified, registrationInfo } =
        (await unlessWrong(
          verifyRegistrationResponse({
            response: made as Parameters<typeof verifyRegistrationResponse>[0]['response'],
            expectedChallenge: (challenge) => challenges.take(challenge, sessionId),
            expectedOrigin: publicOrigin,
            expectedRPID: rpID,
          }),
        )) ?? {};
      if (verified !== true || registrationInfo === undefined) throw notProven();
      const { id, publicKey, counter } = registrationInfo.credential;
      const transports = made.response.transports ?? [];
      await inTransaction(database, async (transaction) => {
        await lockAccount(transaction, accountId);
        const passkeys = createPasskeyStore(transaction);
        if ((await passkeys.list(accountId)).length >= MOST_PASSKEYS) throw tooMany();
        const passkey = { id, accountId, publicKey, counter, transports, ...family, createdAt: now(), lastUsedAt: null };
        if (!(await passkeys.add(passkey))) throw new ApiError('COM_SMOOPE_CONFLICT', 'This passkey is in use already.');
        await tell(transaction, accountId, 'passkeyAdded');
      });
    },

    /** Takes one away; M_NOT_FOUND, and COM_SMOOPE_CONFLICT where nobody could get into the account any more. */
    async remove(accountId: AccountId, id: string): Promise<void> {
      await inTransaction(database, async (transaction) => {
        await lockAccount(transaction, accountId);
        const passkeys = createPasskeyStore(transaction);
        if (!(await passkeys.remove(accountId, id))) throw new ApiError('M_NOT_FOUND', 'You have no such passkey.', { field: 'params.id' });
        const isLast = (await passkeys.list(accountId)).length === 0 && !(await hasOtherMeans(transaction, accountId));
        if (isLast) throw new ApiError('COM_SMOOPE_CONFLICT', 'This is your only way in; add another one first.', { field: 'params.id' });
        await tell(transaction, accountId, 'passkeyRemoved');
      });
    },

    /** What `navigator.credentials.get` is asked for. It names no passkey, so it tells nothing about any account. */
    async prepareProof(flowId: string) {
      const challenge = Buffer.from(await challenges.make(flowId), 'base64url');
      return generateAuthenticationOptions({ rpID, challenge, userVerification: SELECTION.userVerification });
    },

    /** Whose passkey has signed; throws COM_SMOOPE_NOT_PROVEN. */
    async prove(flowId: string, proof: PasskeyProof): Promise<AccountId> {
      const passkey = await store.find(proof.id);
      const { userHandle } = proof.response;
      if (passkey === undefined || userHandle === undefined || Buffer.from(userHandle, 'base64url').toString() !== passkey.accountId)
        throw notProven();
      const { verified, authenticationInfo } =
        (await unlessWrong(
          verifyAuthenticationResponse({
            response: proof as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
            expectedChallenge: (challenge) => challenges.take(challenge, flowId),
            expectedOrigin: publicOrigin,
            expectedRPID: rpID,
            credential: { id: passkey.id, publicKey: passkey.publicKey, counter: passkey.counter },
          }),
        )) ?? {};
      if (verified !== true || authenticationInfo === undefined) throw notProven();
      if (!(await store.use(passkey.id, authenticationInfo.newCounter, now()))) throw notProven();
      return passkey.accountId;
    },
  };
}

/** See `createPasskeys`. */
export type Passkeys = ReturnType<typeof createPasskeys>;
