import type { AccountView } from '../../appservice/accounts/account-wire.ts';
import type {
  AcceptedAgentInvitation,
  AcceptInvitationRequest,
  AgentInvitationPreview,
} from '../../appservice/agent-invitations/agent-invitation-wire.ts';
import type { ContinuationRequest, ContinuationView } from '../../appservice/continuations/continuation-wire.ts';

/** What the server says went wrong, by its code; `offline` where it did not answer. */
export class JoiningFault extends Error {
  override readonly name = 'JoiningFault';
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

async function ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const content = body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(path, { method, ...content }).catch(() => undefined);
  if (response === undefined) throw new JoiningFault('offline');
  const decoded: unknown = await response.json().catch(() => ({}));
  if (response.ok) return decoded as Answer;
  throw new JoiningFault((decoded as { errcode?: string }).errcode ?? 'M_UNKNOWN');
}

/** The account that the browser is signed in to; undefined where it is to none. */
export async function findAccount(): Promise<AccountView | undefined> {
  try {
    return await ask<AccountView>('GET', '/api/v1/account');
  } catch (error) {
    if (error instanceof JoiningFault && /^M_(MISSING|UNKNOWN)_TOKEN$/.test(error.code)) return undefined;
    throw error;
  }
}

/** Every call throws `JoiningFault`. */
export const previewContinuation = (request: ContinuationRequest) =>
  ask<ContinuationView>('POST', '/api/v1/account/continuations/preview', request);
/** See `previewContinuation`. */
export const continueInAccount = (request: ContinuationRequest) => ask<ContinuationView>('POST', '/api/v1/account/continuations', request);
/** See `previewContinuation`. */
export const previewInvitation = (token: string, locale: 'de' | 'en') =>
  ask<AgentInvitationPreview>('POST', '/api/v1/account/agent-invitations/preview', { token, locale });
/** See `previewContinuation`. */
export const acceptInvitation = (request: AcceptInvitationRequest) =>
  ask<AcceptedAgentInvitation>('POST', '/api/v1/account/agent-invitations', request);
