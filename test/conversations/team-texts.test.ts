import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { announcedRoom, announcementContent, noticeContent } from '../../appservice/conversations/team-texts.ts';
import type { RoomId } from '../../appservice/ids.ts';

const announcement = {
  locale: 'de',
  number: 12,
  channel: 'widget',
  department: null,
  link: 'matrix:roomid/abc?via=example.org',
  roomId: '!abc' as RoomId,
} as const;

test('an announcement names number, channel and link, in the language of the company', () => {
  assert.is(announcementContent(announcement).body.split('\n')[0], 'Neue Unterhaltung 12 · Website');
  assert.is(
    announcementContent({ ...announcement, locale: 'en', channel: 'form' }).body.split('\n')[0],
    'New conversation 12 · contact form',
  );
  assert.match(announcementContent(announcement).body, 'matrix:roomid/abc?via=example.org');
  assert.match(announcementContent(announcement).body, '!close');
});

test('the department stands there where there is one', () => {
  assert.match(announcementContent({ ...announcement, department: 'Versand' }).body, 'Website · Versand\n');
});

test('what somebody else chose is text in the HTML, never markup', () => {
  const hostile = { ...announcement, department: '<img src=x onerror=alert(1)>&"', link: 'matrix:roomid/"><script>x</script>' };
  const { formatted_body: html } = announcementContent(hostile);
  assert.not.match(html, /<img|<script/);
  assert.match(html, '&lt;img src=x onerror=alert(1)&gt;&amp;&quot;');
  assert.match(html, 'href="matrix:roomid/&quot;&gt;&lt;script&gt;x&lt;/script&gt;"');
});

test('an unknown channel is named as it is', () => {
  assert.match(announcementContent({ ...announcement, channel: 'pigeon' }).body, '12 · pigeon');
});

test('an announcement says to programs which room it is about; other content says nothing', () => {
  assert.is(announcedRoom(announcementContent(announcement)), '!abc');
  for (const content of [{}, { 'com.smoope.announcement': null }, { 'com.smoope.announcement': { room_id: 7 } }]) {
    assert.is(announcedRoom(content), undefined);
  }
});

test('a notice stands in the thread of the announcement and is a notice, so that no bot answers it', () => {
  for (const [template, words] of [
    ['closed', 'geschlossen'],
    ['reopened', 'weiter'],
  ] as const) {
    const content = noticeContent('de', template, '$a');
    assert.is(content.msgtype, 'm.notice');
    assert.match(content.body, words);
    assert.equal(content['m.relates_to'], {
      rel_type: 'm.thread',
      event_id: '$a',
      is_falling_back: true,
      'm.in_reply_to': { event_id: '$a' },
    });
  }
});

test.run();
