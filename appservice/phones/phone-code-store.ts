import type { Database } from '../database/database.ts';

/** What a code is for; one for another purpose is none. */
export type PhoneCodePurpose = 'register' | 'sign-in' | 'recover' | 'change-number';

/** Which code is meant. */
export type PhoneCodeKey = { readonly numberHash: string; readonly purpose: PhoneCodePurpose; readonly flowHash: string };

/** Rows of `phone_code`. */
export function createPhoneCodeStore(database: Database) {
  const codes = () => database('phone_code');
  return {
    /** Keeps a code in place of an earlier one of the number, and of one that the flow asked for to another number. */
    async replace({ numberHash, purpose, flowHash }: PhoneCodeKey, codeHash: string, expiresAt: Date): Promise<void> {
      await codes().where({ flow_hash: flowHash, purpose }).delete();
      await codes()
        .insert({ number_hash: numberHash, purpose, flow_hash: flowHash, code_hash: codeHash, tries: 0, expires_at: expiresAt })
        .onConflict(['number_hash', 'purpose'])
        .merge();
    },
    /** Counts a try and gives the hash to compare with, in one statement; undefined where there is no code or no try left. */
    async countTry({ numberHash, purpose, flowHash }: PhoneCodeKey, mostTries: number, now: Date): Promise<string | undefined> {
      const rows = await codes()
        .where({ number_hash: numberHash, purpose, flow_hash: flowHash })
        .where('tries', '<', mostTries)
        .where('expires_at', '>', now)
        .update({ tries: database.raw('tries + 1') })
        .returning<{ code_hash: string }[]>('code_hash');
      return rows[0]?.code_hash;
    },
    /** Uses a code up; false where another request did so, or a new code took its place. */
    async take({ numberHash, purpose, flowHash }: PhoneCodeKey, codeHash: string): Promise<boolean> {
      return (await codes().where({ number_hash: numberHash, purpose, flow_hash: flowHash, code_hash: codeHash }).delete()) > 0;
    },
    async deleteExpired(now: Date): Promise<void> {
      await codes().where('expires_at', '<=', now).delete();
    },
  };
}
