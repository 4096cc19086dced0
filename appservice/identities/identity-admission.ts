import type { Company } from '../companies/company.ts';
import { ApiError } from '../errors.ts';
import type { SessionIdentity } from '../visitors/visitor-session-store.ts';

const HOUR_MS = 3_600_000;

/**
 * Throws COM_SMOOPE_IDENTITY_REQUIRED where the company takes messages of its own users only, and the session has not proven to
 * be one, or not lately. A mail address that somebody typed proves nothing.
 */
export function admitIdentity({ settings }: Company, identity: SessionIdentity | null, now: Date): void {
  const { required, maxAgeHours } = settings.identity;
  if (!required) return;
  if (identity !== null && now.getTime() - identity.verifiedAt.getTime() <= maxAgeHours * HOUR_MS) return;
  throw new ApiError('COM_SMOOPE_IDENTITY_REQUIRED', 'The website must say who you are before you can write; please sign in there again.');
}
