import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { createTurns } from '../turns.ts';

/** Cost of a hash: memory in KiB, passes over it, lanes. */
export type PasswordCost = { readonly memory: number; readonly passes: number; readonly parallelism: number };

/** What OWASP asks for (Password Storage, argon2id); a changed cost reaches each password when it is used next. */
const COST: PasswordCost = { memory: 19_456, passes: 2, parallelism: 1 };

const SALT_OCTETS = 16;
const HASH_OCTETS = 32;

/**
 * Hashes at once in a process: half of the processors, so that conversations have the others, and two at most: they work in the few threads
 * that files and names of hosts need as well, and each takes its memory.
 */
const AT_ONCE = Math.max(1, Math.min(2, Math.floor(availableParallelism() / 2)));

/** Most that a stored hash may ask for; more is a row that is not ours. */
const MOST: PasswordCost = { memory: 262_144, passes: 10, parallelism: 4 };

/** The form of all argon2 libraries (https://github.com/P-H-C/phc-string-format/blob/master/phc-sf-spec.md). */
const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

type Stored = PasswordCost & { readonly salt: Buffer; readonly hash: Buffer };

function parse(stored: string): Stored {
  const [, memory, passes, parallelism, salt = '', hash = ''] = PHC.exec(stored) ?? [];
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  const isOurs = (Object.keys(MOST) as (keyof PasswordCost)[]).every((key) => cost[key] >= 1 && cost[key] <= MOST[key]);
  if (!isOurs) throw new Error('a stored password hash is malformed');
  return { ...cost, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') };
}

const withoutPadding = (octets: Buffer): string => octets.toString('base64').replace(/=+$/, '');

function format({ memory, passes, parallelism, salt, hash }: Stored): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${withoutPadding(salt)}$${withoutPadding(hash)}`;
}

function derive(password: string, { memory, passes, parallelism }: PasswordCost, salt: Buffer, octets: number): Promise<Buffer> {
  // One form for all keyboards and systems (RFC 8265 asks for NFC; NFKC also takes wide digits for digits).
  const message = password.normalize('NFKC');
  return new Promise((resolve, reject) => {
    argon2('argon2id', { message, nonce: salt, parallelism, tagLength: octets, memory, passes }, (error, hash) =>
      error === null ? resolve(hash) : reject(error),
    );
  });
}

/** What a check found. `replacement` is to be stored in place of the old hash, because the cost has changed since. */
export type PasswordCheck = { readonly isRight: boolean; readonly replacement?: string };

/** Makes and checks hashes of passwords (RFC 9106). Which passwords are taken is `acceptPassword`'s to say. */
export function createPasswords({ cost = COST }: { cost?: PasswordCost } = {}) {
  const inTurn = createTurns(AT_ONCE);
  const isCurrent = (stored: Stored): boolean =>
    (Object.keys(cost) as (keyof PasswordCost)[]).every((key) => stored[key] === cost[key]) && stored.hash.length === HASH_OCTETS;

  async function hash(password: string): Promise<string> {
    const salt = randomBytes(SALT_OCTETS);
    return format({ ...cost, salt, hash: await inTurn(() => derive(password, cost, salt, HASH_OCTETS)) });
  }

  return {
    /** How many hashes are made at the same time; more wait. */
    atOnce: AT_ONCE,
    /** A hash to be stored. */
    hash,
    /**
     * Compares with a stored hash in constant time. Without one, for an account that is not there or has no password, the same work
     * is done and nothing is right. Throws for a stored hash that is none.
     */
    async check(password: string, stored: string | undefined): Promise<PasswordCheck> {
      const kept = stored === undefined ? undefined : parse(stored);
      const { salt, hash: expected, ...costOfIt } = kept ?? { ...cost, salt: randomBytes(SALT_OCTETS), hash: randomBytes(HASH_OCTETS) };
      const found = await inTurn(() => derive(password, costOfIt, salt, expected.length));
      const isRight = timingSafeEqual(found, expected) && kept !== undefined;
      return isRight && !isCurrent(kept) ? { isRight, replacement: await hash(password) } : { isRight };
    },
  };
}

/** See `createPasswords`. */
export type Passwords = ReturnType<typeof createPasswords>;
