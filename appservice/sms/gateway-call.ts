import { TextNotSent } from './sms.ts';

/** Where and how a gateway is asked; both differ from the real ones in tests only. */
export type CallOptions = {
  readonly url: string;
  /** Most time until the whole answer is there; default 8 s. Somebody waits for it. */
  readonly timeoutMs?: number;
};

/** An answer as it came; what it means is the adapter's to say. */
export type GatewayAnswer = { readonly status: number; readonly body: string };

/** Longest answer that is read, in octets; real ones have a few hundred. */
const MAX_ANSWER = 65_536;

async function readBody(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > MAX_ANSWER) throw new Error('the answer is too long');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/**
 * Posts JSON to a gateway, once: whether a text went out before the answer was lost cannot be known. Follows no redirect, which
 * could carry a number to another country. Throws `TextNotSent` where no whole answer came.
 */
export async function callGateway(
  name: string,
  { url, timeoutMs = 8_000 }: CallOptions,
  headers: Readonly<Record<string, string>>,
  body: unknown,
): Promise<GatewayAnswer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.status, body: await readBody(response) };
  } catch (cause) {
    const isLate = cause instanceof Error && cause.name === 'TimeoutError';
    throw new TextNotSent(`${name}-${isLate ? 'silent' : 'unreachable'}`, 'gateway', { cause });
  }
}

/** The answer as JSON; undefined where it is none. */
export function toJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
