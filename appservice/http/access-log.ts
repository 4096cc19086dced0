import type { Logger } from '../logger.ts';
import type { HttpMetrics } from './metrics.ts';
import type { HttpMiddleware } from './context.ts';

/** One log line and one count per request, by the template of the route: a path would carry ids of people. */
export function accessLog(log: Logger, metrics: HttpMetrics): HttpMiddleware {
  return async (context, next) => {
    const begin = performance.now();
    try {
      await next();
    } finally {
      const { requestId, route = 'unmatched' } = context.state;
      const durationMs = Math.round((performance.now() - begin) * 10) / 10;
      metrics.countRequest(route, context.status, durationMs / 1000);
      log.info('http_request', { requestId, method: context.method, route, status: context.status, durationMs });
    }
  };
}
