import type { AccountTexts } from './account-texts-en.ts';

/** A further way to sign in, offered as a plain link on the first page where the server has it. */
export type SignInWay = {
  /** Name of the method at the server. */
  readonly method: string;
  readonly label: (text: AccountTexts, locale: string) => string;
  readonly path: (flow: string) => string;
};

/** Ways beside phone and password, in the order in which they are offered. */
export const otherWays: readonly SignInWay[] = [];
