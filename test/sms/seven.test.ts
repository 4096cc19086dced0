import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createSeven } from '../../appservice/sms/seven.ts';
import type { SmsGateway } from '../../appservice/sms/sms.ts';
import { SEVEN_KEY, startSeven, type FakeSeven } from '../stubs/seven.ts';
import { failureOf, NUMBER, TEXT } from './texts-fixture.ts';

const seven = suite<{ fake: FakeSeven; gateway: SmsGateway }>('seven');

seven.before.each(async (context) => {
  context.fake = await startSeven();
  context.gateway = createSeven({ apiKey: SEVEN_KEY, sender: 'Smoope' }, { url: context.fake.url, timeoutMs: 2_000 });
});
seven.after.each(async ({ fake }) => {
  await fake.close();
});

seven('gets number, text, sender and how long the text is of use, with the key in a header', async ({ fake, gateway }) => {
  assert.equal(await gateway.sendText(TEXT), { id: '77229135981', segments: 1 });
  const [request] = fake.requests;
  assert.equal(request?.body, { to: NUMBER, text: TEXT.text, from: 'Smoope', ttl: 10 });
  assert.equal([request?.headers['x-api-key'], request?.headers.accept], [SEVEN_KEY, 'application/json']);
  await gateway.sendText({ to: NUMBER, text: 'without an end' });
  assert.is.not(Object.hasOwn(fake.requests[1]?.body ?? {}, 'ttl'), true);
});

seven('a code other than 100 means not sent, though the status is 200, in every form it comes in', async ({ fake, gateway }) => {
  for (const form of ['object', 'number', 'text'] as const) {
    for (const code of ['500', '900', '902', '903']) {
      fake.refusal = { code, form };
      assert.is(await failureOf(gateway.sendText(TEXT)), `seven-${code} gateway`, form);
    }
    for (const code of ['101', '202', '305', '402', '403', '600']) {
      fake.refusal = { code, form };
      assert.is(await failureOf(gateway.sendText(TEXT)), `seven-${code} text`, form);
    }
  }
});

seven('a success of the request with a failed message means not sent', async ({ fake, gateway }) => {
  fake.messageFailure = '600';
  assert.is(await failureOf(gateway.sendText(TEXT)), 'seven-600 text');
});

seven('100 without a message says nothing that can be relied on', async ({ fake, gateway }) => {
  for (const form of ['object', 'number'] as const) {
    fake.refusal = { code: '100', form };
    assert.is(await failureOf(gateway.sendText(TEXT)), form === 'object' ? 'seven-malformed gateway' : 'seven-100 gateway');
  }
});

seven('a wrong key is told as plain text', async ({ fake }) => {
  const gateway = createSeven({ apiKey: 'wrong', sender: 'Smoope' }, { url: fake.url });
  assert.is(await failureOf(gateway.sendText(TEXT)), 'seven-900 gateway');
});

seven('the same text to the same number within three minutes is refused', async ({ gateway }) => {
  await gateway.sendText(TEXT);
  assert.is(await failureOf(gateway.sendText(TEXT)), 'seven-402 text');
});

seven('no answer, half an answer, one without an end, one that means nothing and one from elsewhere mean not sent', async (context) => {
  const { fake, gateway } = context;
  const expected = {
    silent: 'seven-silent gateway',
    reset: 'seven-unreachable gateway',
    down: 'seven-http-503 gateway',
    garbage: 'seven-malformed gateway',
    'broken-off': 'seven-unreachable gateway',
    endless: 'seven-unreachable gateway',
    redirect: 'seven-unreachable gateway',
  } as const;
  for (const [fault, failure] of Object.entries(expected)) {
    fake.fault = fault as keyof typeof expected;
    assert.is(await failureOf(gateway.sendText(TEXT)), failure, fault);
  }
  assert.is(fake.requests.length, Object.keys(expected).length, 'none was sent twice or elsewhere');
});

seven('that is not there at all means not sent', async () => {
  const gateway = createSeven({ apiKey: SEVEN_KEY, sender: 'Smoope' }, { url: 'http://127.0.0.1:1/' });
  assert.is(await failureOf(gateway.sendText(TEXT)), 'seven-unreachable gateway');
});

seven.run();
