import { jsonRequest, type JsonRequest } from '../stack/stack-access.ts';

const BOUND_MS = 60_000;

/** Makes a request; throws with status, path and error code where it is refused. */
export async function callJson({
  url,
  method = 'GET',
  signal = AbortSignal.timeout(BOUND_MS),
  ...request
}: JsonRequest & { readonly url: string }): Promise<unknown> {
  const response = await fetch(url, jsonRequest({ ...request, method, signal }));
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${new URL(url).pathname}: ${response.status} ${text.slice(0, 300)}`);
  return text === '' ? undefined : JSON.parse(text);
}
