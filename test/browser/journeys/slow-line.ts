import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

const PIECE = 4_096;

/** A line to a server that is slow in both directions. */
export type SlowLine = {
  /** Origin under which the server answers slowly. */
  readonly origin: string;
  close(): Promise<void>;
};

/**
 * Puts a slow line before a server on this machine. The browser's own throttling does not reach frames of other sites before they have
 * loaded; this one holds from the first octet.
 */
export async function openSlowLine(
  to: string,
  { delayMs, bytesPerSecond }: { delayMs: number; bytesPerSecond: number },
): Promise<SlowLine> {
  const { hostname, port } = new URL(to);
  const sockets = new Set<Socket>();

  async function carry(from: Socket, onto: Socket): Promise<void> {
    let free = 0;
    for await (const chunk of from as AsyncIterable<Buffer>) {
      for (let at = 0; at < chunk.length; at += PIECE) {
        const piece = chunk.subarray(at, at + PIECE);
        // Each piece takes its time on the line, and all of them the delay once.
        free = Math.max(free, performance.now()) + (piece.length / bytesPerSecond) * 1_000;
        const arrives = free + delayMs - performance.now();
        setTimeout(() => onto.write(piece), arrives);
        await wait(free - performance.now());
      }
    }
    setTimeout(() => onto.end(), delayMs);
  }

  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket.setNoDelay(true).on('error', () => socket.destroy()));
    }
    // A line that breaks is part of what lines do.
    carry(near, far).catch(() => far.destroy());
    carry(far, near).catch(() => near.destroy());
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    async close() {
      sockets.forEach((socket) => socket.destroy());
      server.close();
      await once(server, 'close');
    },
  };
}
