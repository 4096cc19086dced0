import { z } from 'zod';
import type { EventId, RoomId, UserId } from '../ids.ts';
import { readContentAddress } from './content-address.ts';

const content = z.custom<Readonly<Record<string, unknown>>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);

/**
 * An event as the homeserver gives it (https://spec.matrix.org/v1.15/client-server-api/#room-event-format). Every one is
 * untrusted: what does not fit is dropped and counted, unknown fields are ignored.
 */
const matrixEvent = z.object({
  event_id: z.string().regex(/^\$[\w./+=:-]{1,254}$/),
  room_id: z.string().regex(/^![\w.:=/+-]{1,254}$/),
  sender: z
    .string()
    .max(255)
    .regex(/^@[^:]+:.+$/),
  type: z.string().min(1).max(255),
  state_key: z.string().max(255).optional(),
  content,
  origin_server_ts: z.int().min(0),
  redacts: z.string().optional(),
  unsigned: z
    .object({
      transaction_id: z.string().optional(),
      redacted_because: z.unknown().optional(),
      'm.relations': z.object({ 'm.replace': z.unknown() }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});

/** See `matrixEvent`; ids are branded here, where they enter the system. */
export type MatrixEvent = {
  readonly eventId: EventId;
  readonly roomId: RoomId;
  readonly sender: UserId;
  readonly type: string;
  /** Set for state events only. */
  readonly stateKey: string | undefined;
  readonly content: Readonly<Record<string, unknown>>;
  /** Milliseconds since 1970, from the sender's homeserver. */
  readonly at: number;
  /** For `m.room.redaction`: the event that loses its content. */
  readonly redacts: EventId | undefined;
  /** The client's transaction id, given to the device that sent the event. */
  readonly txnId: string | undefined;
  /** The event to which this one belongs: root of its thread, else the event that it replies to. */
  readonly root: EventId | undefined;
  /** Addresses of media that the content refers to. */
  readonly mxc: readonly string[];
  /** The latest edit, where the homeserver names it (https://spec.matrix.org/v1.15/client-server-api/#server-side-aggregation-of-mreplace-relationships). */
  readonly edit?: MatrixEvent;
};

/** Decodes an event; undefined for what is none. `roomId` where the API leaves it out (sync). */
export function decodeEvent(value: unknown, roomId?: RoomId): MatrixEvent | undefined {
  const source = roomId === undefined || typeof value !== 'object' ? value : { ...value, room_id: roomId };
  const result = matrixEvent.safeParse(source);
  if (!result.success) return undefined;
  const event = result.data;
  const edit = decodeEdit(event);
  return {
    eventId: event.event_id as EventId,
    roomId: event.room_id as RoomId,
    sender: event.sender as UserId,
    type: event.type,
    stateKey: event.state_key,
    content: event.content,
    at: event.origin_server_ts,
    redacts: redactedBy(event),
    txnId: event.unsigned?.transaction_id,
    root: rootOf(event.content),
    mxc: mediaOf(event.content),
    ...(edit === undefined ? {} : { edit }),
  };
}

// An edit of an edit is none, so this goes one step deep.
function decodeEdit({ unsigned, room_id: roomId }: z.output<typeof matrixEvent>): MatrixEvent | undefined {
  const edit = unsigned?.['m.relations']?.['m.replace'];
  return edit === undefined ? undefined : decodeEvent({ ...Object(edit), unsigned: undefined }, roomId as RoomId);
}

// From room version 11 on the redacted event stands in the content. In an event of another type the word means nothing.
function redactedBy({ type, content: source, redacts }: z.output<typeof matrixEvent>): EventId | undefined {
  const eventId = typeof source['redacts'] === 'string' ? source['redacts'] : redacts;
  return type === 'm.room.redaction' && eventId?.startsWith('$') === true ? (eventId as EventId) : undefined;
}

/** Most addresses of one event; more are no message of a person. */
const MAX_MEDIA = 50;

/** Addresses of media that a content refers to, well-formed ones only (`mxc://../` is none), those of an edit's new content too. */
function mediaOf(source: Readonly<Record<string, unknown>>): string[] {
  const found = new Set<string>();
  for (const part of [source, objectAt(source, 'm.new_content')]) {
    const info = objectAt(part, 'info');
    const html = part['formatted_body'];
    for (const candidate of [
      part['url'],
      objectAt(part, 'file')['url'],
      info['thumbnail_url'],
      objectAt(info, 'thumbnail_file')['url'],
      ...(typeof html === 'string' ? (html.match(/mxc:\/\/[^\s"'<>]+/g) ?? []) : []),
    ]) {
      if (found.size < MAX_MEDIA && typeof candidate === 'string' && readContentAddress(candidate) !== undefined) found.add(candidate);
    }
  }
  return [...found];
}

// Many clients have no threads, so a reply counts as well (https://spec.matrix.org/v1.15/client-server-api/#threading).
function rootOf(source: Readonly<Record<string, unknown>>): EventId | undefined {
  const relation = objectAt(source, 'm.relates_to');
  const root = relation['rel_type'] === 'm.thread' ? relation['event_id'] : objectAt(relation, 'm.in_reply_to')['event_id'];
  return typeof root === 'string' && root.startsWith('$') ? (root as EventId) : undefined;
}

// The object under a key of untrusted content; empty where there is none.
function objectAt(source: Readonly<Record<string, unknown>>, key: string): Readonly<Record<string, unknown>> {
  const value = Object.hasOwn(source, key) ? source[key] : undefined;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
