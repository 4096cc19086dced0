import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Company } from '../../appservice/companies/company.ts';
import type { CompanyId, RoomId } from '../../appservice/ids.ts';
import { createLogger } from '../../appservice/logger.ts';
import { createGapReader } from '../../appservice/matrix/gap-reader.ts';
import type { GapPosition } from '../../appservice/matrix/gap-store.ts';
import { decodeEvent, type MatrixEvent } from '../../appservice/matrix/matrix-event.ts';
import type { Sync, SyncAnswer } from '../../appservice/matrix/sync.ts';
import { eventually } from '../stack/waiting.ts';

const acme = 'acme' as CompanyId;
const room = '!room' as RoomId;

const raw = (id: string, at: number) => ({
  event_id: `$${id}`,
  room_id: room,
  sender: '@anna:x',
  type: 'm.room.message',
  content: {},
  origin_server_ts: at,
});

function event(id: string): MatrixEvent {
  const decoded = decodeEvent(raw(id, 1));
  if (decoded === undefined) throw new Error('the event of the test is none');
  return decoded;
}

function createWorld({ stored, heard = [acme] }: { stored?: string | undefined; heard?: CompanyId[] } = { stored: 's1' }) {
  const world = {
    stored,
    heard,
    taken: 0,
    received: [] as string[],
    ephemeral: 0,
    syncs: [] as string[],
    answers: [] as (SyncAnswer | Error)[],
  };
  const positions: GapPosition = {
    findToken: async () => world.stored,
    setToken: async (token) => {
      world.stored = token;
    },
  };
  const sync: Sync = {
    takePosition: async () => `now${(world.taken += 1)}`,
    async read(_userId, since, _timeout, signal) {
      world.syncs.push(since);
      const answer = world.answers.shift();
      if (answer instanceof Error) throw answer;
      if (answer !== undefined) return answer;
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
      });
    },
  };
  const reader = createGapReader({
    positions,
    sync,
    reading: {
      listBackwards: async () => ({ events: [event('2'), event('1')], end: null }),
      listForwards: async () => ({ events: [], end: null }),
      listRelated: async () => ({ events: [], end: null }),
      findEvent: async () => undefined,
      findState: async () => undefined,
    },
    receiving: {
      receiveTransaction: async () => undefined,
      receiveEvents: async (events) => void world.received.push(...events.map(({ eventId }) => eventId)),
    },
    receiveEphemeral: (values) => {
      world.ephemeral += values.length;
    },
    findCompany: async () => ({ userId: '@company_0a_acme:x' }) as Company,
    listHeardCompanies: () => world.heard,
    isLocal: (userId) => userId.endsWith(':x'),
    log: createLogger({ level: 'silent' }),
  });
  return { world, reader };
}

const answer = (nextBatch: string, ids: string[] = [], gapFrom?: string): SyncAnswer => ({
  nextBatch,
  rooms: ids.length === 0 ? [] : [{ roomId: room, events: ids.map(event), gapFrom, ephemeral: [{}] }],
});

const until = (what: string, holds: () => boolean) => eventually(what, async () => (holds() ? true : undefined), 3_000);

test('from the position kept before, what was missed is read until it is known that nothing waits', async () => {
  const { world, reader } = createWorld();
  world.answers.push(answer('s2', ['a']), answer('s3', ['b']));
  await reader.begin();
  await until('both to be received', () => world.received.length === 2);
  assert.equal(world.received, ['$a', '$b']);
  await until('a third read', () => world.syncs.length === 3);
  assert.equal([world.syncs, world.ephemeral], [['s1', 's2', 's3'], 2]);
  reader.noticeTransaction([raw('old', Date.now() - 60_000)]);
  world.heard = [];
  reader.noticeTransaction([raw('fresh', Date.now())]);
  await reader.keepPosition();
  assert.is(world.taken, 1, 'positions are kept again');
  reader.stop();
});

test('what the homeserver cut off is read page by page and comes first', async () => {
  const { world, reader } = createWorld();
  world.answers.push(answer('s2', ['3'], 'prev'));
  await reader.begin();
  await until('all to be received', () => world.received.length === 3);
  assert.equal(world.received, ['$1', '$2', '$3']);
  reader.stop();
});

test('a fresh event of another server, whose clock may be wrong, ends nothing', async () => {
  const { world, reader } = createWorld();
  await reader.begin();
  await until('a read', () => world.syncs.length === 1);
  reader.noticeTransaction([{ ...raw('x', Date.now()), sender: '@eve:elsewhere' }, null, 'rubbish']);
  await reader.keepPosition();
  assert.is(world.taken, 0, 'while a gap is open its position stays');
  reader.stop();
});

test('a read that fails is tried again from the same position', async () => {
  const { world, reader } = createWorld();
  world.answers.push(new Error('away'), answer('s2', ['a']));
  await reader.begin();
  await until('the event', () => world.received.length === 1);
  assert.equal(world.syncs.slice(0, 2), ['s1', 's1']);
  reader.stop();
});

test('a company whose first stream opens later is followed from then on, once', async () => {
  const { world, reader } = createWorld({ stored: 's1', heard: [] });
  await reader.begin();
  assert.equal(world.syncs, []);
  world.heard = [acme];
  reader.follow(acme);
  reader.follow(acme);
  await until('a read', () => world.syncs.length > 0);
  assert.equal(world.syncs, ['s1']);
  reader.stop();
});

test('without a gap nobody is followed', async () => {
  const { world, reader } = createWorld();
  reader.follow(acme);
  reader.noticeTransaction([raw('x', Date.now())]);
  assert.equal(world.syncs, []);
});

test('the first connection ever keeps its position at once, so that an outage right after it is covered', async () => {
  const { world, reader } = createWorld({});
  await reader.begin();
  assert.equal([world.stored, world.syncs], ['now1', []]);
});

test('the position kept is the one of the round before: what is on its way lies after it', async () => {
  const { world, reader } = createWorld();
  await reader.keepPosition();
  assert.is(world.stored, 's1');
  await reader.keepPosition();
  assert.is(world.stored, 'now1');
});

test.run();
