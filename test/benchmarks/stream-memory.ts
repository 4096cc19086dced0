import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { makeBenchCompany } from './bench-company.ts';
import type { BenchStack } from './bench-stack.ts';
import type { Figure } from './figure.ts';
import { connectGarbageCollector, type GarbageCollector } from './garbage-collector.ts';
import { makeIdleVisitors, openIdleStream } from './idle-visitors.ts';

const STREAMS = 2_000;

/** Streams opened and closed beforehand: what the first ones cost once (code, pools, heap) belongs to no single one. */
const WARM_UP = 500;

/** Streams opened at once. */
const WIDTH = 20;

/** Longer than the time between two keep-alives of a stream, so that each has had one. */
const IDLE_MS = 16_000;

/** Memory goes back to the system a moment after it was collected. */
const COLLECTIONS = 4;
const COLLECTION_MS = 500;

/** Resident memory of a process in kB (https://man7.org/linux/man-pages/man5/proc_pid_status.5.html). */
function residentKb(pid: number): number {
  const [, kb] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  if (kb === undefined) throw new Error('the memory of the appservice cannot be read; this figure needs Linux');
  return Number(kb);
}

async function settledKb(pid: number, collector: GarbageCollector): Promise<number> {
  for (let round = 0; round < COLLECTIONS; round += 1) {
    await collector.collect();
    await wait(COLLECTION_MS);
  }
  return residentKb(pid);
}

async function openAll(appUrl: string, tokens: readonly string[]): Promise<Socket[]> {
  const left = [...tokens];
  const sockets: Socket[] = [];
  const work = async (): Promise<void> => {
    for (let token = left.pop(); token !== undefined; token = left.pop()) sockets.push(await openIdleStream(appUrl, token));
  };
  await Promise.all(Array.from({ length: WIDTH }, work));
  return sockets;
}

async function closeAll(sockets: readonly Socket[]): Promise<void> {
  sockets.forEach((socket) => socket.destroy());
  // The appservice hears of it a moment later.
  await wait(2_000);
}

async function measureOnce({ appUrl }: BenchStack, tokens: readonly string[], pid: number, collector: GarbageCollector) {
  const beforeKb = await settledKb(pid, collector);
  const sockets = await openAll(appUrl, tokens);
  await wait(IDLE_MS);
  const afterKb = await settledKb(pid, collector);
  const ended = sockets.filter((socket) => socket.destroyed).length;
  await closeAll(sockets);
  if (ended > 0) throw new Error(`${ended} streams ended by themselves`);
  return { each: (afterKb - beforeKb) / tokens.length, beforeKb, afterKb };
}

/** Resident memory that the appservice needs more for each of 2,000 visitors whose stream is open and quiet, after its garbage was collected. */
export const streamMemory: Figure = {
  name: 'stream-memory',
  unit: 'kB',
  goal: { atMost: 40 },
  usualSamples: 1,
  async measure({ stack: open, samples }) {
    const stack = await open();
    const { slug } = await makeBenchCompany(stack);
    const pid = Number(readFileSync(join(stack.folder, 'run', 'appservice.pid'), 'utf8').split(/\s/)[0]);
    const collector = await connectGarbageCollector(pid, stack.debuggerPort);
    const visitors = await makeIdleVisitors(stack.database, slug, STREAMS);
    const results: { each: number; beforeKb: number; afterKb: number }[] = [];
    try {
      await closeAll(await openAll(stack.appUrl, visitors.tokens.slice(0, WARM_UP)));
      while (results.length < samples) results.push(await measureOnce(stack, visitors.tokens, pid, collector));
    } finally {
      await visitors.remove();
      collector.close();
    }
    // A process keeps some of what it once had, so that later rounds look cheaper than the first: the dearest counts.
    const dearest = results.toSorted((one, other) => other.each - one.each)[0];
    if (dearest === undefined) throw new Error('nothing was measured');
    const { each, ...details } = dearest;
    return { value: each, details: { streams: STREAMS, ...details } };
  },
};
