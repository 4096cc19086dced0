import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { ApiError } from '../errors.ts';
import type { AccountId } from '../ids.ts';
import { hashToken } from '../opaque-token.ts';
import type { SignInMethod } from './sign-in-method.ts';

/** Life of a code, in milliseconds. */
const LIFE_MS = 10 * 60_000;

const input = z.object({ code: z.string().min(1).max(64) });

/**
 * Signs in with a single-use code that the operator's API gave out: for trials and tests, in the embedded profile only. Codes live in
 * this process.
 */
export function createTrialMethod({ now }: { now: () => Date }) {
  const codes = new Map<string, { readonly accountId: AccountId; readonly until: number }>();
  const method: SignInMethod<typeof input> = {
    name: 'trial',
    input,
    async proveOwner({ code }) {
      const hash = hashToken(code);
      const found = codes.get(hash);
      codes.delete(hash);
      if (found === undefined || found.until <= now().getTime()) {
        throw new ApiError('COM_SMOOPE_NOT_PROVEN', 'body.code: was used, is too old or was never given.', { field: 'body.code' });
      }
      return found.accountId;
    },
  };
  return {
    method,
    /** A code for an account. */
    giveCode(accountId: AccountId): string {
      for (const [hash, { until }] of codes) if (until <= now().getTime()) codes.delete(hash);
      const code = randomBytes(16).toString('base64url');
      codes.set(hashToken(code), { accountId, until: now().getTime() + LIFE_MS });
      return code;
    },
  };
}

/** See `createTrialMethod`. */
export type TrialMethod = ReturnType<typeof createTrialMethod>;
