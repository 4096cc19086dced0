import type { Database } from '../database/database.ts';
import { inTransaction } from '../database/transaction.ts';
import { ApiError } from '../errors.ts';
import type { AuthTypes } from '../http/auth.ts';
import type { ConversationId, PersonId, UserId } from '../ids.ts';
import type { Logger } from '../logger.ts';
import type { ConversationMedia } from '../matrix/conversation-media.ts';
import type { AddToOutbox } from '../matrix/outbox-store.ts';
import { detectType } from './detect-type.ts';
import { cleanNameFor } from './file-name.ts';
import { kindOf, type MediaType } from './media-kind.ts';
import type { MediaScanning } from './media-scanning.ts';
import { createMediaUploadStore } from './media-upload-store.ts';
import type { UploadResponse } from './media-wire.ts';
import { isPicture, renewPicture } from './picture.ts';

type Session = AuthTypes['visitor'];

/** What of the settings concerns files. */
export type MediaRules = { readonly maxBytes: number; readonly types: readonly MediaType[] };

type Destination = {
  readonly conversation: { readonly id: ConversationId };
  readonly visitor: { readonly personId: PersonId; readonly userId: UserId };
};

type Dependencies = {
  readonly database: Database;
  readonly media: ConversationMedia;
  readonly scanning: MediaScanning;
  /** The conversation to which a file would be sent now; begins one where there is none. */
  readonly openForMessage: (session: Session, id: ConversationId | undefined, isNew: boolean) => Promise<Destination>;
  /** Throws M_NOT_FOUND for a conversation that is not the visitor's. */
  readonly checkOwn: (session: Session, id: ConversationId) => Promise<unknown>;
  readonly addToOutbox: AddToOutbox;
  readonly rules: MediaRules;
  readonly log: Logger;
};

/** Files of visitors on their way in. */
export type MediaUploads = {
  /**
   * Looks at a file, makes a picture anew, has it scanned and uploads it as the visitor's ghost. Nothing is kept of a file that is
   * refused, and no conversation begins for it. Throws M_NOT_FOUND, M_TOO_LARGE, COM_SMOOPE_MEDIA_TYPE, COM_SMOOPE_MEDIA_INFECTED,
   * COM_SMOOPE_SCANNER_UNAVAILABLE, COM_SMOOPE_COMPANY_NOT_OPEN.
   */
  upload(
    session: Session,
    file: { conversationId: ConversationId | undefined; isNew?: boolean; name: string; read: () => Promise<Buffer> },
  ): Promise<UploadResponse>;
  /** Deletes those of the files that visitors sent and that no conversation shows any more, at the homeserver too. */
  deleteTakenBack(mxc: readonly string[]): Promise<void>;
  /** Deletes files that were uploaded before a time and never sent. */
  deleteUnsent(before: Date): Promise<void>;
};

/** Files deleted in one go. */
const BATCH = 200;

/** See `MediaUploads`. */
export function createMediaUploads(dependencies: Dependencies): MediaUploads {
  const { database, media, scanning, openForMessage, checkOwn, addToOutbox, rules, log } = dependencies;
  const uploads = createMediaUploadStore(database);

  /** The file as it is kept: its type, and of a picture the pixels only. */
  async function prepare(bytes: Buffer): Promise<{ bytes: Buffer; type: MediaType; width?: number; height?: number }> {
    const type = await detectType(bytes);
    if (bytes.length === 0 || !rules.types.includes(type)) {
      throw new ApiError('COM_SMOOPE_MEDIA_TYPE', `body: must be a file of one of these types: ${rules.types.join(', ')}`, {
        field: 'body',
      });
    }
    const file = isPicture(type) ? await renewPicture(bytes, type) : { bytes, type };
    if (file.bytes.length > rules.maxBytes) {
      throw new ApiError('M_TOO_LARGE', `The file is larger than ${rules.maxBytes} bytes.`, { field: 'body' });
    }
    return file;
  }

  /** Takes rows out and leaves the deletion at the homeserver to the outbox, so that it happens however often it has to be tried. */
  async function removeWith(take: (store: ReturnType<typeof createMediaUploadStore>) => Promise<string[]>): Promise<number> {
    return inTransaction(database, async (transaction) => {
      const removed = await take(createMediaUploadStore(transaction));
      await addToOutbox(
        transaction,
        removed.map((mxc) => ({ lane: mxc, action: 'deleteMedia', payload: { mxc } }) as const),
      );
      return removed.length;
    });
  }

  return {
    async upload(session, { conversationId, isNew = false, name, read }) {
      if (conversationId !== undefined) await checkOwn(session, conversationId);
      const { bytes, type, width, height } = await prepare(await read());
      await scanning.checkUpload(bytes);
      const { conversation, visitor } = await openForMessage(session, conversationId, isNew && conversationId === undefined);
      const mxc = await media.reserve(visitor);
      // The row first: whatever happens to the upload, the file is known and goes again.
      await uploads.add({ mxc, personId: visitor.personId, conversationId: conversation.id, type, size: bytes.length });
      try {
        await media.upload(visitor, mxc, { bytes, type });
        await scanning.noteClean(mxc);
      } catch (cause) {
        await removeWith((store) => store.remove([mxc])).catch((error: unknown) => log.warn('media_left_behind', {}, error));
        throw cause;
      }
      log.info('media_uploaded', { conversationId: conversation.id, bytes: bytes.length });
      const size = { ...(width === undefined ? {} : { w: width }), ...(height === undefined ? {} : { h: height }) };
      return {
        conversationId: conversation.id,
        url: mxc,
        msgtype: kindOf(type).msgtype,
        filename: cleanNameFor(name, type),
        info: { mimetype: type, size: bytes.length, ...size },
      };
    },
    async deleteTakenBack(mxc) {
      if (mxc.length > 0) await removeWith((store) => store.removeTakenBack(mxc));
    },
    async deleteUnsent(before) {
      let removed: number;
      do removed = await removeWith((store) => store.removeUnsent(before, BATCH));
      while (removed === BATCH);
    },
  };
}
