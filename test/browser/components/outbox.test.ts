import { assert, waitUntil } from '@open-wc/testing';
import { deleteBrowserDatabases, openBrowserDatabase, type BrowserDatabase } from '../../../web-client/matrix/browser-database.ts';
import { openOutbox, UNCERTAIN, type Outbox, type Outcome } from '../../../web-client/matrix/outbox.ts';
import { createOutboxStore, createPageOutboxStore, type OutboxEntry, type OutboxStore } from '../../../web-client/matrix/outbox-store.ts';
import { joinTabs, loneTab, type Tabs } from '../../../web-client/matrix/tabs.ts';
import './element-fixture.ts';

const USER = '@outbox:example.org';
const some = (txnId: string, roomId = '!a', content: Record<string, unknown> = { body: txnId }) => ({
  txnId,
  roomId,
  type: 'm.room.message',
  content,
  writtenAt: Date.now(),
});

type Side = { outbox: Outbox; told: string[] };

/** An outbox in a page, and what it was told. */
async function open(store: OutboxStore, send: (entry: OutboxEntry) => Promise<Outcome>, tabs: Tabs = loneTab(0)): Promise<Side> {
  const told: string[] = [];
  const outbox = await openOutbox({
    store,
    tabs,
    send,
    hearer: {
      onEntry: ({ txnId }) => void told.push(`${txnId} shown`),
      onState: ({ txnId }, state) => void told.push(`${txnId} ${state}`),
      onSent: ({ txnId }, eventId) => void told.push(`${txnId} is ${eventId}`),
      onGone: ({ txnId }) => void told.push(`${txnId} gone`),
    },
  });
  return { outbox, told };
}

