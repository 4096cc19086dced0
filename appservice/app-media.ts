import type { AppSettings, Connections } from './app-connections.ts';
import type { Config } from './config.ts';
import type { ConversationService } from './conversations/conversation-service.ts';
import { createEventIndexStore } from './conversations/event-index-store.ts';
import type { FindUpload } from './conversations/event-preparation.ts';
import type { Database } from './database/database.ts';
import { addToOutbox } from './matrix/outbox-store.ts';
import { createClamd } from './media/clamd.ts';
import { cleanNameFor } from './media/file-name.ts';
import { createMediaDownloads } from './media/media-downloads.ts';
import { kindOf } from './media/media-kind.ts';
import { createMediaScanning } from './media/media-scanning.ts';
import { createMediaUploadStore } from './media/media-upload-store.ts';
import { createMediaUploads } from './media/media-uploads.ts';
import { createMediaVerdictStore } from './media/media-verdict-store.ts';
import { createUploadSpace } from './media/upload-space.ts';
import type { VirusScanner } from './media/virus-scanner.ts';

/** Memory of one process for files that are being received; at least four of the largest. */
const UPLOAD_SPACE = 200 * 1024 * 1024;

function scannerOf({ scanner }: Config['media']): VirusScanner | null {
  switch (scanner.adapter) {
    case 'none':
      return null;
    case 'clamd-socket':
      return createClamd({ path: scanner.socket });
    case 'clamd-tcp':
      return createClamd({ host: scanner.host, port: scanner.port });
  }
}

/** How conversations know the uploads of their persons. */
export function uploadFinder(database: Database): FindUpload {
  const uploads = createMediaUploadStore(database);
  return async (wanted) => {
    const upload = await uploads.findOwn(wanted);
    if (upload === undefined) return undefined;
    const { type, size } = upload;
    return { type, size, msgtype: kindOf(type).msgtype, cleanName: (name) => cleanNameFor(name, type) };
  };
}

/** Files of conversations, both ways. */
export function wireMedia(
  { config, log }: AppSettings,
  { database, conversationMedia: media, reading }: Connections,
  { service, processId }: { service: ConversationService; processId: string },
) {
  const { maxBytes } = config.media;
  const scanning = createMediaScanning({ database, scanner: scannerOf(config.media), log: log.child('media') });
  const index = createEventIndexStore(database, processId);
  const verdicts = createMediaVerdictStore(database);
  const uploads = createMediaUploads({
    database,
    media,
    scanning,
    openForMessage: service.openForMessage,
    checkOwn: service.getOwn,
    addToOutbox,
    rules: config.media,
    log: log.child('media'),
  });
  return {
    uploads,
    maxBytes,
    checkUpload: scanning.checkUpload,
    space: createUploadSpace(Math.max(UPLOAD_SPACE, 4 * maxBytes)),
    downloads: createMediaDownloads({
      media,
      scanning,
      async findEvent(session, conversationId, eventId) {
        const { conversation, visitor } = await service.getOwn(session, conversationId);
        const indexed = (await index.findTargets(conversation, [eventId])).get(eventId);
        if (indexed === undefined || indexed.isRedacted || indexed.mxc.length === 0) return undefined;
        const reader = { userId: visitor.userId };
        const event = await reading.findEvent(reader, conversation.roomId, eventId);
        return event === undefined ? undefined : { event, mxc: indexed.mxc, reader };
      },
    }),
    outbox: {
      async deleteMedia({ mxc }: { mxc: string }): Promise<void> {
        await media.remove(mxc);
        await verdicts.remove(mxc);
      },
    },
  };
}

/** See `wireMedia`. */
export type Media = ReturnType<typeof wireMedia>;
