import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createLox24 } from '../../appservice/sms/lox24.ts';
import type { SmsGateway } from '../../appservice/sms/sms.ts';
import { LOX24_TOKEN, startLox24, type FakeLox24 } from '../stubs/lox24.ts';
import { failureOf, NUMBER, TEXT } from './texts-fixture.ts';

const lox24 = suite<{ fake: FakeLox24; gateway: SmsGateway }>('lox24');

lox24.before.each(async (context) => {
  context.fake = await startLox24();
  context.gateway = createLox24({ authToken: LOX24_TOKEN, sender: 'Smoope' }, { url: context.fake.url, timeoutMs: 2_000 });
});
lox24.after.each(async ({ fake }) => {
  await fake.close();
});

lox24('gets number, text and sender, and is told not to keep the text', async ({ fake, gateway }) => {
  assert.equal(await gateway.sendText(TEXT), { id: '9fe26332-cdbe-11ee-8d61-000000000001', segments: 1 });
  const [request] = fake.requests;
  assert.equal(request?.body, {
    sender_id: 'Smoope',
    phone: NUMBER,
    text: TEXT.text,
    service_code: 'direct',
    is_unicode: false,
    is_text_deleted: true,
  });
  assert.is(request?.headers['x-lox24-auth-token'], LOX24_TOKEN);
});

lox24('says in how many messages it cut a text, or has not counted yet', async ({ fake, gateway }) => {
  fake.partsCount = 2;
  assert.is((await gateway.sendText(TEXT)).segments, 2);
  fake.partsCount = null;
  assert.is((await gateway.sendText(TEXT)).segments, 1);
});

lox24('an error of HTTP means not sent; only 400 and 422 speak of the text', async ({ fake, gateway }) => {
  for (const status of [401, 402, 403, 404, 429, 500, 502]) {
    fake.refusal = status;
    assert.is(await failureOf(gateway.sendText(TEXT)), `lox24-http-${status} gateway`);
  }
  for (const status of [400, 422]) {
    fake.refusal = status;
    assert.is(await failureOf(gateway.sendText(TEXT)), `lox24-http-${status} text`);
  }
});

lox24('a text that was taken and stopped means not sent', async ({ fake, gateway }) => {
  for (const [code, about] of [
    [208, 'text'],
    [2000, 'text'],
    [3000, 'gateway'],
    [5000, 'text'],
  ] as const) {
    fake.statusCode = code;
    assert.is(await failureOf(gateway.sendText(TEXT)), `lox24-${code} ${about}`);
  }
  for (const code of [0, 100]) {
    fake.statusCode = code;
    assert.match(await failureOf(gateway.sendText(TEXT)), /^sent as/, `code ${code}`);
  }
});

lox24('a wrong key is refused, and after more of them everything is', async ({ fake, gateway }) => {
  const wrong = createLox24({ authToken: '1:wrong', sender: 'Smoope' }, { url: fake.url });
  for (let attempt = 0; attempt < 4; attempt += 1) assert.is(await failureOf(wrong.sendText(TEXT)), 'lox24-http-401 gateway');
  assert.is(await failureOf(gateway.sendText(TEXT)), 'lox24-http-429 gateway');
});

lox24('no answer, half an answer, one without an end, one that means nothing and one from elsewhere mean not sent', async (context) => {
  const { fake, gateway } = context;
  const expected = {
    silent: 'lox24-silent gateway',
    reset: 'lox24-unreachable gateway',
    down: 'lox24-http-503 gateway',
    garbage: 'lox24-http-200 gateway',
    'broken-off': 'lox24-unreachable gateway',
    endless: 'lox24-unreachable gateway',
    redirect: 'lox24-unreachable gateway',
  } as const;
  for (const [fault, failure] of Object.entries(expected)) {
    fake.fault = fault as keyof typeof expected;
    assert.is(await failureOf(gateway.sendText(TEXT)), failure, fault);
  }
  assert.is(fake.requests.length, Object.keys(expected).length, 'none was sent twice or elsewhere');
});

lox24.run();
