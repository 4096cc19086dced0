import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createTurns } from '../appservice/turns.ts';

/** Work that lasts until it is told to end. */
function work() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const state = { begun: false };
  return {
    state,
    end: resolve,
    fail: reject,
    begin: (): Promise<string> => {
      state.begun = true;
      return promise;
    },
  };
}

const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

test('so many run at once, and the others begin in the order they came', async () => {
  const inTurn = createTurns(2);
  const all = [work(), work(), work(), work()];
  const done = all.map((one) => inTurn(one.begin));
  const begun = (): boolean[] => all.map(({ state }) => state.begun);
  await settled();
  assert.equal(begun(), [true, true, false, false]);
  all[1]?.end('b');
  await done[1];
  await settled();
  assert.equal(begun(), [true, true, true, false]);
  all.forEach((one, index) => one.end(String(index)));
  assert.equal(await Promise.all(done), ['0', 'b', '2', '3']);
});

test('who finds the bound full is refused at once, and may come again when there is room', async () => {
  const inTurn = createTurns(1, { mostWaiting: 1, refusal: () => new Error('full') });
  const [running, waiting, late] = [work(), work(), work()];
  const first = inTurn(running.begin);
  const second = inTurn(waiting.begin);
  await inTurn(late.begin).then(
    () => assert.unreachable('there was no room'),
    (error: Error) => assert.is(error.message, 'full'),
  );
  assert.is(late.state.begun, false, 'nothing of it was done');
  running.end('first');
  assert.is(await first, 'first');
  const third = inTurn(late.begin);
  waiting.end('second');
  late.end('third');
  assert.equal(await Promise.all([second, third]), ['second', 'third']);
});

test('a turn that rests goes to the next after that, and whose work is done does not wait', async () => {
  const rests: { took: number; end: () => void }[] = [];
  const rest = (took: number): Promise<void> => new Promise((end) => void rests.push({ took, end }));
  const inTurn = createTurns(1, { mostWaiting: 1, refusal: () => new Error('full'), rest });
  const [first, second] = [work(), work()];
  const done = inTurn(first.begin);
  const next = inTurn(second.begin);
  first.end('first');
  assert.is(await done, 'first');
  await settled();
  assert.is(second.state.begun, false);
  assert.ok((rests[0]?.took ?? -1) >= 0);
  rests[0]?.end();
  second.end('second');
  assert.is(await next, 'second');
});

test('work that fails gives its turn on', async () => {
  const inTurn = createTurns(1, { mostWaiting: 1, refusal: () => new Error('full') });
  const [broken, next] = [work(), work()];
  const first = inTurn(broken.begin).catch((error: Error) => error.message);
  const second = inTurn(next.begin);
  broken.fail(new Error('broken'));
  next.end('next');
  assert.equal(await Promise.all([first, second]), ['broken', 'next']);
});

test.run();
