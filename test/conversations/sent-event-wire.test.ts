import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ApiError } from '../../appservice/errors.ts';
import { sendEventRequest } from '../../appservice/conversations/sent-event-wire.ts';
import { decode } from '../../appservice/http/decode.ts';

const TXN = 'abcdefgh';
const message = (content: unknown) => ({ type: 'm.room.message', content, txnId: TXN });
const reaction = (key: unknown) => ({
  type: 'm.reaction',
  content: { 'm.relates_to': { rel_type: 'm.annotation', event_id: '$e', key } },
  txnId: TXN,
});
const edit = (changes: Record<string, unknown> = {}) => ({
  msgtype: 'm.text',
  body: 'neu',
  'm.new_content': { msgtype: 'm.text', body: 'neu' },
  'm.relates_to': { rel_type: 'm.replace', event_id: '$e' },
  ...changes,
});
const file = (changes: Record<string, unknown> = {}) => ({
  msgtype: 'm.image',
  body: 'bild.png',
  url: 'mxc://example.org/abc',
  ...changes,
});

/** The field that the answer names; undefined where the request is taken. */
function refusedField(request: unknown): string | undefined {
  try {
    decode(sendEventRequest, request, 'body');
    return undefined;
  } catch (error) {
    return error instanceof ApiError ? error.field : 'another error';
  }
}

test('text, replies, edits, files, reactions and redactions are taken', () => {
  const relation = { 'm.in_reply_to': { event_id: '$e' } };
  for (const request of [
    message({ msgtype: 'm.text', body: 'x', 'm.relates_to': relation }),
    message(edit()),
    message(file()),
    message(file({ msgtype: 'm.file', 'm.relates_to': relation, info: { size: 5, mimetype: 'text/plain' } })),
    message(file({ msgtype: 'm.video', info: { w: 10, h: 10, duration: 1000 } })),
    message(file({ msgtype: 'm.audio', 'org.matrix.msc3245.voice': {} })),
    { type: 'm.room.redaction', content: { redacts: '$e' }, txnId: TXN },
  ]) {
    assert.is(refusedField(request), undefined, JSON.stringify(request));
  }
});

test('a reaction is one emoji', () => {
  for (const key of ['👍', '👍️', '❤', '❤️', '🇩🇪', '👨‍👩‍👧', '✌🏽', '1️⃣', '🏳️‍🌈']) assert.is(refusedField(reaction(key)), undefined, key);
  for (const key of ['', 'ok', 'a', '1', '👍👍', '👍 ', ' ', '<b>', '\u202e', 'mxc://a/b', '👍'.repeat(40), 5, null]) {
    assert.is(refusedField(reaction(key)), 'body.content.m.relates_to.key', String(key));
  }
});

test('what is wrong is named, and what is not asked for is refused', () => {
  const wrong: readonly (readonly [unknown, string])[] = [
    [message(edit({ 'm.new_content': undefined })), 'body.content.m.new_content'],
    [message(edit({ 'm.relates_to': undefined })), 'body.content.m.relates_to'],
    [message(edit({ 'm.new_content': { msgtype: 'm.text', body: '' } })), 'body.content.m.new_content.body'],
    [
      message(edit({ 'm.new_content': { msgtype: 'm.text', body: 'x', formatted_body: '<b>' } })),
      'body.content.m.new_content.formatted_body',
    ],
    [message(edit({ 'm.relates_to': { rel_type: 'm.thread', event_id: '$e' } })), 'body.content.m.relates_to'],
    [message(edit({ 'm.relates_to': { rel_type: 'm.replace', event_id: 'e' } })), 'body.content.m.relates_to.event_id'],
    [message({ msgtype: 'm.text', body: 'x', 'm.relates_to': {} }), 'body.content.m.relates_to'],
    [message({ msgtype: 'm.text', body: 'x', url: 'mxc://a/b' }), 'body.content.url'],
    [message({ msgtype: 'm.emote', body: 'x' }), 'body.content.msgtype'],
    [message({ msgtype: 'm.location', body: 'x', geo_uri: 'geo:1,2' }), 'body.content.msgtype'],
    [message(file({ url: undefined })), 'body.content.url'],
    [message(file({ url: 'https://example.org/x' })), 'body.content.url'],
    [message(file({ body: 'x'.repeat(1_001) })), 'body.content.body'],
    [message(file({ info: { thumbnail_url: 'mxc://a/b' } })), 'body.content.info.thumbnail_url'],
    [message(file({ info: { w: -1 } })), 'body.content.info.w'],
    [message(file({ file: { url: 'mxc://a/b' } })), 'body.content.file'],
    [message(file({ 'm.relates_to': { rel_type: 'm.replace', event_id: '$e' } })), 'body.content.m.relates_to.m.in_reply_to'],
    [message(file({ 'org.matrix.msc3245.voice': {} })), 'body.content.org.matrix.msc3245.voice'],
    [{ type: 'm.room.redaction', content: { redacts: '$e', reason: 'x' }, txnId: TXN }, 'body.content.reason'],
    [{ type: 'm.room.redaction', content: {}, txnId: TXN }, 'body.content.redacts'],
    [{ type: 'm.sticker', content: {}, txnId: TXN }, 'body.type'],
  ];
  for (const [request, field] of wrong) assert.is(refusedField(request), field, JSON.stringify(request));
});

test.run();
