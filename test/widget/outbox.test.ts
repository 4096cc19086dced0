import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ApiFailure } from '../../widget/transport/api.ts';
import { createOutbox, type Outbox } from '../../widget/transport/outbox.ts';
import type { OutboxItem, SessionStore } from '../../widget/transport/session-store.ts';
import { aText, anItem } from './conversation-fixture.ts';
import { aStore, FakeStorage } from './session-fixture.ts';

type Context = {
  store: SessionStore;
  storage: FakeStorage;
  tried: string[];
  slept: number[];
  fail: Map<string, Error[]>;
  wake: () => void;
  outbox: Outbox;
};
const test = suite<Context>('outbox');

function anOutbox(context: Pick<Context, 'store' | 'tried' | 'slept' | 'fail'> & Partial<Context>, holds = false): Outbox {
  let count = 0;
  return createOutbox({
    store: context.store,
    deliver: async ({ txnId, type, content }: OutboxItem) => {
      const body = type === 'm.room.message' ? String(content['body']) : type;
      context.tried.push(`${body} as ${txnId}`);
      const error = context.fail.get(body)?.shift();
      if (error) throw error;
    },
    onRefused: () => {},
    onChange: () => {},
    pause: {
      sleep: (ms) => {
        context.slept.push(ms);
        return holds ? new Promise((resolve) => (context.wake = resolve)) : Promise.resolve();
      },
      wake: () => context.wake?.(),
    },
    newTxnId: () => `txn-${(count += 1)}`,
    now: () => 1,
  });
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

test.before.each((context) => {
  context.storage = new FakeStorage();
  context.store = aStore(context.storage);
  Object.assign(context, { tried: [], slept: [], fail: new Map() });
  context.outbox = anOutbox(context);
});

test('messages are delivered in the order in which they were written', async ({ outbox, tried }) => {
  outbox.add(aText('one'));
  outbox.add(aText('two'));
  outbox.add(aText('three'));
  await settled();
  assert.equal(tried, ['one as txn-1', 'two as txn-2', 'three as txn-3']);
  assert.equal(outbox.items(), []);
});

test('a message is tried again under the same id, and later ones wait behind it', async ({ outbox, tried, fail }) => {
  fail.set('one', [new ApiFailure(0, ''), new ApiFailure(503, 'COM_SMOOPE_HOMESERVER_UNAVAILABLE')]);
  outbox.add(aText('one'));
  outbox.add(aText('two'));
  await settled();
  assert.equal(tried, ['one as txn-1', 'one as txn-1', 'one as txn-1', 'two as txn-2']);
});

test('the wait grows, and is as long as the server asks', async ({ outbox, slept, fail }) => {
  fail.set('one', [new ApiFailure(0, ''), new ApiFailure(0, ''), new ApiFailure(429, 'M_LIMIT_EXCEEDED', 20_000)]);
  outbox.add(aText('one'));
  await settled();
  assert.is(slept.length, 3);
  assert.ok((slept[0] ?? 0) < (slept[1] ?? 0));
  assert.is(slept[2], 20_000);
});

test('while the next attempt waits the outbox is interrupted, and a flush ends the wait', async (context) => {
  context.outbox = anOutbox(context, true);
  context.fail.set('one', [new ApiFailure(0, '')]);
  context.outbox.add(aText('one'));
  await settled();
  assert.ok(context.outbox.isInterrupted());
  assert.is(context.outbox.items().length, 1);
  context.outbox.flush();
  await settled();
  assert.not.ok(context.outbox.isInterrupted());
  assert.equal(context.outbox.items(), []);
});

test('a refused message stays as failed, and those behind it go on', async ({ outbox, tried, fail }) => {
  fail.set('one', [new ApiFailure(400, 'M_INVALID_PARAM')]);
  outbox.add(aText('one'));
  outbox.add(aText('two'));
  await settled();
  assert.equal(tried, ['one as txn-1', 'two as txn-2']);
  assert.equal(
    outbox.items().map(({ content, failed }) => [content['body'], failed]),
    [['one', true]],
  );
});

test('a failed message is sent again under its id when the person asks for it', async ({ outbox, tried, fail }) => {
  fail.set('one', [new ApiFailure(413, 'M_TOO_LARGE')]);
  outbox.add(aText('one'));
  await settled();
  outbox.retry('txn-1');
  await settled();
  assert.equal(tried, ['one as txn-1', 'one as txn-1']);
  assert.equal(outbox.items(), []);
});

test('retrying what is not there does nothing', async ({ outbox, tried }) => {
  outbox.retry('txn-9');
  await settled();
  assert.equal(tried, []);
});

test('what an earlier page left is sent by the first flush', async (context) => {
  context.store.update(() => ({ token: 'secret', outbox: [anItem('txn-of-before', 'left')] }));
  const next = anOutbox({ ...context, store: aStore(context.storage) });
  assert.equal(context.tried, []);
  next.flush();
  await settled();
  assert.equal(context.tried, ['left as txn-of-before']);
  assert.equal(aStore(context.storage).read().outbox, []);
});

test('a flush leaves failed messages alone', async (context) => {
  context.store.update(() => ({ token: 'secret', outbox: [anItem('txn-of-before', 'left', { failed: true })] }));
  context.outbox.flush();
  await settled();
  assert.equal(context.tried, []);
});

test('a message that the stream has shown is delivered, whatever its answer said', async (context) => {
  context.outbox = anOutbox(context, true);
  context.fail.set('one', [new ApiFailure(0, '')]);
  context.outbox.add(aText('one'));
  await settled();
  context.outbox.settle('txn-1');
  context.outbox.flush();
  await settled();
  assert.equal(context.tried, ['one as txn-1']);
});

test('a reaction or deletion that is refused goes, so that what it did is undone', async ({ outbox, tried, fail }) => {
  fail.set('m.reaction', [new ApiFailure(404, 'M_NOT_FOUND')]);
  outbox.add({ type: 'm.reaction', content: {} });
  outbox.add(aText('two'));
  await settled();
  assert.equal(tried, ['m.reaction as txn-1', 'two as txn-2']);
  assert.equal(outbox.items(), []);
});

test.run();
