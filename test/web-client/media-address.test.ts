import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { mediaAddress } from '../../web-client/files/media-address.ts';

const HOME = 'https://matrix.example';

test('a file is read by the authenticated paths of the own homeserver', () => {
  assert.is(mediaAddress(HOME, 'mxc://other.example:8448/aB_-9'), `${HOME}/_matrix/client/v1/media/download/other.example:8448/aB_-9`);
  assert.is(
    mediaAddress(HOME, 'mxc://other.example/a', 'small'),
    `${HOME}/_matrix/client/v1/media/thumbnail/other.example/a?width=800&height=600&method=scale`,
  );
  assert.is(mediaAddress(HOME, 'mxc://[::1]:80/a'), `${HOME}/_matrix/client/v1/media/download/[::1]:80/a`);
});

for (const hostile of [
  'mxc://../../_matrix/client/v3/logout',
  'mxc://../a',
  'mxc://./a',
  'mxc://server/../a',
  'mxc://server/a?b',
  'mxc://server/a/b',
  'mxc://server/%2e%2e',
  'mxc://ser ver/a',
  'mxc://server/',
  'https://elsewhere.example/a',
  'javascript:alert(1)',
  ' mxc://server/a',
  undefined,
  { toString: () => 'mxc://server/a' },
])
  test(`${String(hostile)} (${typeof hostile}) is no address of a file`, () => {
    assert.is(mediaAddress(HOME, hostile), undefined);
  });

test.run();
