import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { RoomId } from '../../appservice/ids.ts';
import { decodeEvent } from '../../appservice/matrix/matrix-event.ts';

const raw = (changes: Record<string, unknown> = {}): Record<string, unknown> => ({
  event_id: '$AbC-_123',
  room_id: '!TLTLEvu74abc',
  sender: '@anna:example.org:8448',
  type: 'm.room.message',
  content: { msgtype: 'm.text', body: 'x' },
  origin_server_ts: 1_700_000_000_000,
  ...changes,
});

const withContent = (content: unknown) => decodeEvent(raw({ content }));

test('an event is decoded, and what nobody knows is left aside', () => {
  const event = decodeEvent(raw({ unsigned: { age: 5, transaction_id: 't1' }, depth: 7, hashes: {} }));
  assert.equal(event, {
    eventId: '$AbC-_123',
    roomId: '!TLTLEvu74abc',
    sender: '@anna:example.org:8448',
    type: 'm.room.message',
    stateKey: undefined,
    content: { msgtype: 'm.text', body: 'x' },
    at: 1_700_000_000_000,
    redacts: undefined,
    txnId: 't1',
    root: undefined,
    mxc: [],
  });
});

test('what is no event is undefined, whatever shape it has', () => {
  for (const value of [undefined, null, 5, 'x', [], {}, [raw()], () => raw()]) assert.is(decodeEvent(value), undefined);
  const wrong: Record<string, unknown[]> = {
    event_id: [undefined, null, '', 'abc', '$', '$a b', `$${'x'.repeat(255)}`, 5],
    room_id: [undefined, '', 'abc', '#alias:x', '!', '!a/../b c', '!a\nb', `!${'x'.repeat(255)}`],
    sender: [undefined, '', 'anna', '@anna', 'anna:x', `@${'x'.repeat(260)}:x`],
    type: [undefined, '', 'x'.repeat(256), 5, null],
    state_key: [5, null, 'x'.repeat(256)],
    content: [undefined, null, 'x', 5, ['x']],
    origin_server_ts: [undefined, -1, 1.5, '5', Number.NaN, 1e300],
    redacts: [5, {}],
  };
  for (const [field, values] of Object.entries(wrong)) {
    for (const value of values) assert.is(decodeEvent(raw({ [field]: value })), undefined, `${field}: ${String(value)}`);
  }
});

test('the latest edit goes with the event where the homeserver names it; what is none does not', () => {
  const edited = (edit: unknown) => decodeEvent(raw({ unsigned: { 'm.relations': { 'm.replace': edit } } }));
  const edit = raw({ event_id: '$edit', content: { 'm.new_content': { body: 'y' } } });
  assert.equal(edited(edit)?.edit?.content, { 'm.new_content': { body: 'y' } });
  // Nothing is read from an edit's own unsigned data.
  assert.is(edited({ ...edit, unsigned: { 'm.relations': { 'm.replace': edit } } })?.edit?.edit, undefined);
  for (const none of [undefined, null, 5, 'x', [], { event_id: '$edit' }]) {
    assert.is(edited(none)?.edit, undefined);
    assert.is(edited(none)?.eventId, '$AbC-_123');
  }
});

test('malformed unsigned data does not cost the event', () => {
  for (const unsigned of [null, 5, 'x', { transaction_id: 7 }]) assert.is(decodeEvent(raw({ unsigned }))?.txnId, undefined);
});

test('an event of a sync takes the room it stands in, never one that it claims', () => {
  assert.is(decodeEvent(raw({ room_id: undefined }), '!mine' as RoomId)?.roomId, '!mine');
  assert.is(decodeEvent(raw({ room_id: '!theirs' }), '!mine' as RoomId)?.roomId, '!mine');
  for (const value of [null, 5, 'x']) assert.is(decodeEvent(value, '!mine' as RoomId), undefined);
});

test('a redaction names its event in the content or, in old rooms, beside it', () => {
  assert.is(decodeEvent(raw({ type: 'm.room.redaction', content: { redacts: '$new' }, redacts: '$old' }))?.redacts, '$new');
  assert.is(decodeEvent(raw({ type: 'm.room.redaction', content: {}, redacts: '$old' }))?.redacts, '$old');
  for (const redacts of [{ a: 1 }, 5, 'no-id', '']) {
    assert.is(decodeEvent(raw({ type: 'm.room.redaction', content: { redacts } }))?.redacts, undefined, JSON.stringify(redacts));
  }
  assert.is(withContent({ redacts: '$x' })?.redacts, undefined, 'a message takes nothing back');
});

test('the root is the thread, else the event that is replied to', () => {
  const relation = (value: unknown) => withContent({ 'm.relates_to': value })?.root;
  assert.is(relation({ rel_type: 'm.thread', event_id: '$root', 'm.in_reply_to': { event_id: '$last' } }), '$root');
  assert.is(relation({ 'm.in_reply_to': { event_id: '$last' } }), '$last');
  assert.is(relation({ rel_type: 'm.annotation', event_id: '$x' }), undefined);
  for (const value of [
    null,
    5,
    'x',
    [],
    { rel_type: 'm.thread' },
    { rel_type: 'm.thread', event_id: 5 },
    { 'm.in_reply_to': { event_id: 'x' } },
    { 'm.in_reply_to': [] },
  ]) {
    assert.is(relation(value), undefined, JSON.stringify(value));
  }
});

test('addresses of media are found where the spec puts them, well-formed ones only, each once', () => {
  const mxc = (name: string) => `mxc://example.org/${name}`;
  assert.equal(
    withContent({ url: mxc('a'), info: { thumbnail_url: mxc('b'), thumbnail_file: { url: mxc('c') } }, file: { url: mxc('a') } })?.mxc,
    [mxc('a'), mxc('b'), mxc('c')],
  );
  for (const url of [
    'mxc://../',
    'mxc://../../x',
    'mxc://a/../b',
    'mxc://a/b/c',
    'mxc:///x',
    'mxc://a',
    'https://a/b',
    'MXC://a/b',
    'mxc://a/b?x',
    'mxc://a/%2e%2e',
    5,
    null,
    {},
  ]) {
    assert.equal(withContent({ url, file: { url }, info: { thumbnail_url: url } })?.mxc, [], JSON.stringify(url));
  }
  const edited = { url: mxc('a'), 'm.new_content': { url: mxc('d'), info: { thumbnail_url: mxc('e') } } };
  assert.equal(withContent(edited)?.mxc, [mxc('a'), mxc('d'), mxc('e')], 'of an edit both');
  const pictures = { formatted_body: `<img src="${mxc('f')}"><img src='${mxc('g')}'><a href="mxc://../x">` };
  assert.equal(withContent(pictures)?.mxc, [mxc('f'), mxc('g')], 'pictures in formatted text');
  const many = Array.from({ length: 80 }, (_none, index) => mxc(`m${index}`)).join(' ');
  assert.is(withContent({ formatted_body: many })?.mxc.length, 50);
  for (const value of [null, 5, 'x', ['mxc://a/b']]) assert.equal(withContent({ file: value, info: value, url: value })?.mxc, []);
});

test('keys like __proto__ and constructor are keys like any other', () => {
  const content = JSON.parse(
    '{"__proto__":{"url":"mxc://a/b"},"constructor":{"x":1},"m.relates_to":{"__proto__":{"event_id":"$x","rel_type":"m.thread"}}}',
  ) as unknown;
  const event = withContent(content);
  assert.equal([event?.mxc, event?.root], [[], undefined]);
  assert.is(({} as Record<string, unknown>)['url'], undefined);
});

test.run();
