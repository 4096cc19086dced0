import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { IndexedEvent, RelationTargets } from '../../appservice/conversations/event-index-store.ts';
import { relationOf, repliedTo } from '../../appservice/conversations/event-relation.ts';
import { targetOf, withShownRelation } from '../../appservice/conversations/shown-relation.ts';
import type { EventId, UserId } from '../../appservice/ids.ts';
import { someConversation } from './conversation-fixture.ts';

const [anna, ben] = ['@anna:x', '@ben:x'] as [UserId, UserId];
const { id: conversationId, roomId } = someConversation();

const target = (changes: Partial<IndexedEvent & { isRedacted: boolean }> = {}): [EventId, IndexedEvent & { isRedacted: boolean }] => [
  '$t' as EventId,
  {
    conversationId,
    seq: 1,
    roomId,
    eventId: '$t' as EventId,
    type: 'm.room.message',
    sender: anna,
    aboutPerson: null,
    mxc: [],
    relation: null,
    at: new Date(0),
    isRedacted: false,
    ...changes,
  },
];
const seen: RelationTargets = new Map([target()]);
const none: RelationTargets = new Map();

const event = (content: Readonly<Record<string, unknown>>, changes: { type?: string; sender?: UserId; redacts?: EventId } = {}) => ({
  type: 'm.room.message',
  sender: anna,
  redacts: undefined,
  content,
  ...changes,
});

const edit = (changes: Record<string, unknown> = {}) => ({
  msgtype: 'm.text',
  body: '> <@geheim:x> Zitat\n\n* neu',
  'm.new_content': { msgtype: 'm.text', body: 'neu' },
  'm.relates_to': { rel_type: 'm.replace', event_id: '$t' },
  ...changes,
});
const reply = { 'm.in_reply_to': { event_id: '$t' } };

test('an edit is shown with its new words only', () => {
  assert.equal(withShownRelation(event(edit()), seen)?.content, { ...edit(), body: 'neu' });
  const quoting = edit({ 'm.new_content': { msgtype: 'm.text', body: '> <@geheim:x> Zitat\n\nneu', 'm.relates_to': reply } });
  assert.not.match(JSON.stringify(withShownRelation(event(quoting), seen)), /geheim|in_reply_to/);
});

test('an edit of something else than an own first message is dropped', () => {
  assert.is(withShownRelation(event(edit(), { sender: ben }), seen), undefined, "somebody else's");
  assert.is(withShownRelation(event(edit()), none), undefined, 'what the person cannot see');
  assert.is(withShownRelation(event(edit()), new Map([target({ isRedacted: true })])), undefined, 'what was taken back');
  assert.is(withShownRelation(event(edit()), new Map([target({ type: 'm.sticker' })])), undefined, 'another type');
  const edited = target({ relation: { type: 'm.replace', eventId: '$s' as EventId } });
  assert.is(withShownRelation(event(edit()), new Map([edited])), undefined, 'an edit');
});

test('a reaction keeps its key only, and needs something to react to', () => {
  const content = (key: unknown) => ({ 'm.relates_to': { rel_type: 'm.annotation', event_id: '$t', key }, shortcode: '@geheim:x' });
  const reacts = (key: unknown, targets = seen) => withShownRelation(event(content(key), { type: 'm.reaction' }), targets)?.content;
  assert.equal(reacts('👍'), { 'm.relates_to': { rel_type: 'm.annotation', event_id: '$t', key: '👍' } });
  for (const key of ['', 'x'.repeat(65), 5, undefined]) assert.is(reacts(key), undefined);
  assert.is(reacts('👍', none), undefined);
  assert.is(withShownRelation(event(content('👍')), seen), undefined, 'a message is no reaction');
  assert.equal(withShownRelation(event({}, { type: 'm.reaction' }), none)?.content, {}, 'one that was taken back');
  assert.is(withShownRelation(event({ x: 1 }, { type: 'm.reaction' }), none), undefined);
});

test('a reply names its target where the person can see it, and never quotes what they cannot', () => {
  const content = { msgtype: 'm.text', body: '> <@geheim:x> intern\n\ngern', 'm.relates_to': reply };
  assert.equal(withShownRelation(event(content), seen)?.content, { msgtype: 'm.text', body: 'gern', 'm.relates_to': reply });
  assert.equal(withShownRelation(event(content), none)?.content, { msgtype: 'm.text', body: 'gern' });
});

test('a message in a thread is a message, its fallback no reply', () => {
  const thread = (falling: boolean) => ({
    msgtype: 'm.text',
    body: 'x',
    'm.relates_to': { rel_type: 'm.thread', event_id: '$r', is_falling_back: falling, 'm.in_reply_to': { event_id: '$t' } },
  });
  assert.equal(withShownRelation(event(thread(true)), seen)?.content, { msgtype: 'm.text', body: 'x' });
  assert.equal(withShownRelation(event(thread(false)), seen)?.content, { msgtype: 'm.text', body: 'x', 'm.relates_to': reply });
});

test('a redaction tells what was taken back and no reason', () => {
  const redacts = '$t' as EventId;
  const shown = withShownRelation(event({ redacts, reason: 'Kunde nervt' }, { type: 'm.room.redaction', redacts }), seen);
  assert.equal(shown?.content, { redacts });
});

test('content that only looks like a relation is none', () => {
  for (const relation of [
    null,
    5,
    'x',
    [],
    {},
    { rel_type: 'm.replace' },
    { rel_type: 'm.replace', event_id: 5 },
    { rel_type: '__proto__', event_id: '$t' },
  ]) {
    const content = { msgtype: 'm.text', body: 'x', 'm.relates_to': relation };
    assert.equal(
      [relationOf(content), repliedTo(content), targetOf(event(content))],
      [undefined, undefined, undefined],
      JSON.stringify(relation),
    );
    assert.equal(withShownRelation(event(content), none)?.content, { msgtype: 'm.text', body: 'x' });
  }
});

test.run();
