import { createLogger } from '../../appservice/logger.ts';
import type { AuthTypes } from '../../appservice/http/auth.ts';
import type { CompanyId, ConversationId, DeviceId, PersonId, RoomId, SessionId, UserId } from '../../appservice/ids.ts';
import type { ConversationMedia } from '../../appservice/matrix/conversation-media.ts';
import { addToOutbox } from '../../appservice/matrix/outbox-store.ts';
import { createMediaDownloads, type MediaEvent } from '../../appservice/media/media-downloads.ts';
import { USUAL_MEDIA_TYPES } from '../../appservice/media/media-kind.ts';
import { createMediaScanning } from '../../appservice/media/media-scanning.ts';
import { createMediaUploads } from '../../appservice/media/media-uploads.ts';
import type { VirusScanner } from '../../appservice/media/virus-scanner.ts';
import { openTestDatabase, type TestDatabase } from '../companies/test-database.ts';

const COMPANY = 'a0000000-0000-4000-8000-000000000001' as CompanyId;
const PERSON = 'b0000000-0000-4000-8000-000000000001' as PersonId;

/** The conversation of the fixture. */
export const CONVERSATION = 'c0000000-0000-4000-8000-000000000001' as ConversationId;

/** Its visitor's session. */
export const SESSION: AuthTypes['visitor'] = {
  id: 'd0000000-0000-4000-8000-000000000001' as SessionId,
  companyId: COMPANY,
  channel: 'widget',
  locale: 'de',
  visitor: { personId: PERSON, userId: '@visitor_00_1:x' as UserId, deviceId: 'DEVICE' as DeviceId },
};

/** Files of a homeserver in memory, and everything of ours around them on a real database. */
export type MediaFixture = TestDatabase & {
  readonly files: Map<string, Buffer>;
  /** Makes the homeserver refuse uploads. */
  refuseUploads: boolean;
  readonly uploads: ReturnType<typeof createMediaUploads>;
  readonly downloads: ReturnType<typeof createMediaDownloads>;
  /** An event that carries a file, for `downloads`. */
  putEvent(eventId: string, content: Readonly<Record<string, unknown>>, mxc: readonly string[]): void;
};

/** See `MediaFixture`; `openings` counts how often a conversation was opened for an upload. */
export async function openMediaFixture(scanner: VirusScanner | null): Promise<MediaFixture & { openings: () => number }> {
  const test = await openTestDatabase();
  const { database } = test;
  await database.raw(
    `insert into company (id, slug, bucket, name, user_id, device_id, settings) values (?, 'x', '00', 'X', '@c:x', 'D', '{}')`,
    [COMPANY],
  );
  await database.raw(`insert into person (id, locale) values (?, 'de')`, [PERSON]);
  await database.raw(
    `insert into conversation (id, company_id, number, person_id, room_id, encrypted, channel, status) values (?, ?, 1, ?, '!r', false, 'widget', 'open')`,
    [CONVERSATION, COMPANY, PERSON],
  );
  const files = new Map<string, Buffer>();
  const events = new Map<string, MediaEvent>();
  let reserved = 0;
  let openings = 0;
  const media: ConversationMedia = {
    async reserve() {
      reserved += 1;
      return `mxc://x/file${reserved}`;
    },
    async upload(_as, mxc, { bytes }) {
      if (fixture.refuseUploads) throw new Error('the homeserver is away');
      files.set(mxc, Buffer.from(bytes));
    },
    async open(_as, mxc, { thumbnail }) {
      const bytes = files.get(mxc);
      return bytes === undefined || thumbnail ? undefined : { octets: new Blob([new Uint8Array(bytes)]).stream(), length: bytes.length };
    },
    async remove(mxc) {
      files.delete(mxc);
    },
  };
  const log = createLogger({ level: 'silent' });
  const scanning = createMediaScanning({ database, scanner, log });
  const fixture = {
    ...test,
    files,
    refuseUploads: false,
    openings: () => openings,
    uploads: createMediaUploads({
      database,
      media,
      scanning,
      addToOutbox,
      log,
      async openForMessage() {
        openings += 1;
        return { conversation: { id: CONVERSATION }, visitor: { personId: PERSON, userId: '@visitor_00_1:x' as UserId } };
      },
      checkOwn: async () => undefined,
      rules: { maxBytes: 100_000, types: USUAL_MEDIA_TYPES },
    }),
    downloads: createMediaDownloads({ media, scanning, findEvent: async (_session, _conversation, eventId) => events.get(eventId) }),
    putEvent(eventId: string, content: Readonly<Record<string, unknown>>, mxc: readonly string[]) {
      events.set(eventId, {
        event: { content, roomId: '!r' as RoomId },
        mxc,
        reader: { userId: '@visitor_00_1:x' as UserId },
      });
    },
  };
  return fixture;
}
