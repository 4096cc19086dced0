import { existsSync, openSync, closeSync, fstatSync, readSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { OUTBOX_FILE } from '../../appservice/notifications/outbox-adapter.ts';

/** Looks for new texts this often, in milliseconds. */
const LOOK_MS = 500;

type Shown = { readonly way: string; readonly address: string; readonly subject: string; readonly text: string };

const describe = ({ way, address, subject, text }: Shown): string =>
  `\n${way === 'sms' ? 'SMS' : 'Mail'} to ${address}${way === 'mail' ? `\n  ${subject}` : ''}\n  ${text}`;

/** Texts that end in a whole line from `from` on, and where to go on. */
function readFrom(file: string, from: number): { lines: string[]; next: number } {
  const handle = openSync(file, 'r');
  try {
    const octets = Buffer.alloc(Math.max(0, fstatSync(handle).size - from));
    const length = readSync(handle, octets, 0, octets.length, from);
    const end = octets.subarray(0, length).lastIndexOf('\n') + 1;
    return { lines: octets.subarray(0, end).toString('utf8').split('\n').filter(Boolean), next: from + end };
  } finally {
    closeSync(handle);
  }
}

/**
 * Shows texts of the `outbox` adapters of the appservice in a folder as they come, until it is ended. What an earlier run left
 * there is deleted: it names people.
 */
export function showOutbox(dataDir: string, write: (line: string) => void): { look(): void; end(): void } {
  const file = join(dataDir, OUTBOX_FILE);
  rmSync(file, { force: true });
  let place = 0;
  const look = (): void => {
    if (!existsSync(file)) return;
    const { lines, next } = readFrom(file, place);
    place = next;
    for (const line of lines) write(describe(JSON.parse(line) as Shown));
  };
  const timer = setInterval(look, LOOK_MS).unref();
  return { look, end: () => clearInterval(timer) };
}
