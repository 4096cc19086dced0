import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * How a stub misbehaves. `silent`: never answers; `reset`: hangs up; `down`: 503 with a page; `garbage`: 200 with what means nothing;
 * `broken-off`: the answer stops in the middle; `endless`: it never stops; `redirect`: sends the caller elsewhere.
 */
export type StubFault = 'silent' | 'reset' | 'down' | 'garbage' | 'broken-off' | 'endless' | 'redirect';

/** A request as the stub got it. */
export type StubRequest = { readonly headers: IncomingHttpHeaders; readonly body: Readonly<Record<string, unknown>> };

/** What the stub answers when it works. */
export type StubAnswer = { readonly status: number; readonly type: string; readonly body: string };

/** A service of others that speaks JSON over HTTP, on this machine. */
export type StubServer = { readonly url: string; readonly requests: StubRequest[]; fault: StubFault | undefined; close(): Promise<void> };

/** Answers as the fault says; what is silent never ends. */
export function misbehave(fault: StubFault, response: ServerResponse, url: string): void {
  switch (fault) {
    case 'silent':
      return;
    case 'reset':
      return void response.socket?.resetAndDestroy();
    case 'down':
      return void response.writeHead(503, { 'content-type': 'text/html' }).end('<h1>Service Unavailable</h1>');
    case 'garbage':
      return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"messages":"yes"}');
    case 'redirect':
      return void response.writeHead(307, { location: `${url}elsewhere` }).end();
    case 'broken-off':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
      response.write('{"success":"1');
      return void setTimeout(() => response.socket?.destroy(), 20);
    case 'endless': {
      response.writeHead(200, { 'content-type': 'application/json' });
      const timer = setInterval(() => response.write(' '.repeat(20_000)), 5);
      response.on('close', () => clearInterval(timer));
    }
  }
}

/** Starts a stub; `answer` says what it answers to a request. */
export async function startStubServer(answer: (request: StubRequest) => StubAnswer): Promise<StubServer> {
  const requests: StubRequest[] = [];
  const server = createServer((incoming, response) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => void parts.push(part));
    incoming.on('end', () => {
      const body = JSON.parse(Buffer.concat(parts).toString('utf8') || '{}') as Record<string, unknown>;
      const request = { headers: incoming.headers, body };
      requests.push(request);
      if (stub.fault !== undefined) return misbehave(stub.fault, response, stub.url);
      const { status, type, body: text } = answer(request);
      response.writeHead(status, { 'content-type': type }).end(text);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stub: StubServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests,
    fault: undefined,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return stub;
}
