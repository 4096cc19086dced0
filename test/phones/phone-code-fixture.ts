import * as assert from 'uvu/assert';
import type { Database } from '../../appservice/database/database.ts';
import { ApiError } from '../../appservice/errors.ts';
import type { MobileNumber } from '../../appservice/ids.ts';
import { createNumberHash } from '../../appservice/phones/number-hash.ts';
import { createPhoneCodeSeal } from '../../appservice/phones/phone-code-seal.ts';
import { createPhoneCodes, type PhoneCodes, type PhoneProof } from '../../appservice/phones/phone-codes.ts';

/** Numbers that are kept free for films; the first two are neighbours. */
export const NUMBERS = ['+491713920012', '+491713920013', '+4915228817386'] as unknown as readonly [
  MobileNumber,
  MobileNumber,
  MobileNumber,
];

/** A number of the same range as another, with three digits of its own. */
export const neighbour = (index: number): MobileNumber => `+491713920${String(index).padStart(3, '0')}` as MobileNumber;

/** Codes with a clock that is set and texts that are caught. */
export type CodeBench = {
  readonly codes: PhoneCodes;
  readonly clock: { ms: number };
  readonly texts: { to: MobileNumber; text: string; lifeMinutes: number }[];
  readonly counted: string[];
  /** Makes sending fail. */
  failure: Error | undefined;
  /** Asks for a code and gives it as it stood in the text. */
  ask(changes?: Partial<PhoneProof & { network: string }>): Promise<string>;
  /** `right`, or the refusal of a code. */
  tell(code: string, changes?: Partial<PhoneProof>): Promise<string>;
  /** `sent`, or the code of the refusal with the seconds to wait. */
  tryAsk(changes?: Partial<PhoneProof & { network: string }>): Promise<string>;
};

/** What is asked for where a test says nothing else. */
export const PROOF = { number: NUMBERS[0], purpose: 'register', flowId: 'flow-of-one', network: '198.51.100.0/24' } as const;

/** Makes a bench; the clock begins at a full hour. */
export function makeBench(database: Database, network = { perHour: 1_000, perDay: 1_000 }): CodeBench {
  const hashKey = 'k'.repeat(43);
  const clock = { ms: Date.parse('2026-11-23T12:00:00Z') };
  const texts: CodeBench['texts'] = [];
  const counted: string[] = [];
  const seal = createPhoneCodeSeal({ hashKey, hashNumber: createNumberHash({ hashKey }) });
  const bench: CodeBench = {
    clock,
    texts,
    counted,
    failure: undefined,
    codes: createPhoneCodes({
      database,
      seal,
      network,
      countCode: (outcome) => counted.push(outcome),
      now: () => new Date(clock.ms),
      async sendText(text) {
        if (bench.failure !== undefined) throw bench.failure;
        texts.push(text);
      },
    }),
    async ask(changes = {}) {
      await bench.codes.send({ ...PROOF, ...changes }, (code) => `${code} ist Ihr Code.`);
      return texts.at(-1)?.text.slice(0, 6) ?? '';
    },
    async tell(code, changes = {}) {
      try {
        await bench.codes.prove({ ...PROOF, ...changes }, code);
        return 'right';
      } catch (error) {
        assert.instance(error, ApiError);
        const { code: errcode, status, field, message } = error as ApiError;
        return `${errcode} ${status} ${field} ${message}`;
      }
    },
    async tryAsk(changes = {}) {
      try {
        await bench.ask(changes);
        return 'sent';
      } catch (error) {
        assert.instance(error, ApiError);
        return `${(error as ApiError).code} ${((error as ApiError).retryAfterMs ?? 0) / 1000}`;
      }
    },
  };
  return bench;
}

/** A code of six digits that is not this one. */
export const otherThan = (code: string, step = 1): string => String((Number(code) + step) % 1_000_000).padStart(6, '0');
