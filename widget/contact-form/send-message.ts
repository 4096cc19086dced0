import type { SendEventRequest, SendEventResponse } from '../../appservice/conversations/conversation-wire.ts';
import { type Api, ApiFailure, isPassing } from '../transport/api.ts';
import { createSession } from '../transport/session.ts';
import type { SessionStore } from '../transport/session-store.ts';
import type { FormMessageKey } from './locales/messages.ts';

/** Where and how a message of the form goes. */
export type Destination = {
  readonly api: Api;
  readonly store: SessionStore;
  /** Slug of the company. */
  readonly company: string;
  /** Language of the page. */
  readonly locale: string;
};

/** Sends a message into the conversation that the panel shows; sending it again under the same id has no effect. Throws `ApiFailure`. */
export async function sendMessage({ api, store, company, locale }: Destination, body: string, txnId: string): Promise<void> {
  const session = createSession({ api, store, settings: { company: { slug: company }, channel: 'form', locale, ticket: null } });
  const request: SendEventRequest = { type: 'm.room.message', content: { msgtype: 'm.text', body }, txnId };
  await session.use((token) => api.call<SendEventResponse>({ method: 'POST', path: '/api/v1/visitor/events', token, body: request }));
}

/** What to tell the person about a message that could not be sent. */
export function explainFailure(error: unknown): FormMessageKey {
  if (error instanceof ApiFailure && error.status === 429) return 'busy';
  return isPassing(error) ? 'unreachable' : 'refused';
}
