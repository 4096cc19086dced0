import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createLogger } from '../../appservice/logger.ts';
import { createFailOver } from '../../appservice/sms/fail-over.ts';
import { createLox24 } from '../../appservice/sms/lox24.ts';
import { createSeven } from '../../appservice/sms/seven.ts';
import type { SendText } from '../../appservice/sms/sms.ts';
import { LOX24_TOKEN, startLox24, type FakeLox24 } from '../stubs/lox24.ts';
import { SEVEN_KEY, startSeven, type FakeSeven } from '../stubs/seven.ts';
import { failureOf, TEXT } from './texts-fixture.ts';

type Context = {
  first: FakeSeven;
  second: FakeLox24;
  send: SendText;
  clock: { ms: number };
  budget: { left: number };
  counted: string[];
  lines: string[];
};

const failOver = suite<Context>('fail-over');

failOver.before.each(async (context) => {
  const made = { first: await startSeven(), second: await startLox24(), clock: { ms: 0 }, budget: { left: 1_000 }, counted: [], lines: [] };
  Object.assign(context, made);
  const { first, second, clock, budget, counted, lines } = context;
  context.send = createFailOver({
    gateways: [
      createSeven({ apiKey: SEVEN_KEY, sender: 'Smoope' }, { url: first.url, timeoutMs: 2_000 }),
      createLox24({ authToken: LOX24_TOKEN, sender: 'Smoope' }, { url: second.url, timeoutMs: 2_000 }),
    ],
    log: createLogger({ level: 'info', destination: { write: (line: string) => void lines.push(line) } }),
    countText: (gateway, outcome) => counted.push(`${gateway} ${outcome}`),
    pay: async () => (budget.left -= 1) >= 0,
    now: () => new Date(clock.ms),
  });
});
failOver.after.each(async ({ first, second }) => {
  await Promise.all([first.close(), second.close()]);
});

failOver('while the first sends, the second is not asked', async ({ first, second, send, counted }) => {
  assert.match((await send(TEXT)).id, /^7722/);
  assert.equal([first.requests.length, second.requests.length], [1, 0]);
  assert.equal(counted, ['seven sent']);
});

failOver('the second sends whatever the first fails with', async ({ first, second, send, counted, clock }) => {
  for (const fault of ['silent', 'reset', 'down', 'garbage', 'broken-off', 'endless', 'redirect'] as const) {
    clock.ms += 3_600_000;
    first.fault = fault;
    assert.match((await send(TEXT)).id, /^9fe26332/, fault);
  }
  first.fault = undefined;
  for (const code of ['202', '402', '500', '900']) {
    clock.ms += 3_600_000;
    first.refusal = { code, form: 'text' };
    assert.match((await send(TEXT)).id, /^9fe26332/, code);
  }
  assert.is(second.requests.length, 11);
  assert.equal(counted.slice(-2), ['seven failed', 'lox24 sent']);
});

failOver('a gateway with a fault of its own is asked last for a minute, then first again', async ({ first, send, counted, clock }) => {
  first.fault = 'down';
  await send(TEXT);
  clock.ms = 59_999;
  await send(TEXT);
  assert.equal([first.requests.length, counted.length], [1, 3]);
  clock.ms = 60_000;
  await send(TEXT);
  assert.is(first.requests.length, 2);
});

failOver('a refusal that is about one number does not set the gateway aside', async ({ first, send }) => {
  first.refusal = { code: '202', form: 'object' };
  await send(TEXT);
  first.refusal = undefined;
  assert.match((await send(TEXT)).id, /^7722/);
});

failOver('where both rest, both are still asked', async ({ first, second, send }) => {
  first.fault = 'down';
  second.fault = 'down';
  assert.is(await failureOf(send(TEXT)), 'lox24-http-503 gateway');
  second.fault = undefined;
  assert.match(await failureOf(send(TEXT)), /^sent as 9fe26332/);
});

failOver('where both fail the text is not sent, and the log says why without number or text', async ({ first, second, send, lines }) => {
  first.fault = 'silent';
  second.refusal = 402;
  assert.is(await failureOf(send(TEXT)), 'lox24-http-402 gateway');
  assert.is(lines.length, 2);
  assert.match(lines[0] ?? '', '"code":"seven-silent"');
  assert.match(lines[1] ?? '', '"code":"lox24-http-402"');
  assert.not.match(lines.join(''), /1713920012|123456|example/);
});

failOver('nobody is asked when nothing is left to spend, and every request to a gateway is paid for', async (context) => {
  const { first, second, send, budget, counted } = context;
  first.fault = 'silent';
  budget.left = 1;
  assert.is(await failureOf(send(TEXT)), 'spend-limit gateway');
  assert.equal([first.requests.length, second.requests.length], [1, 0]);
  assert.equal(counted, ['seven failed', 'lox24 stopped']);
  budget.left = 2;
  assert.match(await failureOf(send(TEXT)), /^sent as/);
});

failOver('without a gateway no text is sent', async ({ counted }) => {
  const send = createFailOver({
    gateways: [],
    log: createLogger({ level: 'silent' }),
    countText: () => undefined,
    pay: async () => true,
    now: () => new Date(),
  });
  assert.is(await failureOf(send(TEXT)), 'no-gateway gateway');
  assert.equal(counted, []);
});

failOver.run();
