import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { backoff, createPause } from '../../widget/transport/backoff.ts';

test('for the first minute a restarted server is noticed within three seconds', () => {
  let waited = 0;
  for (let attempt = 0; waited < 30_000; attempt += 1) {
    assert.ok(backoff(attempt, 1) <= 3000, `attempt ${attempt}`);
    waited += backoff(attempt, 1);
  }
});

test('a long outage is asked about every half minute at most', () => {
  assert.is(backoff(200, 1), 30_000);
  assert.ok(backoff(200, 0) >= 15_000);
});

test('clients spread: the same attempt waits differently', () => {
  assert.ok(backoff(3, 0) < backoff(3, 1));
});

test('a pause ends early when it is woken', async () => {
  const pause = createPause();
  const begin = Date.now();
  setTimeout(pause.wake, 10);
  await pause.sleep(60_000);
  assert.ok(Date.now() - begin < 5000);
});

test('waking nobody does no harm', async () => {
  const pause = createPause();
  pause.wake();
  await pause.sleep(1);
  pause.wake();
});

test.run();
