import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readContentAddress } from '../../appservice/matrix/content-address.ts';

test('a content address has a server and a media id', () => {
  assert.equal(readContentAddress('mxc://example.org/aB3_-x'), { server: 'example.org', mediaId: 'aB3_-x' });
  assert.equal(readContentAddress('mxc://localhost:8448/a'), { server: 'localhost:8448', mediaId: 'a' });
});

test('what would lead elsewhere is no content address', () => {
  for (const mxc of [
    'mxc://../x',
    'mxc://./x',
    'mxc://.../x',
    'mxc://a/..',
    'mxc://a/b/c',
    'mxc://a/%2e',
    'mxc://a?x/b',
    'mxc://a@b/c',
    'mxc://a',
    'https://a/b',
    '',
  ]) {
    assert.is(readContentAddress(mxc), undefined, mxc);
  }
  assert.is(readContentAddress(`mxc://a/${'x'.repeat(256)}`), undefined);
});

test.run();
