import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  changeConversations,
  countUnread,
  lastEventIds,
  type Change,
  type ConversationState,
} from '../../widget/panel/conversation-state.ts';
import { aRedaction, anEdit, anItem, aSummary, anEvent, CONVERSATION, LENA, PERSON } from './conversation-fixture.ts';

const after = (...changes: readonly Change[]): ConversationState => changes.reduce(changeConversations, []);
const known = (changes = {}): Change => ({ type: 'conversations', value: [aSummary(changes)] });
const page = (before: string | null, ...events: ReturnType<typeof anEvent>[]): Change => ({
  type: 'page',
  conversationId: CONVERSATION,
  events,
  before,
});
const live = (...given: Parameters<typeof anEvent>): Change => ({ type: 'event', value: anEvent(...given) });
const bodies = (state: ConversationState) => state[0]?.entries.map(({ content }) => content['body']);

test('conversations stand with the one opened last first', () => {
  const state = after({ type: 'conversations', value: [aSummary({ id: 'old', openedAt: 1 }), aSummary({ id: 'new', openedAt: 2 })] });
  assert.equal(
    state.map(({ summary }) => summary.id),
    ['new', 'old'],
  );
});

test('an older page stands before what is known, without doubles', () => {
  const state = after(known({ lastSeq: 4 }), page('mark', anEvent(3), anEvent(4)), page(null, anEvent(1), anEvent(2), anEvent(3)));
  assert.equal(bodies(state), ['message 1', 'message 2', 'message 3', 'message 4']);
  assert.is(state[0]?.before, null);
});

test('an event that arrives twice stands once', () => {
  const state = after(known(), live(1), live(1));
  assert.equal(bodies(state), ['message 1']);
  assert.is(countUnread(state), 1);
});

test('events stand by their place, whatever the order in which they arrive', () => {
  assert.equal(bodies(after(known(), live(2), live(1))), ['message 1', 'message 2']);
});

test('an event of an unknown conversation changes nothing', () => {
  assert.equal(after(live(1)), []);
});

test('only messages of others that came since count as unread', () => {
  const state = after(
    known({ lastSeq: 2, unread: 1 }),
    live(2),
    live(3),
    live(4, { sender: PERSON }),
    live(5, { type: 'com.example.unknown' }),
  );
  assert.is(countUnread(state), 2);
});

test('what was seen is unread no more', () => {
  const state = after(known(), live(1), live(2), { type: 'seen', conversationId: CONVERSATION, seq: 2 });
  assert.is(countUnread(state), 0);
  assert.is(state[0]?.summary.readByPersonSeq, 2);
});

test('what was seen counts as read even where the summary does not know of it yet', () => {
  const state = after(known({ lastSeq: 2 }), page(null, anEvent(6)), { type: 'seen', conversationId: CONVERSATION, seq: 6 });
  assert.is(state[0]?.summary.readByPersonSeq, 6);
});

test('a redaction takes the words away and says so', () => {
  const state = after(known(), live(1, { text: ['secret'] }), live(2, { type: 'm.room.redaction', content: {}, redacts: '$event1' }));
  const [entry] = state[0]?.entries ?? [];
  assert.is(entry?.isRedacted, true);
  assert.equal(entry?.content, {});
  assert.is(entry?.text, undefined);
});

test('a redacted event that is delivered again stays redacted', () => {
  const redaction = live(2, { type: 'm.room.redaction', content: {}, redacts: '$event1' });
  assert.is(after(known(), live(1), redaction, live(1))[0]?.entries[0]?.isRedacted, true);
});

test('a redaction that arrives before its event still applies', () => {
  const redaction = live(2, { type: 'm.room.redaction', content: {}, redacts: '$event1' });
  const state = after(known(), redaction, page(null, anEvent(1)));
  assert.is(state[0]?.entries.find(({ eventId }) => eventId === '$event1')?.isRedacted, true);
});

test('an event whose content is gone in history counts as redacted', () => {
  assert.is(after(known(), page(null, anEvent(1, { content: {} })))[0]?.entries[0]?.isRedacted, true);
});

