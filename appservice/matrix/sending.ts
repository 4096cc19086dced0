import type { DeviceId, EventId, RoomId, UserId } from '../ids.ts';
import { MatrixError, matrixPath, type HomeserverClient } from './homeserver-client.ts';

/** A ghost with the device under which its transaction ids are remembered (design 4). */
export type SendingGhost = { readonly userId: UserId; readonly deviceId: DeviceId };

/** Sends as a ghost of ours; each call may be repeated with the same `txnId` and has its effect once. */
export type Sending = {
  /** Sends an event; answers its id, the same one when the transaction id was used before. */
  send(event: {
    as: SendingGhost;
    roomId: RoomId;
    type: string;
    content: Readonly<Record<string, unknown>>;
    txnId: string;
  }): Promise<EventId>;
  /** Takes the content of an event away; answers the id of the redaction, undefined where the event is gone already. */
  redact(event: { as: SendingGhost; roomId: RoomId; eventId: EventId; txnId: string }): Promise<EventId | undefined>;
  /** Shows the room that the ghost writes, for `timeoutMs`. */
  setTyping(typing: { as: UserId; roomId: RoomId; typing: boolean; timeoutMs: number }): Promise<void>;
  /** Marks an event, and all before it, as read. */
  markRead(receipt: { as: UserId; roomId: RoomId; eventId: EventId }): Promise<void>;
};

/** See `Sending`. The bridge library's own sending invents transaction ids and is not used. */
export function createSending(homeserver: HomeserverClient): Sending {
  return {
    async send({ as, roomId, type, content, txnId }) {
      const path = matrixPath`/_matrix/client/v3/rooms/${roomId}/send/${type}/${txnId}`;
      const answer = (await homeserver.request({ method: 'PUT', path, as, body: content })) as { event_id: EventId };
      return answer.event_id;
    },
    async redact({ as, roomId, eventId, txnId }) {
      const path = matrixPath`/_matrix/client/v3/rooms/${roomId}/redact/${eventId}/${txnId}`;
      try {
        const answer = (await homeserver.request({ method: 'PUT', path, as, body: {} })) as { event_id: EventId };
        return answer.event_id;
      } catch (error) {
        // Its time was over: retention took it.
        if (error instanceof MatrixError && error.status === 404) return undefined;
        throw error;
      }
    },
    async setTyping({ as, roomId, typing, timeoutMs }) {
      const path = matrixPath`/_matrix/client/v3/rooms/${roomId}/typing/${as}`;
      await homeserver.request({ method: 'PUT', path, as: { userId: as }, body: typing ? { typing, timeout: timeoutMs } : { typing } });
    },
    async markRead({ as, roomId, eventId }) {
      const path = matrixPath`/_matrix/client/v3/rooms/${roomId}/receipt/m.read/${eventId}`;
      await homeserver.request({ method: 'POST', path, as: { userId: as }, body: {} });
    },
  };
}
