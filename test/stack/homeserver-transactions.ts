import { randomUUID } from 'node:crypto';
import { callJson, type JsonAnswer, type StackAccess } from './stack-access.ts';

/** Hands the appservice a transaction as the homeserver does, or as somebody who says so. */
export function pushTransaction(
  stack: StackAccess,
  events: readonly unknown[],
  {
    txnId = randomUUID(),
    token = stack.secrets.homeserverToken,
    ephemeral = [],
  }: { txnId?: string; token?: string; ephemeral?: readonly unknown[] } = {},
): Promise<JsonAnswer> {
  return pushText(stack, JSON.stringify({ events, ephemeral }), { txnId, token });
}

/** As `pushTransaction`, with the body as text: some of what an attacker sends no object of JavaScript can hold. */
export function pushText(
  stack: StackAccess,
  body: string,
  { txnId = randomUUID(), token = stack.secrets.homeserverToken }: { txnId?: string; token?: string } = {},
): Promise<JsonAnswer> {
  const url = `${stack.appUrl}/_matrix/app/v1/transactions/${encodeURIComponent(txnId)}`;
  return callJson(url, { method: 'PUT', token, body });
}

/** How many Matrix events were received, by what became of them. */
export async function countEvents({ appUrl }: StackAccess): Promise<Record<string, number>> {
  const text = await (await fetch(`${appUrl}/metrics`)).text();
  const lines = text.matchAll(/^smoope_matrix_events_total\{outcome="([\w-]+)"\} (\d+)$/gm);
  return Object.fromEntries([...lines].map(([, outcome = '', count]) => [outcome, Number(count)]));
}
