import type { JWK } from 'oidc-provider';

/** A key with which tokens for the homeserver are signed. */
export type SigningKey = { readonly id: string; readonly jwk: JWK; readonly createdAt: Date };

/** Longest life of a token that is signed, in milliseconds. */
export const TOKEN_LIFE_MS = 10 * 60_000;

/** A key is published so long before it signs, so that every process and the homeserver know it by then. */
export const NOTICE_MS = 60 * 60_000;

/** A key signs so long until its successor is made. */
export const ROTATION_MS = 90 * 86_400_000;

const byAge = (keys: readonly SigningKey[]): SigningKey[] =>
  keys.toSorted((one, other) => one.createdAt.getTime() - other.createdAt.getTime());

/**
 * Which keys are published now, the one that signs first. The newest key signs once it has been published for `NOTICE_MS`; the one
 * before it stays published until the last token that it signed has ended.
 */
export function publishedKeys(keys: readonly SigningKey[], now: Date): SigningKey[] {
  const ordered = byAge(keys);
  const signsSince = ({ createdAt }: SigningKey): number => createdAt.getTime() + NOTICE_MS;
  const ready = ordered.filter((key) => signsSince(key) <= now.getTime());
  const signing = ready.at(-1) ?? ordered[0];
  if (signing === undefined) return [];
  const upcoming = ordered.slice(ordered.indexOf(signing) + 1);
  const isNeeded = (key: SigningKey): boolean => {
    const successor = ready[ready.indexOf(key) + 1];
    return successor !== undefined && signsSince(successor) + TOKEN_LIFE_MS > now.getTime();
  };
  return [signing, ...upcoming, ...ready.slice(0, -1).filter(isNeeded)];
}

/** Whether it is time for a new key. */
export function isRotationDue(keys: readonly SigningKey[], now: Date): boolean {
  const newest = byAge(keys).at(-1);
  return newest === undefined || newest.createdAt.getTime() + ROTATION_MS <= now.getTime();
}
