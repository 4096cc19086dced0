import { z } from 'zod';

/**
 * What the panel and the appservice say to each other about conversations. Browser code imports the types only.
 * Events are Matrix-shaped (`type`, `content`); stickers and polls come as messages, a type that the panel does not know as it is.
 */

/** A node of formatted text: plain text, or an allowed element. Browsers render nodes; no HTML string reaches a browser API. */
export type TextNode = string | TextElement;

/** Elements that formatted text may hold; all others are replaced by their children. */
export type TextTag =
  | 'p'
  | 'br'
  | 'b'
  | 'i'
  | 'u'
  | 's'
  | 'code'
  | 'pre'
  | 'quote'
  | 'ul'
  | 'ol'
  | 'li'
  | 'a'
  | 'h1'
  | 'h2'
  | 'h3'
  | 'hr'
  | 'table'
  | 'tr'
  | 'th'
  | 'td'
  | 'sub'
  | 'sup';

/** An allowed element with its children. */
export type TextElement = {
  readonly tag: TextTag;
  /** Target of a link: http, https, mailto, tel or matrix; only on `a`. */
  readonly href?: string;
  /** Number with which a list begins, where it is not 1; only on `ol`. */
  readonly start?: number;
  readonly children: readonly TextNode[];
};

const time = () => z.int().describe('Milliseconds since 1970.');

/** Who wrote an event, as the person may see it: never a Matrix id of an agent. */
export const sender = z
  .object({
    kind: z.enum(['person', 'agent', 'company']).describe('Who it is.'),
    id: z.string().describe('Stable within the company, says nothing outside it.'),
    name: z.string().describe('Name that the company chose; empty for the person.'),
    pictureUrl: z.string().nullable().describe('Address on our origin, or null.'),
  })
  .readonly();
/** See `sender`. */
export type Sender = z.infer<typeof sender>;

/** An event of a conversation as the person sees it. */
export const conversationEvent = z
  .object({
    conversationId: z.string().describe('Conversation in which it stands.'),
    seq: z.int().nullable().describe('Place in the conversation, for resuming; null where it has none.'),
    eventId: z.string().describe('Matrix event id.'),
    type: z.string().describe('Matrix event type, for example m.room.message or m.room.redaction.'),
    at: time(),
    sender,
    content: z
      .record(z.string(), z.unknown())
      .readonly()
      .describe(
        'Matrix content as it was sent, without Matrix ids of members and HTML, related to events the person can see only; empty once it was redacted.',
      ),
    text: z
      .array(z.custom<TextNode>().meta({ override: { description: 'A string, or an element with tag, href or start, and children.' } }))
      .readonly()
      .optional()
      .describe('Formatted text of an m.room.message as nodes; of an edit, of its m.new_content.'),
    redacts: z.string().optional().describe('For m.room.redaction: the event that lost its content.'),
    txnId: z.string().optional().describe("The sender's own transaction id, where this device sent the event."),
  })
  .readonly();
/** See `conversationEvent`. */
export type ConversationEvent = z.infer<typeof conversationEvent>;

/** waiting: nobody has answered yet; open: answered; closed. */
export const conversationStatus = z.enum(['waiting', 'open', 'closed']);
/** See `conversationStatus`. */
export type ConversationStatus = z.infer<typeof conversationStatus>;

/** How far a conversation is. */
export const conversationSummary = z
  .object({
    id: z.string().describe('Id of the conversation.'),
    number: z.int().describe('Short number that person and company can name to each other.'),
    status: conversationStatus.describe('waiting: nobody has answered yet; open: answered; closed.'),
    encrypted: z.boolean().describe('Whether content is end-to-end encrypted.'),
    openedAt: time(),
    closedAt: time().nullable(),
    rated: z.boolean().optional().describe('Whether this closing was rated; absent while the conversation is not closed.'),
    lastSeq: z.int().describe('Highest place of an event.'),
    readByPersonSeq: z.int().describe('Up to where the person has read.'),
    readByCompanySeq: z.int().describe('Up to where anyone of the company has read.'),
    unread: z.int().describe('Number of messages that the person has not read.'),
    answering: z.array(sender).readonly().describe('Who answers, latest first, with the names and pictures the company chose.'),
  })
  .readonly();
/** See `conversationSummary`. */
export type ConversationSummary = z.infer<typeof conversationSummary>;

// Browser code finds all of the wire under this name.
export type { SendEventRequest } from './sent-event-wire.ts';

/** Answer of `POST /api/v1/visitor/events`. */
export const sendEventResponse = z.object({
  eventId: z.string().describe('Matrix event id.'),
  conversationId: z.uuid().describe('Conversation in which the event stands.'),
  seq: z.int().describe('Place in the conversation.'),
  at: z.int().describe('Milliseconds since 1970.'),
});
/** See `sendEventResponse`. */
export type SendEventResponse = z.infer<typeof sendEventResponse>;

/** Answer of `GET /api/v1/visitor/conversations`, latest first. */
export const conversationsResponse = z.object({ conversations: z.array(conversationSummary).readonly() }).readonly();
/** See `conversationsResponse`. */
export type ConversationsResponse = z.infer<typeof conversationsResponse>;

/** Query of `GET /api/v1/visitor/conversations/{conversationId}/events`. */
export const listEventsQuery = z.strictObject({
  before: z.string().max(200).optional().describe('`before` of the previous answer; without it the latest events.'),
  limit: z.coerce.number().int().min(1).max(100).default(30).describe('Number of events at most.'),
});

/** Answer of `GET …/events`: oldest first. */
export const eventsResponse = z
  .object({
    events: z.array(conversationEvent).readonly(),
    before: z.string().nullable().describe('Opaque mark for the events before these; null at the beginning of the conversation.'),
  })
  .readonly();
/** See `eventsResponse`. */
export type EventsResponse = z.infer<typeof eventsResponse>;

/** Body of `PUT …/typing`. */
export const typingRequest = z.strictObject({ typing: z.boolean().describe('Whether the person is writing.') });

/** Body of `PUT …/receipt`. */
export const receiptRequest = z.strictObject({ eventId: z.string().startsWith('$').max(255).describe('Latest event that was read.') });

/**
 * Messages of the stream `GET /api/v1/visitor/stream` (server-sent events, https://html.spec.whatwg.org/multipage/server-sent-events.html).
 * The SSE `event` is the key, `data` the JSON of the value. An `event` message has the id `<conversationId>:<seq>`; a client
 * resumes by sending the header `Last-Event-ID: <conversationId>:<seq>,…` with the highest seq it has of each conversation.
 */
export type StreamMessages = {
  /** An event of one of the person's conversations. */
  event: ConversationEvent;
  /** State of a conversation changed: status, who answers, what was read. */
  conversation: ConversationSummary;
  /** Somebody of the company writes, or stopped. */
  typing: { readonly conversationId: string; readonly senders: readonly Sender[] };
  /** Everything missed was sent; what follows is live. */
  ready: Record<string, never>;
};