describe('outbox', () => {
  const closing: (() => void)[] = [];
  let database: BrowserDatabase;
  let store: OutboxStore;

  beforeEach(async () => {
    const opened = await openBrowserDatabase(USER);
    if (opened === undefined) throw new Error('The browser keeps nothing.');
    database = opened;
    store = createOutboxStore(database);
  });
  afterEach(async () => {
    closing.splice(0).forEach((close) => close());
    database.close();
    await deleteBrowserDatabases();
  });
  const opened = async (...parts: Parameters<typeof open>): Promise<Side> => {
    const side = await open(...parts);
    closing.push(() => side.outbox.stop());
    return side;
  };

  it('sends what was written in its order, one after the other in a room, and keeps nothing of it', async () => {
    const sent: string[] = [];
    let atOnce = 0;
    const { outbox, told } = await opened(store, async ({ txnId, roomId }) => {
      atOnce += 1;
      assert.equal(atOnce, 1, roomId);
      await Promise.resolve();
      sent.push(txnId);
      atOnce -= 1;
      return { eventId: `$${txnId}` };
    });
    await Promise.all(['1', '2', '3'].map((txnId) => outbox.add(some(txnId))));
    await waitUntil(() => told.includes('3 is $3'));
    assert.deepEqual(sent, ['1', '2', '3']);
    await waitUntil(async () => (await store.list()).length === 0);
  });

  it('what a page leaves behind in the middle of a send is sent by the next under the same id', async () => {
    const first = await opened(store, () => new Promise<Outcome>(() => undefined));
    await first.outbox.add(some('left'));
    await waitUntil(() => first.told.includes('left sending'));
    first.outbox.stop();
    const ids: string[] = [];
    const second = await opened(store, async ({ txnId }) => {
      ids.push(txnId);
      return { eventId: '$1' };
    });
    await waitUntil(() => second.told.includes('left is $1'));
    assert.deepEqual(ids, ['left']);
    assert.equal(second.told[0], 'left shown');
  });

  it('what the homeserver turned out to have is not sent again', async () => {
    const tries: string[] = [];
    const answer = Promise.withResolvers<Outcome>();
    const { outbox, told } = await opened(store, async ({ txnId }) => {
      tries.push(txnId);
      return txnId === 'had' ? answer.promise : { eventId: '$next' };
    });
    await outbox.add(some('had'));
    await waitUntil(() => told.includes('had sending'));
    await outbox.settle('had', '$had');
    answer.resolve({ again: 0 });
    await outbox.add(some('next'));
    await waitUntil(() => told.includes('next is $next'));
    assert.deepEqual(tries, ['had', 'next']);
  });

  it('waits for the connection, says so of all that wait, and tries again when it is woken', async () => {
    let isThere = false;
    const { outbox, told } = await opened(store, async ({ txnId }) => (isThere ? { eventId: `$${txnId}` } : { again: 60_000 }));
    await outbox.add(some('1'));
    await waitUntil(() => told.includes('1 waiting'));
    await outbox.add(some('2'));
    await waitUntil(() => told.includes('2 waiting'));
    isThere = true;
    outbox.wake();
    await waitUntil(() => told.includes('2 is $2'));
    assert.isTrue(told.indexOf('1 is $1') < told.indexOf('2 is $2'));
  });

  it('keeps what is refused, lets the next pass, and sends it again or discards it as the person says', async () => {
    let isAllowed = false;
    const { outbox, told } = await opened(store, async ({ txnId }) =>
      txnId === 'ok' || isAllowed ? { eventId: `$${txnId}` } : { refusal: 'M_FORBIDDEN' },
    );
    await outbox.add(some('bad'));
    await outbox.add(some('worse'));
    await outbox.add(some('ok'));
    await waitUntil(() => told.includes('ok is $ok') && told.includes('worse refused'));
    assert.equal(outbox.find('bad')?.refusal, 'M_FORBIDDEN');
    assert.deepEqual(
      (await store.list()).map(({ txnId, refusal }) => [txnId, refusal]),
      [
        ['bad', 'M_FORBIDDEN'],
        ['worse', 'M_FORBIDDEN'],
      ],
    );
    isAllowed = true;
    await outbox.retry('bad');
    await waitUntil(() => told.includes('bad is $bad'));
    await outbox.drop('worse');
    assert.include(told, 'worse gone');
    assert.deepEqual(await store.list(), []);
  });

  it('asks the person before it sends what may have arrived longer ago than the homeserver remembers', async () => {
    await store.add(some('old'));
    const [entry] = await store.list();
    if (entry === undefined) throw new Error('There is no entry.');
    await store.replace({ ...entry, triedAt: Date.now() - 21 * 3_600_000 });
    let tries = 0;
    const { outbox, told } = await opened(store, async () => {
      tries += 1;
      return { eventId: '$1' };
    });
    await waitUntil(() => told.includes('old refused'));
    assert.equal(outbox.find('old')?.refusal, UNCERTAIN);
    assert.equal(tries, 0);
    await outbox.retry('old');
    await waitUntil(() => told.includes('old is $1'));
  });

  it('what speaks of a message that was not sent yet speaks of the event afterwards', async () => {
    await store.add(some('first'));
    await store.add(some('edit', '!a', { 'm.relates_to': { event_id: '~!a:first' } }));
    const seen: unknown[] = [];
    const { told } = await opened(store, async ({ txnId, content }) => {
      seen.push(content['m.relates_to']);
      return { eventId: `$${txnId}` };
    });
    await waitUntil(() => told.includes('edit is $edit'));
    assert.deepEqual(seen, [undefined, { event_id: '$first' }]);
  });

  it('of two tabs one sends, both show it, and the other goes on when that one is left', async () => {
    const one = await joinTabs(USER, true);
    const other = await joinTabs(USER, true);
    closing.push(() => other.leave());
    assert.notEqual(one.number, other.number);
    const senders: string[] = [];
    const sendAs = (name: string) => async (entry: OutboxEntry) => {
      senders.push(`${name} ${entry.txnId}`);
      return { eventId: `$${entry.txnId}` };
    };
    const first = await opened(store, sendAs('first'), one);
    await first.outbox.add(some('1'));
    await waitUntil(() => first.told.includes('1 is $1'));
    const second = await opened(store, sendAs('second'), other);
    await second.outbox.add(some('2'));
    await waitUntil(() => first.told.includes('2 is $2') && second.told.includes('2 is $2'));
    assert.include(first.told, '2 shown');
    first.outbox.stop();
    one.leave();
    await second.outbox.add(some('3'));
    await waitUntil(() => second.told.includes('3 is $3'));
    assert.deepEqual(senders, ['first 1', 'first 2', 'second 3']);
  });

  it('works until the page is closed where the browser keeps nothing', async () => {
    const { outbox, told } = await opened(createPageOutboxStore(), async ({ txnId }) => ({ eventId: `$${txnId}` }));
    await outbox.add(some('1'));
    await waitUntil(() => told.includes('1 is $1'));
    assert.equal(outbox.count(), 0);
  });

  it('a database that was deleted under a page takes nothing more and comes not back', async () => {
    await store.add(some('1'));
    await deleteBrowserDatabases();
    assert.isTrue(database.isGone());
    await store.add(some('2'));
    assert.deepEqual(await indexedDB.databases(), []);
  });

  it('the databases of other accounts are deleted when somebody opens theirs', async () => {
    (await openBrowserDatabase('@before:example.org'))?.close();
    await deleteBrowserDatabases(USER);
    assert.deepEqual(
      (await indexedDB.databases()).map(({ name }) => name),
      [`smoope.matrix.${USER}`],
    );
  });
});
