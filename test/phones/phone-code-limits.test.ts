import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ApiError } from '../../appservice/errors.ts';
import type { MobileNumber } from '../../appservice/ids.ts';
import { openTestDatabase, type TestDatabase } from '../companies/test-database.ts';
import { makeBench, neighbour, NUMBERS, PROOF, type CodeBench } from './phone-code-fixture.ts';

const limits = suite<{ test: TestDatabase; bench: CodeBench }>('limits of phone codes');

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

limits.before(async (context) => {
  context.test = await openTestDatabase();
});
limits.after(async ({ test }) => {
  await test.close();
});
limits.before.each(async (context) => {
  const { database } = context.test;
  await database('phone_code').delete();
  await database('phone_code_text').delete();
  context.bench = makeBench(database);
});

limits('the second text to a number waits a minute, the third two more', async ({ bench }) => {
  assert.is(await bench.tryAsk(), 'sent');
  bench.clock.ms += 60 * SECOND - 1;
  assert.is(await bench.tryAsk(), 'M_LIMIT_EXCEEDED 0.001');
  bench.clock.ms += 1;
  assert.is(await bench.tryAsk(), 'sent');
  bench.clock.ms += 120 * SECOND - 1;
  assert.is(await bench.tryAsk(), 'M_LIMIT_EXCEEDED 0.001');
  bench.clock.ms += 1;
  assert.is(await bench.tryAsk(), 'sent');
});

limits('every further one waits five minutes', async ({ bench }) => {
  for (const pause of [0, 60, 3_600]) {
    bench.clock.ms += pause * SECOND;
    assert.is(await bench.tryAsk(), 'sent');
  }
  bench.clock.ms += 300 * SECOND - 1;
  assert.is(await bench.tryAsk(), 'M_LIMIT_EXCEEDED 0.001');
  bench.clock.ms += 1;
  assert.is(await bench.tryAsk(), 'sent');
});

limits('three texts within an hour are the most for a number', async ({ bench }) => {
  for (const pause of [0, 60, 120]) {
    bench.clock.ms += pause * SECOND;
    assert.is(await bench.tryAsk(), 'sent');
  }
  bench.clock.ms += 300 * SECOND;
  assert.is(await bench.tryAsk(), `M_LIMIT_EXCEEDED ${3_600 - 480}`);
  bench.clock.ms += (3_600 - 480) * SECOND - 1;
  assert.is(await bench.tryAsk(), 'M_LIMIT_EXCEEDED 0.001');
  bench.clock.ms += 1;
  assert.is(await bench.tryAsk(), 'sent');
});

limits('five texts within a day are the most for a number', async ({ bench }) => {
  const begin = bench.clock.ms;
  for (let count = 0; count < 5; count += 1) {
    assert.is(await bench.tryAsk(), 'sent');
    bench.clock.ms += HOUR;
  }
  bench.clock.ms = begin + 24 * HOUR - 1;
  assert.is(await bench.tryAsk(), 'M_LIMIT_EXCEEDED 0.001');
  bench.clock.ms += 1;
  assert.is(await bench.tryAsk(), 'sent');
});

limits('a number is counted whatever browser, purpose and network ask', async ({ bench }) => {
  await bench.ask();
  assert.is(await bench.tryAsk({ flowId: 'flow-of-other', purpose: 'recover', network: '203.0.113.0/24' }), 'M_LIMIT_EXCEEDED 60');
  assert.is(await bench.tryAsk({ number: NUMBERS[2] }), 'sent');
});

limits('the answer says when the next may be asked for, and it may be then', async ({ bench }) => {
  const waits: number[] = [];
  for (let count = 0; count < 6; count += 1) {
    const { resendAt } = await bench.codes.send(PROOF, (code) => code);
    waits.push((resendAt - bench.clock.ms) / SECOND);
    bench.clock.ms = resendAt - 1;
    assert.is(await bench.tryAsk(), 'M_LIMIT_EXCEEDED 0.001');
    bench.clock.ms = resendAt;
  }
  // The third waits for the hour of the first, the fifth for its day.
  assert.equal(waits, [60, 120, 3_420, 300, 82_500, 300]);
});

limits('a code that was used does not shorten the wait', async ({ bench }) => {
  assert.is(await bench.tell(await bench.ask()), 'right');
  assert.is(await bench.tryAsk(), 'M_LIMIT_EXCEEDED 60');
});

