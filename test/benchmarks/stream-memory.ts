import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { makeBenchCompany } from './bench-company.ts';
import type { Figure } from './figure.ts';
import { makeIdleVisitors, openIdleStream } from './idle-visitors.ts';

const STREAMS = 2_000;

/** Streams opened and closed beforehand: what the first ones cost once (code, pools, heap) belongs to no single one. */
const WARM_UP = 500;

/** Streams opened at once. */
const WIDTH = 20;

/** Reads the memory this often, and takes it as settled when it has stayed within `STEADY_KB` for `STEADY_READS` readings. */
const READ_MS = 1_000;
const STEADY_READS = 20;
const STEADY_KB = 1_024;
const BOUND_MS = 90_000;

/** Resident memory of a process in kB. */
function residentKb(pid: number): number {
  const [, kb] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  if (kb === undefined) throw new Error('the memory of the appservice cannot be read; this figure needs Linux');
  return Number(kb);
}

/** Resident memory once it has come to rest, long enough for the collector and for at least one keep-alive of every stream. */
async function settledKb(pid: number): Promise<number> {
  const readings = [residentKb(pid)];
  for (const deadline = Date.now() + BOUND_MS; Date.now() < deadline;) {
    await wait(READ_MS);
    readings.push(residentKb(pid));
    const latest = readings.slice(-STEADY_READS);
    if (latest.length === STEADY_READS && Math.max(...latest) - Math.min(...latest) <= STEADY_KB) break;
  }
  return readings.at(-1) ?? 0;
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

/** Resident memory that the appservice needs more for each of 2,000 visitors whose stream is open and quiet. */
export const streamMemory: Figure = {
  name: 'stream-memory',
  unit: 'kB',
  goal: { atMost: 40 },
  usualSamples: 1,
  async measure({ stack: open, samples }) {
    const stack = await open();
    const { slug } = await makeBenchCompany(stack);
    const pid = Number(readFileSync(join(stack.folder, 'run', 'appservice.pid'), 'utf8').split(/\s/)[0]);
    const visitors = await makeIdleVisitors(stack.database, slug, STREAMS);
    const costs: { each: number; before: number; after: number }[] = [];
    try {
      (await openAll(stack.appUrl, visitors.tokens.slice(0, WARM_UP))).forEach((socket) => socket.destroy());
      for (let sample = 0; sample < samples; sample += 1) {
        const before = await settledKb(pid);
        const sockets = await openAll(stack.appUrl, visitors.tokens);
        const after = await settledKb(pid);
        const alive = sockets.filter((socket) => !socket.destroyed).length;
        sockets.forEach((socket) => socket.destroy());
        if (alive !== STREAMS) throw new Error(`${STREAMS - alive} streams ended by themselves`);
        costs.push({ each: (after - before) / STREAMS, before, after });
      }
    } finally {
      await visitors.remove();
    }
    const [first] = costs;
    return { value: first?.each ?? Number.NaN, details: { streams: STREAMS, beforeKb: first?.before ?? 0, afterKb: first?.after ?? 0 } };
  },
};
