import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** A page may be filled in for so long, in milliseconds. */
const GOOD_FOR_MS = 24 * 3_600_000;

/** Nobody reads a form and writes into it in less, in milliseconds. */
const TOO_FAST_MS = 3_000;

/** What a token says. */
export type TokenVerdict = 'good' | 'tooFast' | 'expired';

/**
 * Tokens of form pages: when the page was made, and a random part that makes it one of its kind, signed. Nothing is kept of a page
 * that nobody sends.
 */
export function createFormTokens({ key, now }: { key: string; now: () => Date }) {
  const sign = (slug: string, issued: string, random: string): string =>
    createHmac('sha256', key).update(`contact-form ${slug} ${issued} ${random}`).digest('base64url').slice(0, 32);

  function isOurs(slug: string, issued: string, random: string, signature: string): boolean {
    const expected = Buffer.from(sign(slug, issued, random));
    const given = Buffer.from(signature);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  return {
    issue(slug: string): string {
      const issued = now().getTime().toString(36);
      const random = randomBytes(15).toString('base64url');
      return `${issued}.${random}.${sign(slug, issued, random)}`;
    },
    /** Judges a token of a company's form; one that is not ours counts as expired, because only a page made anew helps. */
    judge(slug: string, token: string): TokenVerdict {
      const [issued = '', random = '', signature = '', ...more] = token.split('.');
      if (more.length > 0 || !isOurs(slug, issued, random, signature)) return 'expired';
      const age = now().getTime() - Number.parseInt(issued, 36);
      if (age > GOOD_FOR_MS) return 'expired';
      return age < TOO_FAST_MS ? 'tooFast' : 'good';
    },
  };
}

/** See `createFormTokens`. */
export type FormTokens = ReturnType<typeof createFormTokens>;
