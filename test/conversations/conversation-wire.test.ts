import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { listEventsQuery, receiptRequest } from '../../appservice/conversations/conversation-wire.ts';
import { sendEventRequest } from '../../appservice/conversations/sent-event-wire.ts';

const request = (body: unknown, changes: Record<string, unknown> = {}) =>
  sendEventRequest.safeParse({ type: 'm.room.message', content: { msgtype: 'm.text', body }, txnId: 'abcdefgh', ...changes });

test('a message is text of 1 to 10,000 characters, blanks around it do not count', () => {
  assert.is(request('x').success, true);
  assert.is(request('x'.repeat(10_000)).success, true);
  assert.equal(request(` ${'x'.repeat(10_000)} `).data?.content, { msgtype: 'm.text', body: 'x'.repeat(10_000) });
  for (const body of ['', '  ', 'x'.repeat(10_001), 5, null, ['x']]) assert.is(request(body).success, false);
});

test('text that no homeserver can store is refused', () => {
  for (const body of ['a\u0000b', '\ud800', 'x\udc00']) assert.is(request(body).success, false);
  for (const body of ['😀', '\u0007', '\u202e', 'a\nb']) assert.is(request(body).success, true);
});

test('an id of a message has 8 to 64 plain characters', () => {
  for (const txnId of ['abcdefgh', 'x'.repeat(64), 'A-_9zzzz']) assert.is(request('x', { txnId }).success, true);
  for (const txnId of ['abcdefg', 'x'.repeat(65), 'abcdefg/', 'abcdefg.', 'abc defg', 'ä'.repeat(8), 12345678]) {
    assert.is(request('x', { txnId }).success, false, String(txnId));
  }
});

test('what is not asked for is refused, not passed on', () => {
  assert.is(request('x', { sender: '@admin:x' }).success, false);
  assert.is(request('x', { content: { msgtype: 'm.text', body: 'x', formatted_body: '<b>x</b>' } }).success, false);
  assert.is(request('x', { type: 'm.room.power_levels' }).success, false);
});

test('a page has 1 to 100 events, 30 where nothing is said', () => {
  assert.is(listEventsQuery.parse({}).limit, 30);
  assert.is(listEventsQuery.parse({ limit: '100' }).limit, 100);
  for (const limit of ['0', '101', '-1', '1.5', 'x', '']) assert.is(listEventsQuery.safeParse({ limit }).success, false, limit);
});

test('a receipt names an event', () => {
  assert.is(receiptRequest.safeParse({ eventId: '$abc' }).success, true);
  for (const eventId of ['abc', `$${'x'.repeat(300)}`, 5, undefined]) assert.is(receiptRequest.safeParse({ eventId }).success, false);
});

test.run();
