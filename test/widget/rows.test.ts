import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Thread } from '../../widget/panel/conversation-state.ts';
import { listRows, type MessageRow } from '../../widget/panel/message-list/rows.ts';
import { aReaction, anEdit, anItem, aSummary, anEvent, PERSON } from './conversation-fixture.ts';

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
    anItem('txn-00001', 'one', { at, failed: true }),
    anItem('txn-00002', 'two', { at, failed: true }),
    anItem('txn-00003', 'three', { at }),
  ]);
  assert.equal(
    rows.map(({ delivery }) => delivery),
    ['sent', 'failed', 'failed', 'sending'],
  );
});

test('a message that arrived stands once, even while it is still in the outbox', () => {
  const rows = messages(thread([anEvent(1, { sender: PERSON, txnId: 'txn-00001' })]), [anItem('txn-00001', 'message 1')]);
  assert.equal(
    rows.map(({ key, delivery }) => [key, delivery]),
    [['txn-00001', 'sent']],
  );
});

test('without a conversation only the outbox is listed', () => {
  assert.is(messages(undefined, [anItem('txn-00001', 'hello')])[0]?.body, 'hello');
});

const firstOf = (...given: Parameters<typeof listRows>) => messages(...given)[0];

test('an edit on its way shows at once, as being sent; when it is refused, the message asks for another try', () => {
  const { type, content } = anEdit(0, '$event1', 'better');
  const edit = (changes = {}) => ({ ...anItem('txn-00001', ''), type, content, ...changes });
  assert.equal([firstOf(thread([own(1)]), [edit()])?.body, firstOf(thread([own(1)]), [edit()])?.delivery], ['better', 'sending']);
  const failed = firstOf(thread([own(1)]), [edit({ failed: true })]);
  assert.equal([failed?.delivery, failed?.item?.txnId], ['failed', 'txn-00001']);
});

test('a reaction on its way shows at once, and makes no line of its own', () => {
  const { type, content } = aReaction(0, '$event1', '👍');
  const rows = messages(thread([anEvent(1)]), [{ ...anItem('txn-00001', ''), type, content }]);
  assert.is(rows.length, 1);
  assert.equal(rows[0]?.message.reactions, [{ key: '👍', count: 1, own: 'txn-00001' }]);
});

test('a deletion on its way takes the words away at once', () => {
  const item = { ...anItem('txn-00001', ''), type: 'm.room.redaction', content: { redacts: '$event1' } };
  assert.is(firstOf(thread([own(1)]), [item])?.message.entry.isRedacted, true);
});

test('a reaction that is being taken back is gone at once', () => {
  const item = { ...anItem('txn-00001', ''), type: 'm.room.redaction', content: { redacts: '$event2' } };
  assert.equal(firstOf(thread([anEvent(1), aReaction(2, '$event1', '👍', { sender: PERSON })]), [item])?.message.reactions, []);
});

test('an answer knows what it answers, as it is after edits and deletions', () => {
  const answer = anEvent(3, { content: { msgtype: 'm.text', body: 'yes', 'm.relates_to': { 'm.in_reply_to': { event_id: '$event1' } } } });
  const rows = messages(thread([anEvent(1), anEdit(2, '$event1', 'better'), answer]), []);
  assert.is(rows[1]?.quoted?.content['body'], 'better');
  assert.is(messages(thread([answer]), [])[0]?.quoted, undefined);
});

test.run();
