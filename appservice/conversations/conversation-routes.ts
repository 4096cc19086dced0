import { z } from 'zod';
import { route, TAKEN_OVER, type Route } from '../http/route.ts';
import type { ConversationId, EventId } from '../ids.ts';
import type { ConversationReader } from './conversation-reader.ts';
import type { ConversationService } from './conversation-service.ts';
import type { ConversationStreams } from './conversation-stream.ts';
import {
  conversationsResponse,
  eventsResponse,
  listEventsQuery,
  receiptRequest,
  sendEventResponse,
  typingRequest,
} from './conversation-wire.ts';
import { sendEventRequest } from './sent-event-wire.ts';

const ofConversation = z.strictObject({
  conversationId: z
    .uuid()
    .transform((id) => id as ConversationId)
    .describe('Id of a conversation of this visitor.'),
});

const DONE = { 204: { description: 'Done.' } } as const;

type Dependencies = {
  readonly conversations: ConversationService;
  readonly reader: ConversationReader;
  readonly streams: ConversationStreams;
};

/** What the panel asks for; everything of others answers 404. */
export function conversationRoutes({ conversations, reader, streams }: Dependencies): Route[] {
  const base = '/api/v1/visitor';
  return [
    route(
      {
        method: 'get',
        path: `${base}/conversations`,
        summary: 'Conversations of this visitor with the company, latest first.',
        auth: 'visitor',
        limit: 'read',
        responses: { 200: { description: 'The conversations.', schema: conversationsResponse } },
      },
      async ({ auth }) => {
        const own = await conversations.listOwn(auth);
        return { status: 200, body: { conversations: await Promise.all(own.map((conversation) => reader.summarize(conversation))) } };
      },
    ),
    route(
      {
        method: 'post',
        path: `${base}/events`,
        summary: 'Sends an event; sending it again with the same txnId has no effect.',
        auth: 'visitor',
        body: sendEventRequest,
        limit: 'write',
        responses: { 200: { description: 'Where the event stands.', schema: sendEventResponse } },
      },
      async ({ auth, body }) => ({ status: 200, body: await conversations.send(auth, body) }),
    ),
    route(
      {
        method: 'get',
        path: `${base}/conversations/:conversationId/events`,
        summary: 'Events of a conversation, oldest first.',
        auth: 'visitor',
        params: ofConversation,
        query: listEventsQuery,
        limit: 'read',
        responses: { 200: { description: 'A page of events.', schema: eventsResponse } },
      },
      async ({ auth, params, query }) => {
        const { conversation, visitor } = await conversations.getOwn(auth, params.conversationId);
        return { status: 200, body: await reader.listEvents(conversation, visitor, query) };
      },
    ),
    route(
      {
        method: 'put',
        path: `${base}/conversations/:conversationId/typing`,
        summary: 'Says that the visitor is writing, or stopped.',
        auth: 'visitor',
        params: ofConversation,
        body: typingRequest,
        limit: 'write',
        responses: DONE,
      },
      async ({ auth, params, body }) => {
        await conversations.setTyping(auth, params.conversationId, body.typing);
        return { status: 204 };
      },
    ),
    route(
      {
        method: 'put',
        path: `${base}/conversations/:conversationId/receipt`,
        summary: 'Marks everything up to an event as read.',
        auth: 'visitor',
        params: ofConversation,
        body: receiptRequest,
        limit: 'write',
        responses: DONE,
      },
      async ({ auth, params, body }) => {
        await conversations.markRead(auth, params.conversationId, body.eventId as EventId);
        return { status: 204 };
      },
    ),
    route(
      {
        method: 'get',
        path: `${base}/stream`,
        summary: 'Stream of events (text/event-stream), resumed with the header Last-Event-ID: <conversationId>:<seq>,…',
        auth: 'visitor',
        limit: 'read',
        responses: { 200: { description: 'Messages event, conversation, typing, ready; see StreamMessages.' } },
      },
      ({ auth, context }) => {
        streams.open(auth, context);
        return TAKEN_OVER;
      },
    ),
  ];
}
