import { ApiError } from '../errors.ts';
import type { AccountId, MobileNumber } from '../ids.ts';

type Proof = { readonly number: MobileNumber; readonly purpose: 'recover'; readonly flowId: string };

/** The sign-in in which somebody has forgotten their password. */
export type RecoveryFlow = {
  readonly flowId: string;
  readonly network: string;
  readonly locale: string;
  readonly isKnownTo: (id: AccountId) => Promise<boolean>;
};

/** How it goes on: a code was sent that the page asks for, or a mail with a link. */
export type RecoveryAsked = { readonly way: 'sms'; readonly expiresAt: number; readonly resendAt: number } | { readonly way: 'mail' };

type Dependencies = {
  readonly parse: (input: string, field: string) => MobileNumber;
  readonly readAddress: (input: string, field: string) => string;
  readonly codes: {
    send(proof: Proof & { network: string }, textOf: (code: string) => Promise<string>): Promise<{ expiresAt: number; resendAt: number }>;
    prove(proof: Proof, code: string): Promise<void>;
  };
  readonly texts: { code(code: string, locale: string): string; unknownNumber(locale: string): string };
  readonly findOwner: (number: MobileNumber) => Promise<{ accountId: AccountId; isFresh: boolean } | undefined>;
  readonly listOwners: (address: string) => Promise<AccountId[]>;
  /** Sends links to proved addresses; the same work where there is none. */
  readonly sendLinks: (owners: readonly AccountId[]) => Promise<void>;
  /** Makes the proof with which a password is set. */
  readonly makeProof: (id: AccountId) => Promise<string>;
};

/** "Forgot password": a code to the number, or a link to the proved address. Neither signs anybody in. */
export function createRecoveryService(parts: Dependencies) {
  const { parse, readAddress, codes, texts, findOwner, listOwners, sendLinks, makeProof } = parts;

  /** The account that the number may open here; as at sign-in, one that was not proved for long opens nothing alone. */
  async function findOpen(number: MobileNumber, { isKnownTo }: RecoveryFlow): Promise<AccountId | undefined> {
    const owner = await findOwner(number);
    if (owner === undefined) return undefined;
    const isKnown = await isKnownTo(owner.accountId);
    return owner.isFresh || isKnown ? owner.accountId : undefined;
  }

  return {
    /** Sends a code or a link; the answer is the same for known and unknown. */
    async ask(entered: string, flow: RecoveryFlow): Promise<RecoveryAsked> {
      const { flowId, network, locale } = flow;
      if (entered.includes('@')) {
        await sendLinks(await listOwners(readAddress(entered, 'body.identifier')));
        return { way: 'mail' };
      }
      const number = parse(entered, 'body.identifier');
      const sent = await codes.send({ number, purpose: 'recover', flowId, network }, async (code) =>
        (await findOpen(number, flow)) === undefined ? texts.unknownNumber(locale) : texts.code(code, locale),
      );
      return { way: 'sms', ...sent };
    },
    /** Takes the code of a number; answers the proof with which a password is set. */
    async prove({ phone, code }: { phone: string; code: string }, flow: RecoveryFlow): Promise<string> {
      const number = parse(phone, 'body.phone');
      await codes.prove({ number, purpose: 'recover', flowId: flow.flowId }, code);
      const accountId = await findOpen(number, flow);
      if (accountId === undefined)
        throw new ApiError('COM_SMOOPE_NOT_PROVEN', 'This number alone opens no account.', { field: 'body.code' });
      return makeProof(accountId);
    },
  };
}

/** See `createRecoveryService`. */
export type RecoveryService = ReturnType<typeof createRecoveryService>;
