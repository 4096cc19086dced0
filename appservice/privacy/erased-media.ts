import type { Database } from '../database/database.ts';
import type { ConversationId, RoomId } from '../ids.ts';
import type { Erasing } from '../matrix/erasing.ts';
import { createErasedConversationStore } from './erased-conversation-store.ts';
import type { Erasure } from './erasure-store.ts';

type Dependencies = {
  readonly database: Database;
  readonly erasing: Pick<Erasing, 'findMediaUse' | 'listRoomMedia'>;
  /** Addresses of files that were uploaded for a conversation, sent or not. */
  readonly listUploads: (id: ConversationId) => Promise<string[]>;
};

type Scope = Pick<Erasure, 'personId' | 'companyId' | 'conversationIds'>;

/** Which files go with conversations. */
export type ErasedMedia = {
  /** Addresses of the files that go, and of those that are gone already and may have left rows behind. */
  list(scope: Scope): Promise<string[]>;
};

/**
 * See `ErasedMedia`. An event may name any file, a stranger's too, so that a name alone deletes nothing: who uploaded the file and
 * where it was sent decides.
 */
export function createErasedMedia({ database, erasing, listUploads }: Dependencies): ErasedMedia {
  const conversations = createErasedConversationStore(database);

  /** The person's own go, whoever passed them on, unless they sent them to another conversation too; the company's where nothing else needs them. */
  async function isToGo(mxc: string, isUpload: boolean, erasedRooms: ReadonlySet<RoomId>, scope: Scope): Promise<boolean> {
    const use = await erasing.findMediaUse(mxc);
    if (use === undefined) return true;
    if (use.uploader === null || use.isPicture) return false;
    if (!isUpload && !use.rooms.some((roomId) => erasedRooms.has(roomId))) return false;
    const side = await conversations.findSide(use.uploader, scope.personId, scope.companyId);
    if (side === undefined) return false;
    const lasting = await conversations.listLasting(use.rooms);
    return side === 'person' ? lasting.every(({ personId }) => personId !== scope.personId) : lasting.length === 0;
  }

  return {
    async list(scope) {
      const named = new Set(await conversations.listMedia(scope.conversationIds));
      const uploads = new Set<string>();
      const rooms = new Set<RoomId>();
      for (const { id, roomId } of await conversations.list(scope.conversationIds)) {
        rooms.add(roomId);
        for (const mxc of await listUploads(id)) uploads.add(mxc);
        // What the index does not name, for example the file of an edit.
        for (const mxc of await erasing.listRoomMedia(roomId)) named.add(mxc);
      }
      const going: string[] = [];
      for (const mxc of new Set([...named, ...uploads])) if (await isToGo(mxc, uploads.has(mxc), rooms, scope)) going.push(mxc);
      return going;
    },
  };
}
