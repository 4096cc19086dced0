import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { RoomId } from '../../appservice/ids.ts';
import {
  announcedRoom,
  announcementContent,
  replacementContent,
  retiredContent,
  type InboxView,
} from '../../appservice/team/inbox-text.ts';

const view: InboxView = {
  locale: 'de',
  number: 12,
  status: 'waiting',
  channel: 'widget',
  department: null,
  assignee: null,
  labels: [],
  waitingSince: new Date('2026-11-23T08:30:00Z'),
  timeZone: 'Europe/Berlin',
  link: 'matrix:roomid/abc?via=example.org',
  roomId: '!abc' as RoomId,
};

const lines = (changes: Partial<InboxView> = {}): string[] => announcementContent({ ...view, ...changes }).body.split('\n');

test('an announcement says number, state, since when and by which way, in the language of the company', () => {
  assert.is(lines()[0], '🟠 Unterhaltung 12 · wartet seit Mo., 23.11., 09:30 · Website');
  assert.is(lines({ locale: 'en', channel: 'form' })[0], '🟠 Conversation 12 · waiting since Mon 23/11, 09:30 · contact form');
  assert.is(lines({ status: 'open', waitingSince: null })[0], '🟢 Unterhaltung 12 · offen · Website');
  assert.is(lines({ status: 'closed', waitingSince: null })[0], '⚪ Unterhaltung 12 · geschlossen · Website');
});

test('it says department, who answers and labels where there are any', () => {
  assert.is(lines({ department: 'Versand' })[0]?.endsWith('· Website · Versand'), true);
  assert.is(lines()[1], 'Noch bei niemandem');
  assert.is(lines({ assignee: 'Anna' })[1], 'Bei Anna');
  assert.is(lines({ labels: ['eilig', 'Retoure'] })[2], 'Labels: eilig, Retoure');
  assert.match(announcementContent(view).body, 'matrix:roomid/abc?via=example.org');
  assert.match(announcementContent(view).body, '!help');
});

test('it offers what can be done: to claim and to close, and once it is closed to open it again', () => {
  assert.match(lines().at(-1) ?? '', /✋.*✅/);
  for (const locale of ['de', 'en'] as const) {
    const last = lines({ locale, status: 'closed', waitingSince: null }).at(-1) ?? '';
    assert.match(last, '!reopen');
    assert.not.match(last, /✋|✅/);
  }
});

test('what somebody else chose is text in the HTML, never markup', () => {
  const hostile = '<img src=x onerror=alert(1)>&"';
  const content = announcementContent({
    ...view,
    department: hostile,
    assignee: hostile,
    labels: [hostile],
    link: 'matrix:"><script>x</script>',
  });
  assert.not.match(content.formatted_body, /<img|<script/);
  assert.is(content.formatted_body.split('&lt;img src=x onerror=alert(1)&gt;&amp;&quot;').length, 4);
  assert.match(content.formatted_body, 'href="matrix:&quot;&gt;&lt;script&gt;x&lt;/script&gt;"');
  assert.not.match(retiredContent({ locale: 'de', number: 1, department: hostile }).formatted_body, '<img');
});

test('it calls nobody by name, so that an edit wakes nobody', () => {
  assert.equal(announcementContent(view)['m.mentions'], {});
});

test('it says to programs which room it is about; other content says nothing', () => {
  assert.is(announcedRoom(announcementContent(view)), '!abc');
  for (const content of [{}, { 'com.smoope.announcement': null }, { 'com.smoope.announcement': { room_id: 7 } }]) {
    assert.is(announcedRoom(content), undefined);
  }
});

test('an edit takes the place of the announcement, and clients without edits read it too', () => {
  const content = announcementContent(view);
  const edit = replacementContent('$a', content);
  assert.equal(edit['m.new_content'], content);
  assert.equal(edit['m.relates_to'], { rel_type: 'm.replace', event_id: '$a' });
  assert.is(edit.body, `* ${content.body}`);
});

test('one that went elsewhere says where and leads nowhere', () => {
  const { body, ...rest } = retiredContent({ locale: 'de', number: 12, department: 'Versand' });
  assert.is(body, '↪ Unterhaltung 12 · übergeben an Versand');
  assert.match(retiredContent({ locale: 'en', number: 12, department: null }).body, 'the whole company');
  assert.not.match(JSON.stringify(rest), 'matrix:');
});

test.run();
