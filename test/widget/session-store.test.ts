import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { anItem } from './conversation-fixture.ts';
import { aStore, FakeStorage } from './session-fixture.ts';

const item = anItem('txn-00001', 'hello');
const rest = { sound: false, rated: [], isVerified: false };

test('a draft alone reaches no storage', () => {
  const storage = new FakeStorage();
  const store = aStore(storage);
  store.update(() => ({ draft: 'half a sen' }));
  assert.is(storage.length, 0);
  assert.is(store.read().draft, 'half a sen');
});

test('what was sent outlives a page that is left before there is a session, and goes once nothing is left of it', () => {
  const storage = new FakeStorage();
  const store = aStore(storage);
  store.update(() => ({ outbox: [item] }));
  assert.equal(aStore(storage).read(), { token: null, outbox: [item], draft: '', ...rest });
  assert.not(store.isShared());
  store.update(() => ({ outbox: [] }));
  assert.is(storage.length, 0);
});

test('with the token everything is kept for the next page', () => {
  const storage = new FakeStorage();
  const store = aStore(storage);
  store.update(() => ({ outbox: [item] }));
  store.update(() => ({ token: 'secret' }));
  assert.equal([...storage.items.keys()], ['smoope:acme']);
  assert.equal(aStore(storage).read(), { token: 'secret', outbox: [item], draft: '', ...rest });
  assert.ok(store.isShared());
});

test('of a session that has ended stays what still waits to be sent, and of a forgotten one nothing', () => {
  const storage = new FakeStorage();
  const store = aStore(storage);
  store.update(() => ({ token: 'secret', outbox: [item] }));
  store.update(() => ({ token: null }));
  assert.equal(aStore(storage).read(), { token: null, outbox: [item], draft: '', ...rest });
  store.forget();
  assert.is(storage.length, 0);
});

test('what another tab changed is seen', () => {
  const storage = new FakeStorage();
  const [one, other] = [aStore(storage), aStore(storage)];
  one.update(() => ({ token: 'secret', outbox: [item] }));
  other.update((kept) => ({ outbox: kept.outbox.filter(({ txnId }) => txnId !== item.txnId) }));
  assert.equal(one.read().outbox, []);
});

test('a session that another tab ended is gone here too', () => {
  const storage = new FakeStorage();
  const store = aStore(storage);
  store.update(() => ({ token: 'secret' }));
  storage.clear();
  assert.is(store.read().token, null);
});

test('with storage refused everything works in memory and is not shared', () => {
  const storage = new FakeStorage();
  storage.isRefused = true;
  const store = aStore(storage);
  store.update(() => ({ token: 'secret', outbox: [item] }));
  assert.equal(store.read(), { token: 'secret', outbox: [item], draft: '', ...rest });
  assert.not.ok(store.isShared());
  assert.ok(store.isRefused());
});

test('a storage that becomes full does not lose the session', () => {
  const storage = new FakeStorage();
  const store = aStore(storage);
  storage.setItem = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  store.update(() => ({ token: 'secret' }));
  assert.is(store.read().token, 'secret');
});

for (const garbage of ['{', 'null', '[]', '{"token":1}', '{"token":"x","outbox":{}}', '"text"'])
  test(`a kept value that is no session is none: ${garbage}`, () => {
    const storage = new FakeStorage();
    storage.setItem('smoope:acme', garbage);
    const store = aStore(storage);
    assert.is(store.read().token, null);
    store.update(() => ({ token: 'fresh' }));
    assert.is(aStore(storage).read().token, 'fresh');
  });

test('an item that an older version kept is left out', () => {
  const storage = new FakeStorage();
  storage.setItem('smoope:acme', JSON.stringify({ token: 'secret', outbox: [{ txnId: 'txn-00001', body: 'hello', at: 1 }, item] }));
  assert.equal(aStore(storage).read().outbox, [item]);
});

test('forgetting leaves nothing in storage and nothing in memory', () => {
  const storage = new FakeStorage();
  const store = aStore(storage);
  store.update(() => ({ token: 'secret', outbox: [item], draft: 'half', rated: ['a:1'] }));
  store.forget();
  assert.is(storage.length, 0);
  assert.equal(store.read(), { token: null, outbox: [], draft: '', ...rest });
});

test.run();
