import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { chooseConversation, takesNewMessages } from '../../appservice/conversations/conversation.ts';
import { someConversation } from './conversation-fixture.ts';

const NOW = new Date('2026-11-23T12:00:00Z');
const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * 86_400_000);
const closed = (days: number) => someConversation({ status: 'closed', closedAt: daysAgo(days) });

test('an open or waiting conversation takes messages, however old it is', () => {
  for (const status of ['open', 'waiting'] as const) assert.is(takesNewMessages({ status, closedAt: null }, 0, NOW), true);
});

test('a closed one takes them for less than the days for reopening', () => {
  assert.is(takesNewMessages(closed(13.999), 14, NOW), true);
  assert.is(takesNewMessages(closed(14), 14, NOW), false);
  assert.is(takesNewMessages(closed(15), 14, NOW), false);
  assert.is(takesNewMessages(closed(0.4), 0.5, NOW), true, 'half a day is a length too');
});

test('with no days for reopening a closed one takes none, not even at once', () => {
  assert.is(takesNewMessages(closed(0), 0, NOW), false);
  assert.is(takesNewMessages(closed(-0.001), 0, NOW), true, 'a clock that is ahead closes nothing early');
});

test('the latest that takes messages is chosen, whatever its status', () => {
  const [old, fresh, open] = [closed(20), closed(1), someConversation({ status: 'open' })];
  assert.is(chooseConversation([old, fresh, open], 14, NOW), fresh);
  assert.is(chooseConversation([open, fresh], 14, NOW), open);
  assert.is(chooseConversation([old, open], 14, NOW), open);
});

test('where none takes them a new one begins', () => {
  assert.is(chooseConversation([], 14, NOW), undefined);
  assert.is(chooseConversation([closed(20), closed(30)], 14, NOW), undefined);
});

test.run();
