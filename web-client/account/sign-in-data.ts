import type { RecoveryAskedView } from '../../appservice/recovery/recovery-wire.ts';
import type { RegistrationView } from '../../appservice/registrations/registration-wire.ts';
import type { GoesOn, SignInOutcome, SignInView } from '../../appservice/sign-in/sign-in-wire.ts';
import { ask } from './account-api.ts';

/** When a code ends and another may be asked for, in milliseconds since 1970. */
export type CodeSent = { readonly expiresAt: number; readonly resendAt: number };

/** Names and notice with which an account is made. */
export type Names = {
  readonly firstName: string;
  readonly lastName: string;
  readonly email?: string | null;
  readonly notice: { readonly version: string; readonly hash: string };
};

/** Calls of one sign-in. */
export function signInData(flow: string) {
  const base = `/account/sign-in/${encodeURIComponent(flow)}`;
  return {
    listMethods: async (): Promise<readonly string[]> => (await ask<SignInView>('GET', `${base}/methods`)).methods,
    sendCode: (phone: string): Promise<CodeSent> => ask('POST', `${base}/methods/phone/preparation`, { phone }),
    proveNumber: (phone: string, code: string): Promise<SignInOutcome> => ask('POST', `${base}/methods/phone`, { phone, code }),
    provePassword: (identifier: string, password: string): Promise<SignInOutcome> =>
      ask('POST', `${base}/methods/password`, { identifier, password }),
    getRegistration: (): Promise<RegistrationView> => ask('GET', `${base}/registration`),
    register: (names: Names): Promise<GoesOn> => ask('POST', `${base}/registration`, names),
    recover: (identifier: string): Promise<RecoveryAskedView> => ask('POST', `${base}/recovery`, { identifier }),
    proveRecovery: (phone: string, code: string): Promise<{ token: string }> => ask('POST', `${base}/recovery/proof`, { phone, code }),
    refuse: (): Promise<GoesOn> => ask('DELETE', base),
  };
}
