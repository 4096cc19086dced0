import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { PreChatField } from '../../appservice/contact-fields/contact-field-wire.ts';
import { checkField } from '../../widget/panel/pre-chat/field-check.ts';

const field = (kind: PreChatField['kind'], required = true): PreChatField => ({
  key: 'key',
  label: 'Label',
  purpose: 'Purpose',
  kind,
  required,
  options: [{ value: 'a', label: 'A' }],
});

test('what is required must be there, and what is voluntary need not', () => {
  for (const kind of ['text', 'email', 'phone', 'choice'] as const) {
    assert.is(checkField(field(kind), '  '), 'fieldRequired');
    assert.is(checkField(field(kind, false), '  '), undefined);
  }
  assert.is(checkField(field('agreement'), ''), 'agreementRequired');
  assert.is(checkField(field('agreement'), 'yes'), undefined);
});

for (const [kind, value, problem] of [
  ['email', 'kim@example.org', undefined],
  ['email', ' kim.o+x@mail.example.co.uk ', undefined],
  ['email', 'kim@example', 'emailWrong'],
  ['email', 'kim example.org', 'emailWrong'],
  ['email', '@example.org', 'emailWrong'],
  ['phone', '+49 (30) 123-4567', undefined],
  ['phone', '030/1234567', undefined],
  ['phone', 'call me', 'phoneWrong'],
  ['phone', '+49', 'phoneWrong'],
  ['phone', '-----', 'phoneWrong'],
  ['choice', 'a', undefined],
  ['choice', 'b', 'fieldRequired'],
] as const)
  test(`${kind} ${JSON.stringify(value)} is ${problem ?? 'taken'}`, () => {
    assert.is(checkField(field(kind, false), value), problem);
  });

test.run();
