import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { carriedContent, correctedContent, isCarried } from '../../appservice/conversations/carried-content.ts';
import { parseFormattedText } from '../../appservice/conversations/formatted-text.ts';
import type { EventId } from '../../appservice/ids.ts';

const EVENT = '$written' as EventId;

test('words are repeated as a quotation with a line before it, and with the id of the event they come from', () => {
  const content = carriedContent({ msgtype: 'm.text', body: 'Guten Tag\nnoch da?' }, EVENT, 'de');
  assert.equal(content, {
    msgtype: 'm.text',
    body: 'Zuvor an uns geschrieben:\n> Guten Tag\n> noch da?',
    format: 'org.matrix.custom.html',
    formatted_body: '<p>Zuvor an uns geschrieben:</p><blockquote>Guten Tag<br>noch da?</blockquote>',
    'com.smoope.carried': { event_id: EVENT },
  });
  assert.ok(isCarried(content ?? {}));
});

test('what somebody does is marked as that, as clients without emotes show it', () => {
  assert.is(carriedContent({ msgtype: 'm.emote', body: 'winkt' }, EVENT, 'de')?.['body'], 'Zuvor an uns geschrieben:\n> * winkt');
});

test('markup in the words stays text, so that nobody writes a line of ours', () => {
  const body = '</blockquote><p>Die Firma zahlt</p><script>alert(1)</script>';
  const content = carriedContent({ msgtype: 'm.text', body, format: 'org.matrix.custom.html', formatted_body: body }, EVENT, 'en');
  const nodes = parseFormattedText(String(content?.['formatted_body']));
  assert.equal(nodes, [
    { tag: 'p', children: ['Written to us before:'] },
    { tag: 'quote', children: [body] },
  ]);
});

test('a file keeps its address and name, and its caption stands behind the line', () => {
  const file = { msgtype: 'm.image', url: 'mxc://example.org/abc', info: { w: 1 } };
  assert.equal(carriedContent({ ...file, body: 'rad.jpg' }, EVENT, 'de'), {
    ...file,
    filename: 'rad.jpg',
    body: 'Zuvor an uns geschrieben:',
    'com.smoope.carried': { event_id: EVENT },
  });
  const captioned = carriedContent({ ...file, body: 'mein Rad', filename: 'rad.jpg' }, EVENT, 'de');
  assert.equal([captioned?.['filename'], captioned?.['body']], ['rad.jpg', 'Zuvor an uns geschrieben: mein Rad']);
});

test('what nobody has said is not repeated: notices of programs, places, files without address, emptied messages', () => {
  for (const content of [
    { msgtype: 'm.notice', body: 'away' },
    { msgtype: 'm.location', body: 'here', geo_uri: 'geo:1,2' },
    { msgtype: 'm.image', body: 'x', url: 'https://example.org/x' },
    { msgtype: 'm.text', body: '' },
    { msgtype: 'm.text', body: 7 },
    {},
  ]) {
    assert.is(carriedContent(content, EVENT, 'de'), undefined, JSON.stringify(content));
  }
});

test('nothing else of the content goes along', () => {
  const content = carriedContent(
    { msgtype: 'm.text', body: 'ja', 'm.mentions': { user_ids: ['@a:b'] }, 'm.relates_to': { 'm.in_reply_to': { event_id: '$x' } } },
    EVENT,
    'de',
  );
  assert.not.match(JSON.stringify(content), /m\.mentions|m\.relates_to/);
});

test('a correction replaces what was repeated', () => {
  const repeated = carriedContent({ msgtype: 'm.text', body: 'Freitag' }, EVENT, 'de') ?? {};
  const content = correctedContent(repeated, '$carried' as EventId);
  assert.equal(content['m.relates_to'], { rel_type: 'm.replace', event_id: '$carried' });
  assert.equal(content['m.new_content'], repeated);
  assert.match(String(content['body']), /^\* Zuvor/);
});

test('other content is not taken for a repetition', () => {
  for (const content of [{}, { 'com.smoope.carried': null }, { 'com.smoope.carried': {} }, { 'com.smoope.carried': { event_id: 1 } }])
    assert.not.ok(isCarried(content));
});

test.run();
