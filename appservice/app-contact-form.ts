import type { AppSettings, Connections } from './app-connections.ts';
import type { Conversations } from './app-conversations.ts';
import { createContactFormService, type ContactFormService } from './contact-form/contact-form-service.ts';
import { createFormTokens } from './contact-form/form-token.ts';
import { newDeviceId } from './conversations/room-pool.ts';
import { toApiError } from './matrix/translate-errors.ts';
import { createFormSessionService } from './visitors/form-session-service.ts';

/** Contact forms of companies, on pages that need no script. */
export function wireContactForm(
  { config, secrets }: AppSettings,
  connections: Connections,
  conversations: Conversations,
): ContactFormService {
  const { database, ghosts } = connections;
  const now = () => new Date();
  const { service, reader } = conversations;
  return createContactFormService({
    database,
    now,
    tokens: createFormTokens({ key: secrets.hashKey, now }),
    publicOrigin: config.publicOrigin,
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
      // What companies ask beside the message is another noun's; until it is there, nothing is asked.
      fieldsOf: () => [],
      async send(session, { body, txnId }) {
        try {
          return await service.send(session, { type: 'm.room.message', content: { msgtype: 'm.text', body }, txnId });
        } catch (error) {
          // The form says it beside what was written, in place of the API's answer.
          throw toApiError(error);
        }
      },
      listOwn: service.listOwn,
      getOwn: service.getOwn,
      markRead: service.markRead,
      listEvents: ({ conversation, visitor }, limit) => reader.listEvents(conversation, visitor, { limit }),
    },
  });
}
