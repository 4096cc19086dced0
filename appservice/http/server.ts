import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import type { Logger } from '../logger.ts';
import { accessLog } from './access-log.ts';
import type { HttpMiddleware, RequestState } from './context.ts';
import { errorAnswer, type ErrorAnswering } from './error-answer.ts';
import type { EventStreams } from './event-stream.ts';
import type { HttpMetrics } from './metrics.ts';
import { requestId } from './request-id.ts';
import { routerOf, type RouterOptions } from './router.ts';
import { securityHeaders } from './security-headers.ts';

/** Everything the HTTP server is made of. */
export type HttpServerOptions = RouterOptions &
  ErrorAnswering & {
    log: Logger;
    metrics: HttpMetrics;
    streams: EventStreams;
    /** Whether X-Forwarded-For and X-Forwarded-Proto of the one proxy in front are believed. */
    trustProxy: boolean;
    /** Static files and mounted applications, asked in order before the routes. */
    before?: readonly HttpMiddleware[];
  };

/** A server that can be started once and stopped once. */
export type HttpServer = {
  /** Begins to listen; port 0 takes a free one. Returns the port. */
  listen: (address: { host: string; port: number }) => Promise<number>;
  /** Takes no more requests, ends open streams, lets running requests finish for `GRACE_MS`, then closes. */
  close: () => Promise<void>;
};

const GRACE_MS = 5000;

/** Wires the middleware in the order a request passes them. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { log, metrics, streams, trustProxy, settings, before = [] } = options;
  const defaultHeaders = securityHeaders('api', settings);
  let closing = false;
  const withDefaultHeaders: HttpMiddleware = async (context, next) => {
    context.set(defaultHeaders);
    await next();
    // A connection kept for further requests would hold up the end.
    if (closing) context.set('Connection', 'close');
  };

  const koa = new Koa<RequestState>({ proxy: trustProxy, maxIpsCount: 1 });
  const steps = [
    requestId(trustProxy),
    accessLog(log, metrics),
    withDefaultHeaders,
    errorAnswer(log, options),
    ...before,
    ...routerOf(options),
  ];
  for (const step of steps) koa.use(step);
  // Reached only when an answer breaks off while it is written; the middleware above answer everything else.
  koa.on('error', (error: unknown) => log.debug('http_answer_broken', { code: error instanceof Error ? error.name : 'unknown' }));

  const answer = koa.callback();
  const server = createServer((request, response) => void answer(request, response));

  return {
    async listen({ host, port }) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      server.once('error', reject);
      server.listen(port, host, resolve);
      await promise;
      server.off('error', reject);
      const address = server.address() as AddressInfo;
      log.info('http_listening', { port: address.port });
      return address.port;
    },
    async close() {
      closing = true;
      const { promise, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      streams.close();
      const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS);
      await promise;
      clearTimeout(timer);
      log.info('http_closed');
    },
  };
}
