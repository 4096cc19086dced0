import { createLogger } from '../../appservice/logger.ts';
import { ApiError } from '../../appservice/errors.ts';
import { bearerToken, type Authenticators, type AuthTypes } from '../../appservice/http/auth.ts';
import { createEventStreams, type EventStreamOptions } from '../../appservice/http/event-stream.ts';
import { createMetrics, type Metrics } from '../../appservice/http/metrics.ts';
import { createRateLimit } from '../../appservice/http/rate-limit.ts';
import { createHttpServer, type HttpServerOptions } from '../../appservice/http/server.ts';
import type { EventStreams } from '../../appservice/http/event-stream.ts';
import type { CompanyId, SessionId } from '../../appservice/ids.ts';

/** The visitor session that the token `visitor-token` stands for. */
export const SESSION: AuthTypes['visitor'] = {
  id: '11111111-1111-4111-8111-111111111111' as SessionId,
  companyId: '22222222-2222-4222-8222-222222222222' as CompanyId,
  channel: 'widget',
  locale: 'de',
  visitor: null,
};

const refuse = (): never => {
  throw new ApiError('M_UNKNOWN_TOKEN', 'This token is not known.');
};

/** Who asks, by token: `visitor-token` only, unless a test says otherwise. */
export const authenticators: Authenticators = {
  none: async () => undefined,
  page: async () => undefined,
  account: async () => refuse(),
  api: async () => refuse(),
  visitor: async (context) => (bearerToken(context) === 'visitor-token' ? SESSION : refuse()),
  operator: async () => refuse(),
  homeserver: async () => refuse(),
};

/** A line of the log as it was written. */
export type LogLine = Record<string, unknown> & { event: string; level: string };

/** A running server with what a test may look at. */
export type TestServer = {
  origin: string;
  port: number;
  lines: LogLine[];
  metrics: Metrics;
  streams: EventStreams;
  close: () => Promise<void>;
};

/** Starts the real server with the given routes on a free port of this machine. */
export async function startServer(
  parts: Partial<Omit<HttpServerOptions, 'log' | 'metrics' | 'streams'>> & { streamOptions?: EventStreamOptions } = {},
): Promise<TestServer> {
  const lines: LogLine[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as LogLine) };
  const metrics = createMetrics();
  const streams = createEventStreams({ onCount: metrics.setStreamsOpen, ...parts.streamOptions });
  const server = createHttpServer({
    routes: [],
    authenticators,
    rateLimit: createRateLimit({ hashKey: 'a key of the tests' }),
    settings: { publicOrigin: 'http://localhost' },
    renderFault: (_context, { fault, requestId }) => `the page ${fault} ${requestId ?? ''}`,
    trustProxy: false,
    ...parts,
    log: createLogger({ level: 'debug', destination }),
    metrics,
    streams,
  });
  const port = await server.listen({ host: '127.0.0.1', port: 0 });
  return { origin: `http://127.0.0.1:${port}`, port, lines, metrics, streams, close: () => server.close() };
}

/** Body of an error answer. */
export type ErrorJson = { errcode: string; error: string; field?: string; retry_after_ms?: number; request_id?: string };

/** The status and the decoded error of an answer. */
export async function errorOf(response: Response): Promise<ErrorJson & { status: number }> {
  return { ...((await response.json()) as ErrorJson), status: response.status };
}
