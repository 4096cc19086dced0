import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createSmsOutbox, type SmsOutbox } from '../../appservice/sms/sms-outbox.ts';
import { NUMBER, TEXT } from './texts-fixture.ts';

const now = (): Date => new Date('2026-11-23T12:00:00Z');

function outbox(): { box: SmsOutbox; announced: string[] } {
  const announced: string[] = [];
  return { box: createSmsOutbox({ profile: 'embedded', announce: (id) => announced.push(id), now }), announced };
}

test('a text is kept and announced by its number in the row, not by what it says', async () => {
  const { box, announced } = outbox();
  assert.equal(await box.sendText(TEXT), { id: '1', segments: 1 });
  assert.equal(box.listTexts(), [{ ...TEXT, at: now() }]);
  assert.equal(announced, ['1']);
});

test('only the last twenty are kept, the newest first', async () => {
  const { box } = outbox();
  for (let index = 1; index <= 21; index += 1) await box.sendText({ to: NUMBER, text: String(index) });
  assert.equal(
    box.listTexts().map(({ text }) => text),
    Array.from({ length: 20 }, (_none, index) => String(21 - index)),
  );
});

test('in production it refuses to start', () => {
  assert.throws(() => createSmsOutbox({ profile: 'production', announce: () => undefined, now }), 'refused in production');
});

test.run();
