import { createHmac } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';
import type { Knex } from 'knex';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { ApiError } from '../errors.ts';
import type { AuthKind, AuthTypes } from './auth.ts';
import { createLotLimiter, type Limiter } from './lot-limiter.ts';

/**
 * One limit, counted in PostgreSQL for all processes. `network` counts per truncated address; a whole office or mobile carrier
 * may stand behind one, hence the generous points. `person` counts who writes, however many sessions they have. `company` counts
 * all people of one company, so that a flood there leaves the others their share. `service` counts everybody: the share of the whole
 * service that something may take when it comes from very many networks at once; what a network's own limit refuses takes nothing of it.
 */
export type LimitRule = { readonly points: number; readonly seconds: number; readonly per: 'network' | 'person' | 'company' | 'service' };

const of =
  (per: LimitRule['per']) =>
  (points: number, seconds: number): LimitRule => ({ points, seconds, per });
const network = of('network');
const person = of('person');
const company = of('company');
const service = of('service');

/** The limits a route may name, each with its rules. */
export const RATE_LIMITS = {
  /** Pages and reads that anyone may ask for and that cost us database work. */
  browse: [network(1200, 60)],
  /** Steps of a sign-in, pages included; a whole office may begin its day at once. */
  'sign-in': [network(600, 60), service(1000, 10)],
  /** Proving who one is: each try costs a hash or a message. The share of all is wide: who fills it keeps everybody from signing in. */
  prove: [network(60, 60), service(300, 10)],
  /** Opening a visitor session: each makes a ghost and a room. */
  'open-session': [network(300, 600), company(6000, 600)],
  /** Sending a form without script; each may make a room. The form itself counts per company. */
  'contact-form': [network(120, 600)],
  /** Asking for a code by SMS or mail: each costs money, and reaches somebody. */
  'ask-code': [network(60, 3600), company(600, 3600)],
  /** Trying the code of a link, or one that was sent. */
  'try-link': [network(60, 60)],
  /** Reading as a visitor; each read may ask the homeserver. */
  read: [person(1200, 60), company(24_000, 60)],
  /** Any call of the operator's: whoever tries tokens is slowed down. */
  operate: [network(1200, 60)],
  /** Writing as a visitor: ten a second is more than typing and less than flooding. */
  write: [person(600, 60), company(12_000, 60)],
  /** Beginning to write to a company as a customer: it may make a room. */
  'open-conversation': [person(30, 3600), company(6000, 600)],
  /** Uploading files: each is looked at, made anew and scanned. */
  upload: [person(60, 60), company(1200, 60)],
  /** Downloading files: a long conversation shows many previews at once. */
  download: [person(600, 60), company(12_000, 60)],
} as const satisfies Record<string, readonly LimitRule[]>;

/** Name of a limit. */
export type LimitName = keyof typeof RATE_LIMITS;

/** For whom a request is counted; a rule about what is not given is asked another time, or never. */
export type Counted = {
  /** Address of the caller; only its network is counted. */
  readonly network?: string | undefined;
  /** Id of a person or account, or of a session that has no person yet. */
  readonly person?: string | undefined;
  /** Id of a company. */
  readonly company?: string | undefined;
};

/** Counts one request against a limit; throws M_LIMIT_EXCEEDED with the time to wait. */
export type RateLimit = (name: LimitName, counted: Counted) => Promise<void>;

/** For whom the request of somebody who is known by now is counted. */
export function countedOf<Kind extends AuthKind>(kind: Kind, auth: AuthTypes[Kind]): Counted {
  if (auth === undefined) return {};
  // A session has no person before its first message.
  if (kind === 'visitor') {
    const { id, visitor, companyId } = auth as AuthTypes['visitor'];
    return { person: visitor?.personId ?? id, company: companyId };
  }
  if (kind === 'api') return { person: (auth as AuthTypes['api']).userId };
  return kind === 'account' ? { person: (auth as AuthTypes['account']).accountId } : {};
}

function ipv6Groups(address: string): string[] {
  const [head = '', tail = ''] = address.split('%')[0]?.split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const gap = address.includes('::') ? Math.max(0, 8 - left.length - right.length) : 0;
  return [...left, ...Array.from({ length: gap }, () => '0'), ...right].map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''));
}

/** The network an address belongs to: /24 of IPv4, /48 of IPv6; the rest of the address is never used or kept (design 13). */
export function truncateAddress(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  if (isIPv4(mapped)) return `${mapped.split('.').slice(0, 3).join('.')}.0/24`;
  if (isIPv6(mapped)) return `${ipv6Groups(mapped).slice(0, 3).join(':')}::/48`;
  return 'unknown';
}

/** What the rate limits need; without `db` (tests, tools) all of them count in memory. */
export type RateLimitOptions = {
  /** Key of the hash under which networks, people and companies are counted. */
  hashKey: string;
  /** Where they are counted, in the table `rate_limit (key, points, expire)`. */
  db?: Knex;
  /** Other rules in place of `RATE_LIMITS`, for tests of the limits themselves. */
  rules?: Record<LimitName, readonly LimitRule[]>;
};

/** A limit is taken in so many lots: a write of its counter for each, and no more of it lost to a process that goes quiet. */
const LOTS = 20;

const TOO_MANY: Record<LimitRule['per'], string> = {
  network: 'Too many requests from your network; wait a moment.',
  person: 'Too many requests; wait a moment.',
  company: 'Very many people are writing here right now; wait a moment.',
  service: 'Very many people are signing in right now; wait a moment.',
};

/** Makes the rate limits. While PostgreSQL does not answer, everything is counted in memory: a limit never takes the service down. */
export function createRateLimit({ hashKey, db, rules = RATE_LIMITS }: RateLimitOptions): RateLimit {
  function limiterOf(keyPrefix: string, { points, seconds, per }: LimitRule): Limiter {
    const memory = new RateLimiterMemory({ keyPrefix, points, duration: seconds });
    if (db === undefined) return memory;
    const shared = new RateLimiterPostgres({
      storeClient: db,
      storeType: 'knex',
      tableName: 'rate_limit',
      tableCreated: true,
      keyPrefix,
      points,
      duration: seconds,
      inMemoryBlockOnConsumed: points + 1,
      insuranceLimiter: memory,
    });
    // Networks are counted one by one: their requests are few for each, and what is tried there is to be counted exactly.
    return per === 'network' ? shared : createLotLimiter(shared, Math.max(1, Math.floor(points / LOTS)));
  }

  const limiters = new Map(
    Object.entries(rules).map(([name, declared]) => [
      name,
      declared.map((rule) => ({ per: rule.per, limiter: limiterOf(rule.per === 'network' ? name : `${name}.${rule.per}`, rule) })),
    ]),
  );
  const keyOf = (per: LimitRule['per'], given: string): string =>
    createHmac('sha256', hashKey)
      .update(per === 'network' ? truncateAddress(given) : given)
      .digest('base64url')
      .slice(0, 22);

  async function count(limiter: Limiter, per: LimitRule['per'], given: string): Promise<void> {
    try {
      await limiter.consume(keyOf(per, given));
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      throw new ApiError('M_LIMIT_EXCEEDED', TOO_MANY[per], { retryAfterMs: Math.max(1000, refusal.msBeforeNext) });
    }
  }

  return async (name, counted) => {
    // The person first: who writes too much takes nothing of what the company has.
    for (const { per, limiter } of limiters.get(name) ?? []) {
      // Everybody is counted where the caller's network is, so once for each request.
      const given = per !== 'service' ? counted[per] : counted.network === undefined ? undefined : 'everybody';
      if (given !== undefined) await count(limiter, per, given);
    }
  };
}
