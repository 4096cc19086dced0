import { randomInt } from 'node:crypto';
import type { AccountId, PersonId } from '../ids.ts';

/** What somebody told who makes an account. */
export type AccountNames = {
  readonly firstName: string;
  readonly lastName: string;
  /** Name that companies see in place of the first name. */
  readonly alias: string | null;
};

/** The privacy notice as the person has seen it. */
export type SeenNotice = {
  readonly version: string;
  /** SHA-256 of the text that was shown. */
  readonly hash: string;
  readonly seenAt: Date;
};

/** Somebody who signs in: a customer or an agent. */
export type Account = AccountNames & {
  readonly id: AccountId;
  readonly personId: PersonId;
  /** Language in which the person is answered (BCP 47). */
  readonly locale: string;
  readonly notice: SeenNotice;
  readonly createdAt: Date;
};

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const SIGNS = `${LETTERS}234567`;
const LENGTH = 20;

/** A new id of some 100 random bits; it begins with a letter and fits the local part of a Matrix id as it is. */
export function newAccountId(): AccountId {
  const pick = (signs: string): string => signs[randomInt(signs.length)] ?? '';
  return `${pick(LETTERS)}${Array.from({ length: LENGTH - 1 }, () => pick(SIGNS)).join('')}` as AccountId;
}

/** What others read as the person's name: the alias, else the first name (design, terms); never the surname. */
export function displayNameOf({ alias, firstName }: Pick<AccountNames, 'alias' | 'firstName'>): string {
  return alias ?? firstName;
}
