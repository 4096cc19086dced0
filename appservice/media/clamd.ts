import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { ScannerUnavailable, type Verdict, type VirusScanner } from './virus-scanner.ts';

/** Where clamd listens: a socket of this machine, or an address in our own network. */
export type ClamdAddress = { readonly path: string } | { readonly host: string; readonly port: number };

/** Most time without a sign of clamd, in milliseconds; a large archive takes it a while. */
const SILENCE_MS = 60_000;

/** Octets of one part; clamd takes any size. */
const PART = 64 * 1024;

/** Longest answer: "stream: <name of what was found> FOUND". */
const MAX_ANSWER = 4_096;

/**
 * A scanner behind clamd's INSTREAM command (https://docs.clamav.net/manual/Usage/Scanning.html#clamd): parts with their length
 * in front, an empty one at the end, one answer. Names of what was found are not kept.
 */
export function createClamd(address: ClamdAddress, { silenceMs = SILENCE_MS }: { silenceMs?: number } = {}): VirusScanner {
  return {
    async scan(octets) {
      const socket = connect(address);
      socket.setTimeout(silenceMs, () => socket.destroy(new ScannerUnavailable('clamd does not answer in time')));
      const answer = readAnswer(socket);
      // Looked at once everything is written; an answer that comes before says that clamd wants no more.
      answer.catch(() => undefined);
      try {
        await Promise.race([send(socket, octets), answer]);
        return toVerdict(await answer);
      } catch (cause) {
        if (cause instanceof ScannerUnavailable) throw cause;
        throw new ScannerUnavailable('clamd cannot be reached', { cause });
      } finally {
        socket.destroy();
      }
    },
  };
}

async function send(socket: Socket, octets: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void> {
  await write(socket, Buffer.from('zINSTREAM\0'));
  for await (const chunk of octets) {
    for (let at = 0; at < chunk.length; at += PART) {
      const part = chunk.subarray(at, at + PART);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(part.length);
      if (socket.destroyed) return;
      await write(socket, length);
      await write(socket, part);
    }
  }
  await write(socket, Buffer.alloc(4));
}

async function write(socket: Socket, bytes: Uint8Array): Promise<void> {
  if (socket.destroyed || socket.write(bytes)) return;
  const settled = new AbortController();
  const { signal } = settled;
  try {
    await Promise.race([once(socket, 'drain', { signal }), once(socket, 'close', { signal })]);
  } finally {
    settled.abort();
  }
}

function readAnswer(socket: Socket): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let text = '';
  socket.on('data', (bytes: Buffer) => {
    text += bytes.toString('latin1');
    if (text.includes('\0') || text.length > MAX_ANSWER) resolve(text);
  });
  // Too much was sent: clamd answers and hangs up, so the answer counts whatever became of the connection.
  const end = (cause?: unknown): void => (text === '' ? reject(new ScannerUnavailable('clamd hung up', { cause })) : resolve(text));
  socket.once('error', end);
  socket.once('close', () => end());
  return promise;
}

function toVerdict(answer: string): Verdict {
  const line = answer.split('\0')[0]?.trim() ?? '';
  if (line === 'stream: OK') return 'clean';
  if (/^stream: .+ FOUND$/.test(line)) return 'infected';
  if (/size limit exceeded/i.test(line)) return 'too-large';
  throw new ScannerUnavailable('clamd answered with an error');
}
