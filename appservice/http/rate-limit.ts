import { createHash, createHmac } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';
import type { Knex } from 'knex';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { ApiError } from '../errors.ts';
import type { HttpContext } from './context.ts';

/**
 * One limit. `network` counts per truncated address in PostgreSQL, for all processes; a whole office or mobile carrier may
 * stand behind one, hence the generous points. `caller` counts per token in memory, because a write should not cost a second one.
 */
export type LimitRule = { points: number; seconds: number; per: 'network' | 'caller' };

/** The limits a route may name. */
export const RATE_LIMITS = {
  /** Pages and reads that anyone may ask for and that cost us database work. */
  browse: { points: 1200, seconds: 60, per: 'network' },
  /** Steps of a sign-in, pages included; a whole office may begin its day at once. */
  'sign-in': { points: 600, seconds: 60, per: 'network' },
  /** Proving who one is: each try costs a hash or a message. */
  prove: { points: 60, seconds: 60, per: 'network' },
  /** Opening a visitor session: each makes a ghost and a room. */
  'open-session': { points: 300, seconds: 600, per: 'network' },
  /** Sending a form without script; each may make a room. */
  'contact-form': { points: 120, seconds: 600, per: 'network' },
  /** Asking for a code by SMS or mail: each costs money, and reaches somebody. */
  'ask-code': { points: 60, seconds: 3600, per: 'network' },
  /** Trying the code of a link, or one that was sent. */
  'try-link': { points: 60, seconds: 60, per: 'network' },
  /** Reading as a visitor; each read may ask the homeserver. */
  read: { points: 1200, seconds: 60, per: 'caller' },
  /** Any call of the operator's: whoever tries tokens is slowed down. */
  operate: { points: 1200, seconds: 60, per: 'network' },
  /** Writing as a visitor: ten a second is more than typing and less than flooding. */
  write: { points: 600, seconds: 60, per: 'caller' },
  /** Uploading files: each is looked at, made anew and scanned. */
  upload: { points: 60, seconds: 60, per: 'caller' },
  /** Downloading files: a long conversation shows many previews at once. */
  download: { points: 600, seconds: 60, per: 'caller' },
} as const satisfies Record<string, LimitRule>;

/** Name of a limit. */
export type LimitName = keyof typeof RATE_LIMITS;

/** Counts one request against a limit; throws M_LIMIT_EXCEEDED with the time to wait. */
export type RateLimit = (name: LimitName, context: HttpContext) => Promise<void>;

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

function callerKey(context: HttpContext): string {
  return createHash('sha256').update(context.get('authorization')).digest('base64url').slice(0, 22);
}

/** What the rate limits need; without `db` (tests, tools) all of them count in memory. */
export type RateLimitOptions = {
  /** Key of the hash under which networks are counted. */
  hashKey: string;
  /** Where networks are counted, in the table `rate_limit (key, points, expire)`. */
  db?: Knex;
  /** Other rules in place of `RATE_LIMITS`, for tests of the limits themselves. */
  rules?: Record<LimitName, LimitRule>;
};

/** Makes the rate limits. While PostgreSQL does not answer, networks are counted in memory: a limit never takes the service down. */
export function createRateLimit({ hashKey, db, rules = RATE_LIMITS }: RateLimitOptions): RateLimit {
  const limiters = new Map<string, RateLimiterAbstract>();
  for (const [name, { points, seconds, per }] of Object.entries(rules)) {
    const memory = new RateLimiterMemory({ keyPrefix: name, points, duration: seconds });
    const shared = (): RateLimiterAbstract =>
      new RateLimiterPostgres({
        storeClient: db,
        storeType: 'knex',
        tableName: 'rate_limit',
        tableCreated: true,
        keyPrefix: name,
        points,
        duration: seconds,
        inMemoryBlockOnConsumed: points + 1,
        insuranceLimiter: memory,
      });
    limiters.set(name, per === 'network' && db !== undefined ? shared() : memory);
  }
  const networkKey = (context: HttpContext): string =>
    createHmac('sha256', hashKey).update(truncateAddress(context.ip)).digest('base64url').slice(0, 22);

  return async (name, context) => {
    try {
      await limiters.get(name)?.consume(rules[name].per === 'network' ? networkKey(context) : callerKey(context));
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const message = `Too many requests${rules[name].per === 'network' ? ' from your network' : ''}; wait a moment.`;
      throw new ApiError('M_LIMIT_EXCEEDED', message, { retryAfterMs: Math.max(1000, refusal.msBeforeNext) });
    }
  };
}
