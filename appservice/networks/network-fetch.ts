import { NetworkFailure } from './network.ts';

/** A call to a network; `Response` holds the whole body already. */
export type NetworkFetch = (url: string | URL, init?: Pick<RequestInit, 'method' | 'headers' | 'body'>) => Promise<Response>;

type Options = {
  /** Hosts (with port, where there is one) that may be asked, and no other: addresses come from the network itself as well. */
  readonly hosts: readonly string[];
  /** Most time until the whole answer is there; somebody waits for it. */
  readonly timeoutMs?: number;
};

/** Longest answer that is read, in octets; real ones have a few thousand. */
const MAX_ANSWER = 262_144;

const WITHOUT_BODY = new Set([204, 205, 304]);

async function readBody(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > MAX_ANSWER) throw new NetworkFailure('garbage', 'too-long');
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

/** Makes a `NetworkFetch`; it follows no redirect, which could carry a token elsewhere. Throws `NetworkFailure`. */
export function createNetworkFetch({ hosts, timeoutMs = 8_000 }: Options): NetworkFetch {
  return async (url, { method = 'GET', headers = {}, body = null } = {}) => {
    if (!hosts.includes(new URL(url).host)) throw new NetworkFailure('garbage', 'host-not-listed');
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const response = await fetch(url, { method, headers, body, redirect: 'error', signal });
      const bytes = await readBody(response);
      const content = WITHOUT_BODY.has(response.status) ? null : bytes;
      return new Response(content, { status: response.status, headers: response.headers });
    } catch (cause) {
      if (cause instanceof NetworkFailure) throw cause;
      const isLate = cause instanceof Error && cause.name === 'TimeoutError';
      throw new NetworkFailure('unreachable', isLate ? 'silent' : 'no-answer', { cause });
    }
  };
}
