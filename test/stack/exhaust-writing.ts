import { RATE_LIMITS } from '../../appservice/http/rate-limit.ts';
import type { StackAccess } from './stack-access.ts';

/** Requests under way at once. */
const AT_ONCE = 20;

/** Uses up what a person may write in a minute, with requests that change nothing; answers the last status. */
export async function exhaustWriting(stack: StackAccess, token: string): Promise<number> {
  const [{ points }] = RATE_LIMITS.write;
  let status = 0;
  for (let sent = 0; sent <= points; sent += AT_ONCE) {
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => writeNothing(stack, token)));
    status = answers.at(-1)?.status ?? 0;
  }
  return status;
}

/** A message without content: 400 M_MISSING_PARAM from whoever may write, 429 from whoever wrote too much. */
export async function writeNothing(stack: StackAccess, token: string): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(`${stack.appUrl}/api/v1/visitor/events`, { method: 'POST', headers, body: '{}' });
  await response.arrayBuffer();
  return response;
}
