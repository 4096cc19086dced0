import { createClient, PendingEventOrdering } from 'matrix-js-sdk/lib/matrix.js';
import { MatrixEvent } from 'matrix-js-sdk/lib/models/event.js';
import { Room } from 'matrix-js-sdk/lib/models/room.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createMessageItems } from '../../../web-client/thread/message-items.ts';
import { firstUnread } from '../../../web-client/thread/reading.ts';

const items = suite('messages of a room');

const me = '@me:example.org';
const lena = '@lena:example.org';
const roomId = '!room';

type Raw = { readonly sender: string; readonly type?: string; readonly content: object; readonly unsigned?: object };

/** A room in which this was said, in order; ids are $0, $1 and so on. */
async function roomWith(...raws: readonly Raw[]) {
  const client = createClient({ baseUrl: 'https://example.org', userId: me, timelineSupport: true });
  const room = new Room(roomId, client, me, { timelineSupport: true, pendingEventOrdering: PendingEventOrdering.Detached });
  const events = raws.map(
    ({ type = 'm.room.message', ...raw }, index) =>
      new MatrixEvent({ ...raw, type, room_id: roomId, event_id: `$${index}`, origin_server_ts: 1_000 + index }),
  );
  await room.addLiveEvents(events, { addToState: false });
  return { events, itemsOf: createMessageItems(room, me, () => undefined) };
}

const said = (sender: string, body: string, more: object = {}): Raw => ({ sender, content: { msgtype: 'm.text', body, ...more } });
const edit = (sender: string, body: string): Raw =>
  said(sender, `* ${body}`, { 'm.new_content': { msgtype: 'm.text', body }, 'm.relates_to': { rel_type: 'm.replace', event_id: '$0' } });
const reacts = (sender: string, key: unknown): Raw => ({
  sender,
  type: 'm.reaction',
  content: { 'm.relates_to': { rel_type: 'm.annotation', event_id: '$0', key } },
});

items('an edit of the sender counts, one of somebody else does not', async () => {
  const own = await roomWith(said(me, 'alt'), edit(me, 'neu'));
  const [edited] = own.itemsOf(own.events, []);
  assert.equal([edited?.words, edited?.isEdited], ['neu', true]);
  const forged = await roomWith(said(me, 'alt'), edit(lena, 'gefälscht'));
  const shown = forged.itemsOf(forged.events, []);
  assert.equal(
    shown.map(({ words, isEdited }) => [words, isEdited]),
    [['alt', false]],
  );
});

items('an edit that the homeserver hands over with the message is looked at as well', async () => {
  const bundled = (sender: string) => ({
    ...said(me, 'alt'),
    unsigned: {
      'm.relations': { 'm.replace': { event_id: '$e', sender, content: { 'm.new_content': { msgtype: 'm.text', body: 'neu' } } } },
    },
  });
  for (const [sender, words] of [
    [me, 'neu'],
    [lena, 'alt'],
  ] as const) {
    const { itemsOf, events } = await roomWith(bundled(sender));
    assert.is(itemsOf(events, [])[0]?.words, words);
  }
});

items('reactions are counted once a person, and keys that are none are left out', async () => {
  const { events, itemsOf } = await roomWith(
    said(lena, 'Hallo'),
    reacts(me, '👍'),
    reacts(me, '👍'),
    reacts(lena, '👍'),
    reacts(lena, 'x'.repeat(41)),
    reacts(lena, 7),
  );
  assert.equal(itemsOf(events, [])[0]?.reactions, [{ key: '👍', count: 2, ownEventId: '$1' }]);
});

items('content that is not what it should be says nothing and breaks nothing', async () => {
  for (const content of [
    {},
    { msgtype: 'm.text' },
    { msgtype: 7, body: ['x'] },
    { msgtype: 'm.text', body: 'x', 'm.relates_to': 'nowhere' },
    { msgtype: 'm.text', body: 'x', 'm.relates_to': { 'm.in_reply_to': { event_id: 7 } } },
    JSON.parse('{"msgtype":"m.text","body":"x","__proto__":{"isOwn":true},"constructor":1}') as object,
  ]) {
    const { events, itemsOf } = await roomWith({ sender: lena, content });
    const [item] = itemsOf(events, []);
    assert.equal([item?.isOwn, item?.replyTo, item?.reactions], [false, undefined, []]);
  }
});

items('a quote that an older client repeats is left out of an answer', async () => {
  const reply = { 'm.relates_to': { 'm.in_reply_to': { event_id: '$0' } } };
  const { events, itemsOf } = await roomWith(said(lena, 'Frage'), said(me, '> <@lena:example.org> Frage\n\nAntwort', reply));
  const [, answer] = itemsOf(events, []);
  assert.equal([answer?.words, answer?.nodes, answer?.replyTo], ['Antwort', ['Antwort'], '$0']);
});

items('a message that has not changed is the same object as before, and one that was redacted says nothing more', async () => {
  const { events, itemsOf } = await roomWith(said(lena, 'eins'), said(lena, 'zwei'));
  const before = itemsOf(events, []);
  const [first] = events;
  first?.makeRedacted(new MatrixEvent({ type: 'm.room.redaction', event_id: '$r', sender: lena, content: {} }), {} as Room);
  const after = itemsOf(events, []);
  assert.is(after[1], before[1]);
  assert.equal([after[0]?.isGone, after[0]?.words, after[0]?.nodes], [true, '', []]);
});

items('a deleted message stands there as deleted, its edits that the service deletes with it do not', async () => {
  const redacted = (sender: string, by: string): Raw => ({
    sender,
    content: {},
    unsigned: { redacted_because: { sender: by, type: 'm.room.redaction' } },
  });
  const { events, itemsOf } = await roomWith(redacted(me, me), redacted(me, '@company_0a_acme:example.org'));
  assert.equal(
    itemsOf(events, []).map(({ eventId, isGone }) => [eventId, isGone]),
    [['$0', true]],
  );
});

items('new is what others said after the last event that was read', async () => {
  const { events, itemsOf } = await roomWith(said(lena, 'eins'), said(me, 'zwei'), said(lena, 'drei'), said(lena, 'vier'));
  const shown = itemsOf(events, []);
  assert.is(firstUnread('$0', events, shown), '$2');
  assert.is(firstUnread('$3', events, shown), undefined);
  assert.is(firstUnread('$elsewhere', events, shown), undefined);
  assert.is(firstUnread(undefined, events, shown), undefined);
});

items.run();
