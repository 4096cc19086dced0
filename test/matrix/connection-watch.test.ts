import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createLogger } from '../../appservice/logger.ts';
import { createConnectionWatch } from '../../appservice/matrix/connection-watch.ts';
import { HomeserverUnavailable, type HomeserverRequest } from '../../appservice/matrix/homeserver-client.ts';
import { eventually } from '../stack/waiting.ts';

function createWorld({ refusals = 0 } = {}) {
  const world = { refusals, pings: [] as string[], connected: 0, failing: false, onWell: async (): Promise<void> => undefined };
  const watch = createConnectionWatch({
    homeserver: {
      async request({ path }: HomeserverRequest) {
        world.pings.push(path);
        world.refusals -= 1;
        if (world.refusals >= 0) throw new HomeserverUnavailable('away');
        return {};
      },
      requestPlain: async () => ({}),
      admin: async () => ({}),
      download: async () => new Response(),
    },
    registrationId: 'smoope',
    onConnected: async () => {
      if (world.failing) throw new Error('the database is away');
      world.connected += 1;
    },
    onWell: () => world.onWell(),
    log: createLogger({ level: 'silent' }),
  });
  return { world, watch };
}

const until = (what: string, holds: () => boolean) => eventually(what, async () => (holds() ? true : undefined), 8_000);

test('at the start the homeserver is asked to reach us, which makes it deliver at once', async () => {
  const { world, watch } = createWorld();
  watch.start();
  await until('the connection', () => world.connected === 1);
  assert.equal(world.pings, ['/_matrix/client/v1/appservice/smoope/ping']);
  watch.stop();
});

test('while it is away it is asked again until it answers', async () => {
  const { world, watch } = createWorld({ refusals: 2 });
  watch.start();
  await until('the connection', () => world.connected === 1);
  assert.is(world.pings.length, 3);
  watch.stop();
});

test('what follows a connection is done again when it fails', async () => {
  const { world, watch } = createWorld();
  world.failing = true;
  watch.start();
  await until('a second try', () => world.pings.length === 2);
  assert.is(world.connected, 0);
  world.failing = false;
  await until('the connection', () => world.connected === 1);
  watch.stop();
});

test('a doubt asks once more, and many doubts ask once', async () => {
  const { world, watch } = createWorld();
  watch.doubt();
  assert.is(world.pings.length, 0, 'not before the start');
  watch.start();
  await until('the connection', () => world.connected === 1);
  for (let i = 0; i < 5; i += 1) watch.doubt();
  await until('the connection again', () => world.connected === 2);
  assert.is(world.pings.length, 2);
  watch.stop();
  watch.doubt();
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  assert.is(world.pings.length, 2, 'nothing after the end');
});

test('a doubt while a round is under way does not begin a second watch', async () => {
  const { world, watch } = createWorld();
  let rounds = 0;
  const well = Promise.withResolvers<void>();
  world.onWell = async () => {
    rounds += 1;
    watch.doubt();
    await well.promise;
  };
  watch.start();
  await until('the connection', () => world.connected === 1);
  watch.doubt();
  await until('the connection again', () => world.connected === 2);
  const pings = world.pings.length;
  well.resolve();
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  assert.is(world.pings.length, pings, 'one connection needs one ping');
  assert.is(rounds, 0);
  watch.stop();
});

test.run();
