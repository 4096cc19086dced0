import { request as ask, type RequestOptions } from 'node:http';

/** An answer to somebody of a network. */
export type NetworkAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
};

/** What is asked. */
export type NetworkRequest = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

type Sent = { readonly address: URL; readonly options: RequestOptions; readonly text: string | undefined };

function send({ address, options, text }: Sent): Promise<NetworkAnswer> {
  return new Promise((resolve, reject) => {
    const request = ask(address, options, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => void parts.push(part));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(parts).toString('utf8') }),
      );
    });
    request.on('error', reject);
    request.end(text);
  });
}

/**
 * Somebody whose requests count for a network of their own, so that a flood of theirs costs the suites that run beside nothing: they ask
 * from another address of this machine. A system that has only one loopback address asks from that.
 */
export function fromNetwork(second: number, third: number) {
  return async (url: string, { method = 'GET', headers = {}, body }: NetworkRequest = {}): Promise<NetworkAnswer> => {
    const address = new URL(url);
    const text = body === undefined ? undefined : JSON.stringify(body);
    const options: RequestOptions = {
      host: '127.0.0.1',
      method,
      agent: false,
      headers: {
        host: address.host,
        ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
        ...headers,
      },
    };
    try {
      return await send({ address, options: { ...options, localAddress: `127.${second}.${third}.1` }, text });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRNOTAVAIL') throw error;
      return send({ address, options, text });
    }
  };
}

/** See `fromNetwork`. */
export type FromNetwork = ReturnType<typeof fromNetwork>;
