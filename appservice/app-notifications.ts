import type { AppSettings } from './app-connections.ts';
import { mailAdapter } from './app-mail.ts';
import type { Phones } from './app-phones.ts';
import { ApiError } from './errors.ts';
import type { MobileNumber } from './ids.ts';
import { readNotificationAddress } from './notifications/notification-address.ts';
import { createNotifications, type NotificationAddress } from './notifications/notification.ts';
import type { OutboxSettings } from './notifications/outbox-adapter.ts';

/** Texts and mails to people who are not here, and how their addresses are read. */
export function wireNotifications({ config, outboxFile }: AppSettings & OutboxSettings, phones: Pick<Phones, 'parse' | 'sendText'>) {
  const notifications = createNotifications({
    sms:
      config.sms.adapter === 'none'
        ? 'none'
        : { send: async ({ address, text }) => void (await phones.sendText({ to: address as MobileNumber, text })) },
    mail: mailAdapter(config.mail, outboxFile),
  });
  const readMobile = (entered: string): string | undefined => {
    try {
      return phones.parse(entered);
    } catch (error) {
      if (error instanceof ApiError) return undefined;
      throw error;
    }
  };
  return {
    ...notifications,
    /** A mobile number or a mail address as somebody entered it; undefined for what is neither. */
    readAddress: (entered: string): NotificationAddress | undefined => readNotificationAddress(entered, readMobile),
  };
}

/** See `wireNotifications`. */
export type NotificationWork = ReturnType<typeof wireNotifications>;
