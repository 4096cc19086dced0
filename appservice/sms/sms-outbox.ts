import type { SmsGateway, Text } from './sms.ts';

/** Gateway for development: texts go where `keep` puts them, and reach nobody. */
export function createSmsOutbox(keep: (text: Text) => Promise<void>): SmsGateway {
  let count = 0;
  return {
    name: 'outbox',
    async sendText(text) {
      await keep(text);
      count += 1;
      return { id: String(count), segments: 1 };
    },
  };
}
