import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isProof } from '../../appservice/contact-form/proof-of-work.ts';
import { work } from '../stack/contact-form/form-client.ts';

test('work counts for the token it was done for, and for no other', () => {
  const proof = work('a.b.c', 12);
  assert.ok(isProof('a.b.c', proof, 12));
  assert.not.ok(isProof('a.b.d', proof, 12));
});

test('what is no number, or too long, is no work', () => {
  for (const proof of ['', ' ', '-1', '1e9', 'x', '1'.repeat(17)]) assert.not.ok(isProof('a.b.c', proof, 1), proof);
});

test.run();
