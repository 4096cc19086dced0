import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createSmsOutbox } from '../../appservice/sms/sms-outbox.ts';
import type { Text } from '../../appservice/sms/sms.ts';
import { TEXT } from './texts-fixture.ts';

test('a text is kept whole and counted; one that cannot be kept was not sent', async () => {
  const kept: Text[] = [];
  const box = createSmsOutbox(async (text) => void kept.push(text));
  assert.equal(await box.sendText(TEXT), { id: '1', segments: 1 });
  assert.equal(await box.sendText(TEXT), { id: '2', segments: 1 });
  assert.equal(kept, [TEXT, TEXT]);
  const full = createSmsOutbox(() => Promise.reject(new Error('no space left')));
  await full.sendText(TEXT).then(
    () => assert.unreachable(),
    (error: Error) => assert.match(error.message, 'no space left'),
  );
});

test.run();
