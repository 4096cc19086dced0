import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { matrixPath } from '../../appservice/matrix/homeserver-client.ts';
import { bucketOf, createNames, localpart } from '../../appservice/matrix/names.ts';

const names = createNames('example.org');

test('a bucket is two hex digits and stays the same for a slug', () => {
  for (const slug of ['acme', 'a', 'x'.repeat(31)]) assert.match(bucketOf(slug), /^[0-9a-f]{2}$/);
  assert.is(bucketOf('acme'), bucketOf('acme'));
});

test('ghosts are known by server and shape; nobody else passes for one', () => {
  const ghost = names.newVisitorGhost('0a');
  assert.match(ghost, /^@visitor_0a_[0-9a-f]{20}:example\.org$/);
  assert.is.not(names.newVisitorGhost('0a'), ghost);
  assert.is(names.isGhost(ghost), true);
  assert.is(names.isGhost(names.companyGhost('0a', 'acme')), true);
  for (const id of [
    '@visitor_0a_1:example.org.evil',
    '@visitor_0a_1:evil',
    '@xvisitor_0a_1:example.org',
    '@visitor_zz_1:example.org',
    '@visitor_0a_1:evil:example.org.',
  ]) {
    assert.is(names.isGhost(id), false, id);
  }
  assert.is(names.isGhost(names.serviceAccount('0a', 'acme', 'crm')), false);
});

test('the local part is what stands before the first colon', () => {
  assert.is(localpart('@anna:example.org:8448'), 'anna');
});

test('whatever stands in an id stays one segment of a path', () => {
  assert.is(matrixPath`/rooms/${'!a/../b?c#d'}/send/${'m.room.message'}/${'x y'}`, '/rooms/!a%2F..%2Fb%3Fc%23d/send/m.room.message/x%20y');
});

test.run();
