import type { Config } from './config.ts';
import type { NotificationAdapter } from './notifications/notification.ts';
import { createOutboxAdapter } from './notifications/outbox-adapter.ts';
import { createSmtpAdapter } from './notifications/smtp-adapter.ts';

/** How this installation sends mail; `none` where it sends none. */
export function mailAdapter(mail: Config['mail'], outboxFile: string): NotificationAdapter | 'none' {
  if (mail.adapter === 'smtp') return createSmtpAdapter(mail);
  return mail.adapter === 'outbox' ? createOutboxAdapter(outboxFile) : 'none';
}