limits('a refused wish sends nothing, counts for nothing and leaves the code as it is', async ({ bench }) => {
  const code = await bench.ask();
  for (let count = 0; count < 10; count += 1) await bench.tryAsk();
  assert.is(bench.texts.length, 1);
  bench.clock.ms += 60 * SECOND;
  assert.is(await bench.tell(code), 'right');
  assert.is(await bench.tryAsk(), 'sent');
  assert.is(bench.counted.filter((outcome) => outcome === 'limited').length, 10);
});

limits('of many wishes at once one is granted', async ({ test: { database }, bench }) => {
  // With all connections open, or the first would be done before the others have one.
  await Promise.all(Array.from({ length: 5 }, () => database.raw('select pg_sleep(0.2)')));
  const answers = await Promise.all(Array.from({ length: 8 }, (_none, index) => bench.tryAsk({ flowId: `flow-${index}` })));
  assert.is(answers.filter((answer) => answer === 'sent').length, 1);
});

limits('twenty texts within an hour are the most for neighbours of a number, fifty within a day', async ({ bench }) => {
  const begin = bench.clock.ms;
  for (let index = 0; index < 20; index += 1) assert.is(await bench.tryAsk({ number: neighbour(index), network: `n${index}` }), 'sent');
  assert.is(await bench.tryAsk({ number: neighbour(20) }), 'M_LIMIT_EXCEEDED 3600');
  assert.is(await bench.tryAsk({ number: NUMBERS[2] }), 'sent');
  for (const [hour, from, to] of [
    [1, 20, 40],
    [2, 40, 50],
  ] as const) {
    bench.clock.ms = begin + hour * HOUR - 1;
    if (hour === 1) assert.is(await bench.tryAsk({ number: neighbour(from) }), 'M_LIMIT_EXCEEDED 0.001');
    bench.clock.ms += 1;
    for (let index = from; index < to; index += 1) assert.is(await bench.tryAsk({ number: neighbour(index) }), 'sent');
  }
  bench.clock.ms = begin + 24 * HOUR - 1;
  assert.is(await bench.tryAsk({ number: neighbour(50) }), 'M_LIMIT_EXCEEDED 0.001');
  bench.clock.ms += 1;
  assert.is(await bench.tryAsk({ number: neighbour(50) }), 'sent');
});

limits('a network has its own limits for hour and day', async ({ test: { database } }) => {
  const bench = makeBench(database, { perHour: 2, perDay: 3 });
  const begin = bench.clock.ms;
  const far = (index: number) => ({ number: `+4915${200 + index}817386` as MobileNumber });
  assert.is(await bench.tryAsk(far(0)), 'sent');
  assert.is(await bench.tryAsk(far(1)), 'sent');
  assert.is(await bench.tryAsk(far(2)), 'M_LIMIT_EXCEEDED 3600');
  assert.is(await bench.tryAsk({ ...far(2), network: '203.0.113.0/24' }), 'sent');
  bench.clock.ms = begin + HOUR - 1;
  assert.is(await bench.tryAsk(far(3)), 'M_LIMIT_EXCEEDED 0.001');
  bench.clock.ms += 1;
  assert.is(await bench.tryAsk(far(3)), 'sent');
  bench.clock.ms = begin + 24 * HOUR - 1;
  assert.is(await bench.tryAsk(far(4)), 'M_LIMIT_EXCEEDED 0.001');
  bench.clock.ms += 1;
  assert.is(await bench.tryAsk(far(4)), 'sent');
});

limits('a text that did not go out counts, because it may have arrived', async ({ bench }) => {
  bench.failure = new ApiError('COM_SMOOPE_TEXT_NOT_SENT', 'No text can be sent now; try again later.');
  assert.is(await bench.tryAsk(), 'COM_SMOOPE_TEXT_NOT_SENT 0');
  bench.failure = undefined;
  assert.is(await bench.tryAsk(), 'M_LIMIT_EXCEEDED 60');
  assert.equal(bench.counted, ['limited']);
});

limits('the refusal quotes no number', async ({ bench }) => {
  await bench.ask();
  try {
    await bench.ask();
    assert.unreachable();
  } catch (error) {
    assert.is((error as ApiError).message, 'Too many codes were asked for; wait before you ask for another.');
  }
});

limits.run();
