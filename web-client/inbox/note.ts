/** Something that the team wrote about a conversation, for itself. */
export type Note = { readonly id: string; readonly sender: string; readonly body: string; readonly isSystem: boolean; readonly at: number };

type Raw = {
  event_id?: unknown;
  sender?: unknown;
  type?: unknown;
  origin_server_ts?: unknown;
  content?: { body?: unknown; msgtype?: unknown };
};

/** A note as the homeserver answered it; undefined for what is none, or was taken back. */
export function noteOf(raw: unknown): Note | undefined {
  const { event_id: id, sender, type, origin_server_ts: at, content } = raw as Raw;
  const body = content?.body;
  if (type !== 'm.room.message' || typeof body !== 'string' || typeof id !== 'string' || typeof sender !== 'string') return undefined;
  return { id, sender, body, isSystem: content?.msgtype === 'm.notice', at: typeof at === 'number' ? at : 0 };
}
