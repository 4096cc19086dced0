import { z } from 'zod';
import { route, type Route } from './route.ts';

/** Things that must answer before this process can serve; each check throws or rejects when it does not. */
export type HealthChecks = Record<string, () => Promise<void>>;

const CHECK_MS = 2000;

const readiness = z.object({
  status: z.enum(['ok', 'unavailable']).describe('Whether every check passed.'),
  checks: z.record(z.string(), z.enum(['ok', 'failed'])).describe('Outcome of each check.'),
});

async function outcomeOf(check: () => Promise<void>): Promise<'ok' | 'failed'> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('late')), CHECK_MS);
  try {
    await Promise.race([check(), late]);
    return 'ok';
  } catch {
    // The answer says which check failed; why stands in the log of the part that failed.
    return 'failed';
  } finally {
    clearTimeout(timer);
  }
}

/** `/health/live` (this process answers) and `/health/ready` (so does what it needs). */
export function healthRoutes(checks: HealthChecks): Route[] {
  return [
    route(
      {
        method: 'get',
        path: '/health/live',
        summary: 'Whether this process answers.',
        auth: 'none',
        responses: { 200: { description: 'It does.', schema: z.object({ status: z.literal('ok') }) } },
      },
      () => ({ status: 200, body: { status: 'ok' } }),
    ),
    route(
      {
        method: 'get',
        path: '/health/ready',
        summary: 'Whether this process can serve: database and homeserver answer.',
        auth: 'none',
        responses: { 200: { description: 'Ready.', schema: readiness }, 503: { description: 'Something is missing.', schema: readiness } },
      },
      async () => {
        const outcomes = await Promise.all(Object.entries(checks).map(async ([name, check]) => [name, await outcomeOf(check)] as const));
        const ready = outcomes.every(([, outcome]) => outcome === 'ok');
        return { status: ready ? 200 : 503, body: { status: ready ? 'ok' : 'unavailable', checks: Object.fromEntries(outcomes) } };
      },
    ),
  ];
}
