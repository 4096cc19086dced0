import { ApiError } from '../errors.ts';

/** When somebody whose upload had no space tries again, in milliseconds. */
const RETRY_MS = 3_000;

/** Most uploads of one session at a time; a panel sends one after the other. */
const PER_SESSION = 3;

/** Memory for files that are being received: they are looked at as a whole, and nothing is written to a disk of ours. */
export type UploadSpace = {
  /** Runs `work` while `octets` of space are taken; throws M_LIMIT_EXCEEDED where there is none. */
  hold<Result>(sessionId: string, octets: number, work: () => Promise<Result>): Promise<Result>;
};

/** Space for `limit` octets in this process. */
export function createUploadSpace(limit: number): UploadSpace {
  let taken = 0;
  const bySession = new Map<string, number>();
  return {
    async hold(sessionId, octets, work) {
      const own = bySession.get(sessionId) ?? 0;
      if (own >= PER_SESSION || taken + octets > limit) {
        throw new ApiError('M_LIMIT_EXCEEDED', 'Too many files at once; wait a moment.', { retryAfterMs: RETRY_MS });
      }
      taken += octets;
      bySession.set(sessionId, own + 1);
      try {
        return await work();
      } finally {
        taken -= octets;
        const left = (bySession.get(sessionId) ?? 1) - 1;
        if (left === 0) bySession.delete(sessionId);
        else bySession.set(sessionId, left);
      }
    },
  };
}
