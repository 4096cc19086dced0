import type { ConversationEvent, SendEventRequest, SendEventResponse } from '../../appservice/conversations/conversation-wire.ts';
import type { PanelSettings } from '../../appservice/visitors/panel-wire.ts';
import type { OpenSessionRequest, OpenSessionResponse } from '../../appservice/visitors/visitor-wire.ts';
import { createSseParser } from '../../widget/transport/sse-parser.ts';
import { createArrivals, type Follower } from './arrivals.ts';
import { callJson } from './json-call.ts';

/** A visitor as the panel is one, over plain HTTP; does nothing beside that, because it is measured. */
export type Visitor = {
  readonly token: string;
  /** Sends a text the way the panel does: without naming a conversation. */
  send(text: string): Promise<SendEventResponse>;
  /** Opens the stream; resolves when it is live. */
  follow(): Promise<Follower>;
};

/** Loads the page of a company's panel; answers the ticket for one session. */
export async function openPanel(appUrl: string, slug: string): Promise<string> {
  const { ticket } = (await callJson({ method: 'GET', url: `${appUrl}/widget/${slug}?locale=en` })) as PanelSettings;
  if (ticket === null) throw new Error('the company is not open');
  return ticket;
}

/** Opens a session with a ticket. */
export async function openSession(appUrl: string, ticket: string): Promise<Visitor> {
  const request: OpenSessionRequest = { ticket, locale: 'en' };
  const { token } = (await callJson({ method: 'POST', url: `${appUrl}/api/v1/visitor/sessions`, body: request })) as OpenSessionResponse;
  return {
    token,
    async send(text) {
      const body: SendEventRequest = { type: 'm.room.message', content: { msgtype: 'm.text', body: text }, txnId: crypto.randomUUID() };
      return (await callJson({ method: 'POST', url: `${appUrl}/api/v1/visitor/events`, token, body })) as SendEventResponse;
    },
    follow: () => followStream(`${appUrl}/api/v1/visitor/stream`, token),
  };
}

async function followStream(url: string, token: string): Promise<Follower> {
  const arrivals = createArrivals();
  const stop = new AbortController();
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` }, signal: stop.signal });
  if (!response.ok || response.body === null) throw new Error(`the stream was refused: ${response.status}`);
  const messages = response.body.pipeThrough(new TextDecoderStream());
  const ready = Promise.withResolvers<void>();

  const parse = createSseParser(({ event, data }) => {
    if (event === 'ready') ready.resolve();
    if (event !== 'event') return;
    const { content } = JSON.parse(data) as ConversationEvent;
    if (typeof content['body'] === 'string') arrivals.note(content['body']);
  });
  async function read(): Promise<void> {
    for await (const chunk of messages) parse(chunk);
  }

  // What breaks it shows itself as a message that does not arrive.
  const ended = read().catch((error: unknown) => ready.reject(error));
  await ready.promise;
  return {
    arrivals,
    async stop() {
      stop.abort();
      await ended;
    },
  };
}
