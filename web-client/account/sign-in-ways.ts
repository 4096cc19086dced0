import type { AccountTexts } from './account-texts-en.ts';
import { networkTexts } from './network-texts.ts';
import { passkeyTexts } from './passkey-texts.ts';

/** A further way to sign in, offered as a plain link on the first page where the server has it. */
export type SignInWay = {
  /** Name of the method at the server. */
  readonly method: string;
  readonly label: (text: AccountTexts, locale: string) => string;
  readonly path: (flow: string) => string;
};

/** Ways beside the code, in the order in which they are offered: the one that asks least of the person first. */
export const otherWays: readonly SignInWay[] = [
  {
    method: 'passkey',
    label: (_text, locale) => passkeyTexts(locale).wayLabel,
    path: (flow) => `/account/sign-in/${flow}/passkey`,
  },
  {
    method: 'password',
    label: (text) => text.withPassword,
    path: (flow) => `/account/sign-in/${flow}/password`,
  },
  {
    method: 'network',
    label: (_text, locale) => networkTexts(locale).wayLabel,
    path: (flow) => `/account/sign-in/${flow}/networks`,
  },
];
