import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { OUTBOX_FILE } from '../../appservice/notifications/outbox-adapter.ts';

/** A text or mail that the stack would have sent. */
export type SentMessage = { readonly way: string; readonly address: string; readonly subject: string; readonly text: string };

/** Texts and mails of a stack to an address, the first one first; of the shared one where no other folder is named. */
export function sentTo(address: string, folder = dirname(process.env['SMOOPE_STACK'] ?? '')): SentMessage[] {
  const file = join(folder, OUTBOX_FILE);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as SentMessage).filter((message) => message.address === address);
}
