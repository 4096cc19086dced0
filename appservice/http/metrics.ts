import { timingSafeEqual } from 'node:crypto';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { ApiError } from '../errors.ts';
import { bearerToken } from './auth.ts';
import type { HttpContext } from './context.ts';
import { route, type Route } from './route.ts';

/** What the HTTP layer counts. */
export type HttpMetrics = {
  /** Counts a request by template and status class, and how long it took. */
  countRequest: (route: string, status: number, seconds: number) => void;
  /** Tells how many event streams are open now. */
  setStreamsOpen: (count: number) => void;
};

/** All figures of this process, for Prometheus; labels are templates and outcomes, never ids. */
export type Metrics = HttpMetrics & {
  /** Counts a Matrix event from a transaction by what became of it: `applied`, `duplicate`, `ignored`, `set-aside`. */
  countEvent: (outcome: string) => void;
  /** Tells how many Matrix calls wait in the outbox. */
  setOutboxDepth: (count: number) => void;
  /** Counts a text by gateway and outcome: `sent`, `failed`, `stopped` (the day's money is spent). */
  countText: (gateway: string, outcome: string) => void;
  /** Counts a code that proves a number by outcome: `sent`, `limited`, `proved`, `wrong`. */
  countCode: (outcome: string) => void;
  /** The exposition text. */
  text: () => Promise<string>;
};

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** Makes the figures of one process in a registry of its own. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'smoope_http_requests_total',
    help: 'Requests by route and status class',
    labelNames: ['route', 'status'],
    registers,
  });
  const durations = new Histogram({
    name: 'smoope_http_request_seconds',
    help: 'Time until an answer, streams until they are open',
    labelNames: ['route'],
    buckets: SECONDS,
    registers,
  });
  const streams = new Gauge({ name: 'smoope_streams_open', help: 'Event streams open now', registers });
  const events = new Counter({
    name: 'smoope_matrix_events_total',
    help: 'Events received from the homeserver by outcome',
    labelNames: ['outcome'],
    registers,
  });
  const outbox = new Gauge({ name: 'smoope_outbox_depth', help: 'Matrix calls that wait in the outbox', registers });
  const texts = new Counter({
    name: 'smoope_texts_total',
    help: 'Texts to mobile numbers by gateway and outcome; alarm on stopped',
    labelNames: ['gateway', 'outcome'],
    registers,
  });
  const codes = new Counter({
    name: 'smoope_phone_codes_total',
    help: 'Codes by text by outcome; few proved of many sent is how pumped traffic looks',
    labelNames: ['outcome'],
    registers,
  });
  return {
    countRequest(template, status, seconds) {
      requests.inc({ route: template, status: `${Math.floor(status / 100)}xx` });
      durations.observe({ route: template }, seconds);
    },
    setStreamsOpen: (count) => streams.set(count),
    countEvent: (outcome) => events.inc({ outcome }),
    setOutboxDepth: (count) => outbox.set(count),
    countText: (gateway, outcome) => texts.inc({ gateway, outcome }),
    countCode: (outcome) => codes.inc({ outcome }),
    text: () => registry.metrics(),
  };
}

// A proxy on this machine makes every caller look local; it names the real one in these headers.
function isLoopback(context: HttpContext): boolean {
  const remote = context.req.socket.remoteAddress ?? '';
  const forwarded = context.get('x-forwarded-for') !== '' || context.get('forwarded') !== '';
  return !forwarded && /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(remote);
}

function isEqual(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** `/metrics` for Prometheus: for callers on this machine, and for others with `token`. */
export function metricsRoutes({ metrics, token }: { metrics: Metrics; token: string }): Route[] {
  return [
    route(
      {
        method: 'get',
        path: '/metrics',
        summary: 'Figures of this process for Prometheus.',
        auth: 'none',
        responses: { 200: { description: 'Prometheus exposition format.' } },
        hidden: true,
      },
      async ({ context }) => {
        if (!isLoopback(context) && !isEqual(bearerToken(context), token)) {
          throw new ApiError('M_FORBIDDEN', 'This is not the token for metrics.');
        }
        return { status: 200, headers: { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' }, body: await metrics.text() };
      },
    ),
  ];
}
