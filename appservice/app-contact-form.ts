import type { Companies } from './app-companies.ts';
import type { AppSettings, Connections } from './app-connections.ts';
import type { Conversations } from './app-conversations.ts';
import type { NotificationWork } from './app-notifications.ts';
import { createContactFormService } from './contact-form/contact-form-service.ts';
import { createContactLinks } from './contact-form/contact-links.ts';
import { createContactNoticeSender } from './contact-form/contact-notice-sender.ts';
import { createContactHash, createContactNoticeService } from './contact-form/contact-notice-service.ts';
import { createFormTokens } from './contact-form/form-token.ts';
import { createConversationStore } from './conversations/conversation-store.ts';
import { isOneMessage } from './sms/gsm7.ts';
import { newDeviceId } from './conversations/room-pool.ts';
import { preChatOf } from './contact-fields/contact-fields.ts';
import { addToOutbox } from './matrix/outbox-store.ts';
import { toApiError } from './matrix/translate-errors.ts';
import { maskAddress } from './notifications/notification-address.ts';
import { createFormSessionService } from './visitors/form-session-service.ts';

/** Contact forms of companies, on pages that need no script, and the notices of answers. */
export function wireContactForm(
  { config, secrets }: AppSettings,
  connections: Connections,
  { companies }: Companies,
  conversations: Conversations,
  notifications: NotificationWork,
) {
  const { database, ghosts } = connections;
  const now = () => new Date();
  const { service: talks, reader, hub } = conversations;
  const links = createContactLinks({ database, publicOrigin: config.publicOrigin, now });
  const hash = createContactHash(secrets.hashKey);
  const notices = createContactNoticeService({
    database,
    addToOutbox,
    addresses: { read: notifications.readAddress, mask: maskAddress },
    ways: notifications.ways,
    hash,
    now,
  });
  const sender = createContactNoticeSender({
    database,
    addToOutbox,
    notifications,
    links,
    hash,
    fitsText: isOneMessage,
    isWatching: hub.hasSubscribers,
    async getCompanyOf(id) {
      const conversation = await createConversationStore(database).findById(id);
      return conversation === undefined ? undefined : companies.find(conversation.companyId);
    },
    now,
  });
  const service = createContactFormService({
    database,
    now,
    tokens: createFormTokens({ key: secrets.hashKey, now }),
    links,
    notices,
    attackPerMinute: config.contactForm.attackPerMinute,
    sessions: createFormSessionService({
      database,
      now,
      async addDevice(userId) {
        const deviceId = newDeviceId();
        await ghosts.addDevice(userId, deviceId);
        return deviceId;
      },
    }),
    neighbours: {
      fieldsOf: preChatOf,
      async send(session, { body, txnId, fields }) {
        try {
          return await talks.send(session, { type: 'm.room.message', content: { msgtype: 'm.text', body }, txnId, fields });
        } catch (error) {
          // The form says it beside what was written, in place of the API's answer.
          throw toApiError(error);
        }
      },
      listOwn: talks.listOwn,
      getOwn: talks.getOwn,
      markRead: talks.markRead,
      listEvents: ({ conversation, visitor }, limit) => reader.listEvents(conversation, visitor, { limit }),
    },
  });
  return { service, outbox: sender.outbox, jobs: sender.jobs };
}

/** See `wireContactForm`. */
export type ContactFormWork = ReturnType<typeof wireContactForm>;
