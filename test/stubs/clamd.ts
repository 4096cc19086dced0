import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** Text that every scanner takes for a virus (https://www.eicar.org/download-anti-malware-testfile/), put together so that this file is none. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE', '!$H+H*'].join('');

/** How the stub misbehaves. `reset`: hangs up in the middle; `silent`: never answers; `error`: answers that it cannot. */
export type ClamdFault = 'reset' | 'silent' | 'error';

/** A clamd that answers as the real one does on a TCP port of this machine. */
export type FakeClamd = {
  readonly port: number;
  /** What was scanned, in order. */
  readonly scanned: readonly Buffer[];
  fault: ClamdFault | undefined;
  close(): Promise<void>;
};

const COMMAND = 'zINSTREAM\0';

/** Starts the stub; `streamMaxLength` as in clamd.conf. */
export async function startClamd({ streamMaxLength = 1_000_000, port = 0 } = {}): Promise<FakeClamd> {
  const scanned: Buffer[] = [];
  const open = new Set<Socket>();
  const fake: FakeClamd = { port: 0, scanned, fault: undefined, close };
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
    let received = Buffer.alloc(0);
    let begun = false;
    const parts: Buffer[] = [];

    const answer = (text: string): void => void socket.end(`${text}\0`);

    function finish(): void {
      const whole = Buffer.concat(parts);
      scanned.push(whole);
      if (fake.fault === 'silent') return;
      if (fake.fault === 'error') return answer('Temporary directory is full ERROR');
      answer(whole.includes(EICAR) ? 'stream: Eicar-Test-Signature FOUND' : 'stream: OK');
    }

    socket.on('data', (bytes: Buffer) => {
      received = Buffer.concat([received, bytes]);
      if (!begun) {
        if (received.length < COMMAND.length) return;
        if (received.toString('latin1', 0, COMMAND.length) !== COMMAND) return answer('UNKNOWN COMMAND');
        received = received.subarray(COMMAND.length);
        begun = true;
      }
      if (fake.fault === 'reset') return void socket.resetAndDestroy();
      while (received.length >= 4) {
        const length = received.readUInt32BE(0);
        if (length === 0) return finish();
        if (received.length < 4 + length) return;
        parts.push(received.subarray(4, 4 + length));
        received = received.subarray(4 + length);
        if (parts.reduce((sum, part) => sum + part.length, 0) > streamMaxLength) return answer('INSTREAM size limit exceeded. ERROR');
      }
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');

  async function close(): Promise<void> {
    for (const socket of open) socket.destroy();
    server.close();
    await once(server, 'close');
  }
  return Object.assign(fake, { port: (server.address() as AddressInfo).port });
}
