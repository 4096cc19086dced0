import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { ConversationEvent } from '../../appservice/conversations/conversation-wire.ts';
import { changeConversations, type Change, type ConversationState } from '../../widget/panel/conversation-state.ts';
import { shownMessages } from '../../widget/panel/shown-messages.ts';
import { aReaction, aRedaction, anEdit, anEvent, aSummary, CONVERSATION, LENA, PERSON } from './conversation-fixture.ts';

const TIM = { ...LENA, id: 'agent-2', name: 'Tim' };

const start: Change = { type: 'conversations', value: [aSummary({ lastSeq: 20 })] };
const live = (value: ConversationEvent): Change => ({ type: 'event', value });
const page = (...events: ConversationEvent[]): Change => ({ type: 'page', conversationId: CONVERSATION, events, before: null });
const after = (...changes: readonly Change[]): ConversationState => [start, ...changes].reduce(changeConversations, []);
const shown = (state: ConversationState) =>
  shownMessages(state[0]?.entries ?? []).map(({ content, edit, reactions, entry }) => ({
    body: entry.isRedacted ? 'deleted' : content['body'],
    isEdited: edit !== undefined,
    reactions: reactions.map(({ key, count, own }) => `${key} ${count}${own ? ' own' : ''}`),
  }));
const of = (...events: readonly ConversationEvent[]) => shown(after(...events.map(live)));

function orders<Item>(items: readonly Item[]): Item[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) => orders(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]));
}

test('the latest edit by the author stands for the message', () => {
  assert.equal(of(anEvent(1), anEdit(2, '$event1', 'better'), anEdit(3, '$event1', 'best')), [
    { body: 'best', isEdited: true, reactions: [] },
  ]);
});

test('an edit by somebody else changes nothing and shows nothing', () => {
  assert.equal(of(anEvent(1), anEdit(2, '$event1', 'forged', { sender: TIM }), anEdit(3, '$event1', 'forged', { sender: PERSON })), [
    { body: 'message 1', isEdited: false, reactions: [] },
  ]);
});

test('an edit brings its own formatted text', () => {
  const [message] = shownMessages(
    after(live(anEvent(1, { text: ['old'] })), live(anEdit(2, '$event1', 'new', { text: ['new'] })))[0]?.entries ?? [],
  );
  assert.equal(message?.text, ['new']);
});

test('an edit of a message that is not known shows nothing, and applies when the message comes with an older page', () => {
  assert.equal(of(anEdit(2, '$event1', 'better')), []);
  assert.equal(shown(after(live(anEdit(2, '$event1', 'better')), page(anEvent(1)))), [{ body: 'better', isEdited: true, reactions: [] }]);
});

test('an edit that is taken back gives way to the one before', () => {
  const events = [anEvent(1), anEdit(2, '$event1', 'better'), anEdit(3, '$event1', 'best'), aRedaction(4, '$event3')];
  assert.equal(of(...events), [{ body: 'better', isEdited: true, reactions: [] }]);
});

test('reactions are counted by people, in the order of the first of each', () => {
  assert.equal(
    of(
      anEvent(1),
      aReaction(2, '$event1', '👍'),
      aReaction(3, '$event1', '🎉', { sender: PERSON }),
      aReaction(4, '$event1', '👍', { sender: TIM }),
      aReaction(5, '$event1', '👍', { sender: TIM }),
    ),
    [{ body: 'message 1', isEdited: false, reactions: ['👍 2', '🎉 1 own'] }],
  );
});

test('a reaction that is taken back is gone', () => {
  assert.equal(of(anEvent(1), aReaction(2, '$event1', '👍'), aRedaction(3, '$event2')), [
    { body: 'message 1', isEdited: false, reactions: [] },
  ]);
});

test('a deleted message shows neither edits nor reactions', () => {
  const events = [anEvent(1), anEdit(2, '$event1', 'better'), aReaction(3, '$event1', '👍'), aRedaction(4, '$event1')];
  assert.equal(of(...events), [{ body: 'deleted', isEdited: false, reactions: [] }]);
});

test('the same is shown in whatever order and by whatever way the events become known', () => {
  const events = [anEvent(1), anEdit(2, '$event1', 'better'), aReaction(3, '$event1', '👍'), anEvent(4), aRedaction(5, '$event4')];
  const expected = [
    { body: 'better', isEdited: true, reactions: ['👍 1'] },
    { body: 'deleted', isEdited: false, reactions: [] },
  ];
  for (const order of orders(events)) {
    assert.equal(of(...order), expected);
    assert.equal(shown(after(live(order[0] ?? anEvent(1)), live(order[1] ?? anEvent(1)), page(...order.slice(2)))), expected);
  }
});

test('malformed relations are none', () => {
  for (const relation of [
    null,
    7,
    'm.replace',
    { rel_type: 'm.replace' },
    { rel_type: 'm.replace', event_id: 7 },
    { 'm.in_reply_to': 'x' },
  ])
    assert.equal(of(anEvent(1), anEvent(2, { content: { body: 'two', 'm.relates_to': relation } })).length, 2);
  for (const key of ['', 7, 'x'.repeat(41), undefined])
    assert.equal(
      of(
        anEvent(1),
        anEvent(2, { type: 'm.reaction', content: { 'm.relates_to': { rel_type: 'm.annotation', event_id: '$event1', key } } }),
      ),
      [{ body: 'message 1', isEdited: false, reactions: [] }],
    );
});

test.run();
