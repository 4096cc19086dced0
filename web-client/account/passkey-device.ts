import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
  WebAuthnAbortService,
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/browser';
import { AccountFault } from './account-api.ts';

/**
 * What a device says in place of a passkey, as the code of an `AccountFault`. `left`: the page does not ask any more. `cancelled` is a time
 * that was up as well, and a device without a passkey: browsers do not tell which (WebAuthn 3, 14.5.1).
 */
export type DeviceFault = 'cancelled' | 'left' | 'thereAlready' | 'unfit' | 'failed';

/** By the name of the exception (https://www.w3.org/TR/webauthn-3/#sctn-createCredential). */
const FAULTS: Readonly<Record<string, DeviceFault>> = {
  NotAllowedError: 'cancelled',
  AbortError: 'left',
  InvalidStateError: 'thereAlready',
  ConstraintError: 'unfit',
  NotSupportedError: 'unfit',
};

async function orFault<Answer>(asked: Promise<Answer>): Promise<Answer> {
  try {
    return await asked;
  } catch (error) {
    throw new AccountFault(FAULTS[error instanceof Error ? error.name : ''] ?? 'failed');
  }
}

/** Whether this browser knows passkeys at all. */
export const knowsPasskeys = (): boolean => browserSupportsWebAuthn();

/** Lets the device make a passkey; throws `AccountFault` with a `DeviceFault`. */
export const makePasskey = (optionsJSON: PublicKeyCredentialCreationOptionsJSON): Promise<RegistrationResponseJSON> =>
  orFault(startRegistration({ optionsJSON }));

/** Lets the device sign with a passkey that the person chooses; throws as `makePasskey`. */
export const signWithPasskey = (optionsJSON: PublicKeyCredentialRequestOptionsJSON): Promise<AuthenticationResponseJSON> =>
  orFault(startAuthentication({ optionsJSON }));

/** Takes back what the device was asked: its question must not outlive the page it belongs to. */
export const stopAsking = (): void => WebAuthnAbortService.cancelCeremony();
