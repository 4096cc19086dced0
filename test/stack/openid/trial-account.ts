import { z } from 'zod';
import { callJson, type StackAccess } from '../stack-access.ts';

const accountSchema = z.object({ id: z.string(), userId: z.string() });

/** An account for a test, with codes that sign in to it. */
export type TrialAccount = z.infer<typeof accountSchema> & { newCode(): Promise<string> };

/** Makes an account as the operator of an embedded stack may. */
export async function newTrialAccount(
  { appUrl, operatorToken: token }: StackAccess,
  names: { firstName: string; lastName: string; alias?: string },
): Promise<TrialAccount> {
  const base = `${appUrl}/api/v1/operator/trial-accounts`;
  const account = accountSchema.parse((await callJson(base, { method: 'POST', token, body: names })).body);
  return {
    ...account,
    async newCode() {
      const answer = await callJson(`${base}/${account.id}/codes`, { method: 'POST', token });
      return z.object({ code: z.string() }).parse(answer.body).code;
    },
  };
}
