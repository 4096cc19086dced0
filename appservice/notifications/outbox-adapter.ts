import { appendFile } from 'node:fs/promises';
import type { NotificationAdapter } from './notification.ts';

/** Name of the file, beside the config. */
export const OUTBOX_FILE = 'outbox.jsonl';

/** Where texts go in development. */
export type OutboxSettings = {
  /** Takes texts in place of sending them, where an adapter is `outbox`. */
  readonly outboxFile: string;
};

/**
 * Puts texts into a file, a JSON object a line, in place of sending them; for development, where `npm start` shows them on the
 * terminal. The log has no place for them: they name people and carry codes.
 */
export function createOutboxAdapter(file: string): NotificationAdapter {
  return {
    async send({ way, address, subject, text }) {
      await appendFile(file, `${JSON.stringify({ way, address, subject, text })}\n`, { mode: 0o600 });
    },
  };
}
