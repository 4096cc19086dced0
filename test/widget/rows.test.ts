import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Thread } from '../../widget/panel/conversation-state.ts';
import { listRows, type MessageRow } from '../../widget/panel/message-list/rows.ts';
import { aSummary, anEvent, PERSON } from './conversation-fixture.ts';

const thread = (entries: Thread['entries'], readByCompanySeq = 0): Thread => ({
  summary: aSummary({ readByCompanySeq }),
  entries,
  before: null,
  resumeSeq: 0,
  typing: [],
});
const messages = (...given: Parameters<typeof listRows>): MessageRow[] => listRows(...given).filter((row) => row.kind === 'message');
const own = (seq: number) => anEvent(seq, { sender: PERSON });

test('a line stands before the first message of each day', () => {
  const rows = listRows(thread([anEvent(1), anEvent(2), anEvent(3, { at: Date.UTC(2026, 4, 6, 12) })]), []);
  assert.equal(
    rows.map(({ kind }) => kind),
    ['day', 'message', 'message', 'day', 'message'],
  );
});

test('messages by one sender within five minutes form a run', () => {
  const rows = messages(thread([anEvent(1), anEvent(2), anEvent(20), own(21)]), []);
  assert.equal(
    rows.map(({ isFirst, isLast }) => [isFirst, isLast]),
    [
      [true, false],
      [false, true],
      [true, true],
      [true, true],
    ],
  );
});

test('events of an unknown type have no line', () => {
  assert.equal(listRows(thread([anEvent(1, { type: 'com.example.dance' })]), []), []);
});

test('a content without a body is an empty message, not a fault', () => {
  assert.is(messages(thread([anEvent(1, { content: { body: { toString: 1 } } })]), [])[0]?.body, '');
});

test('each state stands below the last own message that has it', () => {
  const rows = messages(thread([own(1), own(2), own(3), own(4)], 2), []);
  assert.equal(
    rows.map(({ delivery }) => delivery),
    [undefined, 'read', undefined, 'sent'],
  );
});

test('messages of others have no state', () => {
  assert.is(messages(thread([anEvent(1)], 5), [])[0]?.delivery, undefined);
});

test('what waits in the outbox stands at the end, and each failed message shows that it failed', () => {
  const at = Date.UTC(2026, 4, 4, 11);
  const rows = messages(thread([own(1)]), [
    { txnId: 'txn-00001', body: 'one', at, failed: true },
    { txnId: 'txn-00002', body: 'two', at, failed: true },
    { txnId: 'txn-00003', body: 'three', at },
  ]);
  assert.equal(
    rows.map(({ delivery }) => delivery),
    ['sent', 'failed', 'failed', 'sending'],
  );
});

test('a message that arrived stands once, even while it is still in the outbox', () => {
  const rows = messages(thread([anEvent(1, { sender: PERSON, txnId: 'txn-00001' })]), [{ txnId: 'txn-00001', body: 'message 1', at: 1 }]);
  assert.equal(
    rows.map(({ key, delivery }) => [key, delivery]),
    [['txn-00001', 'sent']],
  );
});

test('without a conversation only the outbox is listed', () => {
  assert.is(messages(undefined, [{ txnId: 'txn-00001', body: 'hello', at: 1 }])[0]?.body, 'hello');
});

test.run();
