import { randomInt, timingSafeEqual } from 'node:crypto';
import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { ApiError } from '../errors.ts';
import type { MobileNumber } from '../ids.ts';
import { freeAt, LONGEST_WINDOW_MS, NUMBER_LIMITS, resendAt, wideLimits } from './phone-code-limits.ts';
import type { PhoneCodeSeal } from './phone-code-seal.ts';
import { createPhoneCodeStore, type PhoneCodeKey, type PhoneCodePurpose } from './phone-code-store.ts';
import { createPhoneCodeTextStore, type TextOwners } from './phone-code-text-store.ts';

/** Life of a code in minutes; texts say it. */
const LIFE_MINUTES = 10;

const MOST_TRIES = 5;

const MOST_PER_NUMBER = Math.max(...NUMBER_LIMITS.map(({ most }) => most));

/** What becomes of codes, for the metrics: many sent and few proved is how pumped traffic looks. */
export type PhoneCodeOutcome = 'sent' | 'limited' | 'proved' | 'wrong';

/** Which proof is meant: the same number, purpose and flow must come back with the code. */
export type PhoneProof = {
  readonly number: MobileNumber;
  readonly purpose: PhoneCodePurpose;
  /** Secret of the browser that asks, from its cookie; a code does not work in another. */
  readonly flowId: string;
};

type Dependencies = {
  readonly database: Database;
  readonly seal: PhoneCodeSeal;
  readonly sendText: (text: { to: MobileNumber; text: string; lifeMinutes: number }) => Promise<unknown>;
  /** Most texts for one network. */
  readonly network: { readonly perHour: number; readonly perDay: number };
  readonly countCode: (outcome: PhoneCodeOutcome) => void;
  readonly now: () => Date;
};

/** One answer for a code that is wrong, too old, used, replaced, tried too often, of another flow or never sent: who tries learns nothing. */
const wrongCode = (): ApiError =>
  new ApiError('COM_SMOOPE_CODE_WRONG', 'The code is wrong or too old; try again or ask for a new one.', { field: 'body.code' });

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Codes by text that prove a mobile number. Nothing here asks whether the number is known, so no answer and no time can tell. */
export function createPhoneCodes({ database, seal, sendText, network, countCode, now }: Dependencies) {
  const wide = wideLimits(network);

  function keyOf({ number, purpose, flowId }: PhoneProof): PhoneCodeKey {
    return { numberHash: seal.hashNumber(number), purpose, flowHash: seal.hashFlow(flowId) };
  }

  /** Counts the text or throws M_LIMIT_EXCEEDED; gives when the next may go to the number. */
  async function count(on: Database, owners: TextOwners): Promise<number> {
    const texts = createPhoneCodeTextStore(on);
    await texts.lock(owners);
    // Taken behind the lock: whoever waited for it comes later.
    const at = now();
    const times = await texts.listOfNumber(owners, new Date(at.getTime() - LONGEST_WINDOW_MS), MOST_PER_NUMBER);
    let free = resendAt(times);
    for (const limit of wide) {
      const since = new Date(at.getTime() - limit.withinMs);
      free = Math.max(free, freeAt(limit, await texts.findLast(limit.by, owners, since, limit.most)));
    }
    if (free > at.getTime()) {
      throw new ApiError('M_LIMIT_EXCEEDED', 'Too many codes were asked for; wait before you ask for another.', {
        retryAfterMs: free - at.getTime(),
      });
    }
    await texts.add(owners, at);
    return resendAt([at, ...times]);
  }

  return {
    /**
     * Sends a text with a new code, which voids the earlier one; M_LIMIT_EXCEEDED with the time to wait, COM_SMOOPE_TEXT_NOT_SENT.
     * `textOf` makes the text and may look whether the number is known; where the text does not hold the code, for somebody who is
     * not to get in with it, no code will be right. A text that did not go out counts for the limits: it may have arrived.
     */
    async send(
      proof: PhoneProof & { readonly network: string },
      textOf: (code: string) => string | Promise<string>,
    ): Promise<{ expiresAt: number; resendAt: number }> {
      const code = randomInt(1_000_000).toString().padStart(6, '0');
      const text = await textOf(code);
      const key = keyOf(proof);
      const owners = { number: key.numberHash, range: seal.hashRange(proof.number), network: seal.hashNetwork(proof.network) };
      // Six other signs are the code of nobody.
      const codeHash = seal.hashCode(text.includes(code) ? code : 'nobody', key);
      const expiresAt = now().getTime() + LIFE_MINUTES * 60_000;
      try {
        const next = await inTransaction(database, async (transaction) => {
          const free = await count(transaction, owners);
          await createPhoneCodeStore(transaction).replace(key, codeHash, new Date(expiresAt));
          return free;
        });
        await sendText({ to: proof.number, text, lifeMinutes: LIFE_MINUTES });
        countCode('sent');
        return { expiresAt, resendAt: next };
      } catch (error) {
        if (error instanceof ApiError && error.code === 'M_LIMIT_EXCEEDED') countCode('limited');
        throw error;
      }
    },

    /** Takes a code, once; throws COM_SMOOPE_CODE_WRONG for any that is not right, M_INVALID_PARAM for what is no code and no try. */
    async prove(proof: PhoneProof, input: string): Promise<void> {
      const code = input.normalize('NFKC').replaceAll(/[\s-]/g, '');
      if (!/^[0-9]{6}$/.test(code)) throw new ApiError('M_INVALID_PARAM', 'body.code must be six digits.', { field: 'body.code' });
      const key = keyOf(proof);
      const codes = createPhoneCodeStore(database);
      const kept = await codes.countTry(key, MOST_TRIES, now());
      const given = seal.hashCode(code, key);
      if (!isSame(given, kept ?? seal.hashCode('nobody', key)) || !(await codes.take(key, given))) {
        countCode('wrong');
        throw wrongCode();
      }
      countCode('proved');
    },

    /** Deletes codes that ended and texts that no limit counts any more. */
    async deleteExpired(): Promise<void> {
      const at = now();
      await createPhoneCodeStore(database).deleteExpired(at);
      await createPhoneCodeTextStore(database).deleteBefore(new Date(at.getTime() - LONGEST_WINDOW_MS));
    },
  };
}

/** See `createPhoneCodes`. */
export type PhoneCodes = ReturnType<typeof createPhoneCodes>;
