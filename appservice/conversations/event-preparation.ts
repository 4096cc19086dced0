import type { Database } from '../database/database.ts';
import { ApiError } from '../errors.ts';
import type { AuthTypes } from '../http/auth.ts';
import type { ConversationId, EventId, PersonId } from '../ids.ts';
import { createConversationStore } from './conversation-store.ts';
import type { Conversation } from './conversation.ts';
import { createEventIndexStore, type IndexedEvent } from './event-index-store.ts';
import type { SentEvent } from './sent-event-wire.ts';

type Content = Readonly<Record<string, unknown>>;
type Session = AuthTypes['visitor'];

/** What is known of a file that a person uploaded to a conversation. */
export type Upload = {
  readonly type: string;
  readonly size: number;
  /** Matrix message type that fits the type; `m.file` fits all. */
  readonly msgtype: string;
  /** The given name as it may stand in an event. */
  readonly cleanName: (name: string) => string;
};

/** The upload under an address; undefined where it is not this person's or not of this conversation. */
export type FindUpload = (upload: { mxc: string; personId: PersonId; conversationId: ConversationId }) => Promise<Upload | undefined>;

/** Where an event has to go. `isBound`: there and nowhere else, even where new messages no longer go. */
export type Destination = { readonly conversationId: ConversationId | undefined; readonly isBound: boolean };

/** Checks what visitors send against the index, and writes what the server knows better than a browser. */
export type EventPreparation = {
  /** Looks at what the event relates to. Throws M_NOT_FOUND for what the person cannot see, M_FORBIDDEN for what is not theirs to change. */
  findDestination(session: Session, event: SentEvent): Promise<Destination>;
  /** Content to send to the conversation that was chosen; throws M_NOT_FOUND for a file that was not uploaded to it. */
  contentFor(event: SentEvent, conversation: Conversation, personId: PersonId): Promise<Content>;
};

type Relation = { readonly kind: 'reply' | 'edit' | 'reaction' | 'redaction'; readonly eventId: EventId; readonly field: string };

const REDACTABLE: ReadonlySet<string> = new Set(['m.room.message', 'm.reaction']);

function relationOfSent(event: SentEvent): Relation | undefined {
  if (event.type === 'm.room.redaction') {
    return { kind: 'redaction', eventId: event.content.redacts as EventId, field: 'body.content.redacts' };
  }
  const relation = event.content['m.relates_to'];
  if (relation === undefined) return undefined;
  const field = 'body.content.m.relates_to';
  if ('m.in_reply_to' in relation) {
    return { kind: 'reply', eventId: relation['m.in_reply_to'].event_id as EventId, field: `${field}.m.in_reply_to.event_id` };
  }
  const kind = relation.rel_type === 'm.replace' ? 'edit' : 'reaction';
  return { kind, eventId: relation.event_id as EventId, field: `${field}.event_id` };
}

const notFound = (field: string): ApiError =>
  new ApiError('M_NOT_FOUND', `${field}: there is no such event in this conversation`, { field });

const forbidden = (field: string, message: string): ApiError => new ApiError('M_FORBIDDEN', `${field}: ${message}`, { field });

function checkRight({ kind, field }: Relation, target: IndexedEvent & { isRedacted: boolean }, session: Session): void {
  // Taking the same back once more is a repetition and has no effect.
  if (target.isRedacted && kind !== 'redaction' && kind !== 'reply') throw notFound(field);
  if (kind === 'reply' || kind === 'reaction') {
    if (target.relation !== null) throw notFound(field);
    return;
  }
  if (target.sender !== session.visitor?.userId) throw forbidden(field, 'this is not an event of your own');
  if (kind === 'redaction' && !REDACTABLE.has(target.type)) throw forbidden(field, 'only messages, files and reactions can be taken back');
  // What carries a file is no text; an edit is edited by a further edit of its original.
  const isText = target.type === 'm.room.message' && target.mxc.length === 0 && target.relation === null;
  if (kind === 'edit' && !isText) throw forbidden(field, 'only text can be edited');
}

/** See `EventPreparation`. */
export function createEventPreparation({
  database,
  processId,
  findUpload,
}: {
  database: Database;
  processId: string;
  findUpload: FindUpload;
}): EventPreparation {
  const conversations = createConversationStore(database);
  const index = createEventIndexStore(database, processId);

  async function findTarget({ visitor, companyId }: Session, { eventId, field }: Relation) {
    const indexed = visitor === null ? undefined : await index.findByEventId(eventId);
    if (visitor === null || indexed === undefined) throw notFound(field);
    const conversation = await conversations.findOfPerson(indexed.conversationId, visitor.personId, companyId);
    const target = conversation === undefined ? undefined : (await index.findTargets(conversation, [eventId])).get(eventId);
    if (target === undefined) throw notFound(field);
    return target;
  }

  async function fileContent(content: FileContent, { id: conversationId }: Conversation, personId: PersonId): Promise<Content> {
    const upload = await findUpload({ mxc: content.url, personId, conversationId });
    if (upload === undefined) {
      const field = 'body.content.url';
      throw new ApiError('M_NOT_FOUND', `${field}: there is no such upload to this conversation`, { field });
    }
    if (content.msgtype !== 'm.file' && content.msgtype !== upload.msgtype) {
      const field = 'body.content.msgtype';
      throw new ApiError('M_INVALID_PARAM', `${field}: must be ${upload.msgtype} or m.file for this file`, { field });
    }
    const { type: mimetype, size, cleanName } = upload;
    return { ...content, body: cleanName(content.body), info: { ...content.info, mimetype, size } };
  }

  return {
    async findDestination(session, event) {
      const conversationId = event.conversationId as ConversationId | undefined;
      const relation = relationOfSent(event);
      if (relation === undefined) return { conversationId, isBound: false };
      const target = await findTarget(session, relation);
      if (conversationId !== undefined && conversationId !== target.conversationId) throw notFound(relation.field);
      checkRight(relation, target, session);
      return { conversationId: target.conversationId, isBound: relation.kind !== 'reply' };
    },

    async contentFor(event, conversation, personId) {
      if (event.type !== 'm.room.message') return event.content;
      const { content } = event;
      const relation = relationOfSent(event);
      if (relation?.kind === 'edit' && content.msgtype === 'm.text') return editContent(content);
      const related = relation === undefined ? undefined : await index.findByEventId(relation.eventId);
      // The conversation of what is answered no longer takes messages: the answer begins the new one by itself.
      const { 'm.relates_to': reply, ...said } = content;
      const kept = reply !== undefined && related?.conversationId === conversation.id ? { ...said, 'm.relates_to': reply } : said;
      return 'url' in kept ? fileContent(kept, conversation, personId) : kept;
    },
  };
}

type MessageContent = Extract<SentEvent, { type: 'm.room.message' }>['content'];
type TextContent = Extract<MessageContent, { msgtype: 'm.text' }>;
type FileContent = Omit<Extract<MessageContent, { url: string }>, 'm.relates_to'>;

// The body is for clients that know no edits (https://spec.matrix.org/v1.15/client-server-api/#event-replacements).
function editContent({ 'm.new_content': renewed, 'm.relates_to': relation }: TextContent): Content {
  return { msgtype: 'm.text', body: `* ${renewed?.body ?? ''}`, 'm.new_content': renewed, 'm.relates_to': relation };
}