test('a redaction of an event that is not known changes nothing else', () => {
  const state = after(known(), live(1), live(2, { type: 'm.room.redaction', content: {}, redacts: '$other' }));
  assert.is(state[0]?.entries[0]?.isRedacted, undefined);
});

test('a message that was taken by the server stands there once, echo or not', () => {
  const sent: Change = {
    type: 'sent',
    value: { eventId: '$event1', conversationId: CONVERSATION, seq: 1, at: 5 },
    item: anItem('transaction', 'message 1'),
  };
  assert.equal(bodies(after(known(), sent, live(1, { sender: PERSON }))), ['message 1']);
  assert.equal(bodies(after(known(), live(1, { sender: PERSON }), sent)), ['message 1']);
});

test('the first message opens its conversation before the list is read', () => {
  const value = { eventId: '$event1', conversationId: CONVERSATION, seq: 3, at: 5 };
  const state = after({ type: 'sent', value, item: anItem('transaction', 'hello') }, known({ number: 42, lastSeq: 3 }));
  assert.is(state.length, 1);
  assert.is(state[0]?.summary.number, 42);
  assert.equal(bodies(state), ['hello']);
});

test('a message by somebody who was writing ends their writing', () => {
  const typing: Change = { type: 'typing', value: { conversationId: CONVERSATION, senders: [LENA] } };
  assert.equal(after(known(), typing)[0]?.typing, [LENA]);
  assert.equal(after(known(), typing, live(1))[0]?.typing, []);
});

test('nobody is writing once the connection is lost', () => {
  const typing: Change = { type: 'typing', value: { conversationId: CONVERSATION, senders: [LENA] } };
  assert.equal(after(known(), typing, { type: 'disconnected' })[0]?.typing, []);
});

test('the stream resumes from what it has told, not from what the list or a sent message runs ahead to', () => {
  const sent: Change = {
    type: 'sent',
    value: { eventId: '$event7', conversationId: CONVERSATION, seq: 7, at: 5 },
    item: anItem('transaction', 'x'),
  };
  const state = after(known({ lastSeq: 4 }), live(5), { type: 'conversation', value: aSummary({ lastSeq: 6 }) }, sent);
  assert.is(lastEventIds(state), `${CONVERSATION}:5`);
});

test('a state of a conversation replaces the one before and keeps the events', () => {
  const state = after(known(), live(1), { type: 'conversation', value: aSummary({ status: 'closed', lastSeq: 1 }) });
  assert.is(state[0]?.summary.status, 'closed');
  assert.equal(bodies(state), ['message 1']);
});

test('an edit is no unread message', () => {
  assert.is(countUnread(after(known(), live(1), { type: 'event', value: anEdit(2, '$event1', 'better') })), 1);
});

test('a redaction that came by the stream before its event still applies', () => {
  const state = after(known(), { type: 'event', value: aRedaction(2, '$event1') }, live(1));
  assert.is(state[0]?.entries.find(({ eventId }) => eventId === '$event1')?.isRedacted, true);
});

test('an edit that was taken back is known as such, also when it is delivered again', () => {
  const state = after(
    known(),
    live(1),
    { type: 'event', value: anEdit(2, '$event1', 'better') },
    { type: 'event', value: aRedaction(3, '$event2') },
    live(2, { content: {} }),
  );
  assert.equal([state[0]?.entries[1]?.wasEdit, state[0]?.entries[1]?.content], [true, {}]);
});

test('an own redaction that the server took applies before its echo comes', () => {
  const value = { eventId: '$event2', conversationId: CONVERSATION, seq: 2, at: 5 };
  const item = { ...anItem('transaction', ''), type: 'm.room.redaction', content: { redacts: '$event1' } };
  assert.is(after(known(), live(1, { sender: PERSON }), { type: 'sent', value, item })[0]?.entries[0]?.isRedacted, true);
});

test('a deleted conversation is gone with all its events', () => {
  assert.equal(after(known(), live(1), { type: 'deleted', conversationId: CONVERSATION }), []);
});

test.run();
