import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ApiError } from '../../appservice/errors.ts';
import { TextNotSent, type SendText } from '../../appservice/sms/sms.ts';
import { createTextSending } from '../../appservice/sms/text-sending.ts';
import { NUMBER, TEXT } from './texts-fixture.ts';

const refusing = (error: Error): SendText =>
  createTextSending(async () => {
    throw error;
  });

async function errorOf(send: SendText): Promise<unknown> {
  return send(TEXT).then(
    () => undefined,
    (error: unknown) => error,
  );
}

test('whatever a gateway fails with, the answer is the same and names no gateway', async () => {
  const answers = [];
  for (const failure of [
    new TextNotSent('seven-202', 'text'),
    new TextNotSent('lox24-silent', 'gateway'),
    new TextNotSent('spend-limit', 'gateway'),
  ]) {
    const error = await errorOf(refusing(failure));
    assert.instance(error, ApiError);
    const { code, status, message, cause } = error as ApiError;
    answers.push(`${code} ${status} ${message}`);
    assert.is(cause, failure);
  }
  assert.equal([...new Set(answers)], ['COM_SMOOPE_TEXT_NOT_SENT 503 No text can be sent now; try again later.']);
});

test('a fault of ours stays one', async () => {
  const fault = new Error('a fault');
  assert.is(await errorOf(refusing(fault)), fault);
});

test('a text that is more than one message, or none, never reaches a gateway', async () => {
  const sent: string[] = [];
  const send = createTextSending(async ({ text }) => {
    sent.push(text);
    return { id: '1', segments: 1 };
  });
  for (const text of ['', 'a'.repeat(161), 'ein „Zitat“']) {
    const error = await send({ to: NUMBER, text }).catch((cause: unknown) => cause);
    assert.match(String(error), 'one GSM-7 message');
  }
  assert.equal(sent, []);
  assert.equal(await send(TEXT), { id: '1', segments: 1 });
});

test.run();
