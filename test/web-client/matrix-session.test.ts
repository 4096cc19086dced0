import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findSession, forgetSession, keepSession } from '../../web-client/session/matrix-session.ts';

const session = suite('the Matrix session that a browser keeps');
const some = { userId: '@a:example.org', deviceId: 'D', accessToken: 't' };

function storage(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  } as Storage;
}

session('is found again until it is forgotten', () => {
  const browser = storage();
  assert.is(findSession(browser), undefined);
  keepSession(some, browser);
  assert.equal(findSession(browser), some);
  forgetSession(browser);
  assert.is(findSession(browser), undefined);
});

session('what is no session is taken for none', () => {
  for (const kept of ['', '{', 'null', '[]', '"x"', '{"userId":"@a:example.org"}', '{"userId":1,"deviceId":"D","accessToken":"t"}']) {
    const browser = storage();
    browser.setItem('smoope.matrix-session', kept);
    assert.is(findSession(browser), undefined, kept);
  }
});

session('a browser that keeps nothing has none', () => {
  const refusing = {
    getItem: () => {
      throw new DOMException('refused', 'SecurityError');
    },
  };
  assert.is(findSession(refusing), undefined);
});

session.run();
