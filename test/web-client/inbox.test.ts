import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { askedReplies, replyText } from '../../web-client/inbox/canned-reply.ts';
import { filterFromSearch, inboxAddress, queryOf, withFilter } from '../../web-client/inbox/inbox-filter.ts';
import { findHabits, keepHabits } from '../../web-client/inbox/inbox-habits.ts';
import { german } from '../../web-client/inbox/inbox-texts-de.ts';
import { english } from '../../web-client/inbox/inbox-texts-en.ts';
import { noteOf } from '../../web-client/inbox/note.ts';
import { SHORTCUTS, shortcutOf } from '../../web-client/inbox/shortcuts.ts';

const replies = [
  { name: 'gruss', texts: { de: 'Guten Tag', en: 'Hello' } },
  { name: 'ende', texts: { en: 'Goodbye' } },
];
const press = { key: 'j', ctrlKey: false, metaKey: false, altKey: false, isComposing: false, repeat: false };

test('what an inbox shows stands in its address, and what is unknown there is left out', () => {
  const filter = { view: 'mine', only: { department: 'sales', label: 'Größe 42' } } as const;
  assert.equal(filterFromSearch(`?${queryOf(filter)}`), filter);
  assert.equal(filterFromSearch('?view=theirs&color=red&label='), { view: 'waiting', only: {} });
  assert.is(inboxAddress('acme', filter, 12), `/inbox/acme/12?view=mine&department=sales&label=Gr%C3%B6%C3%9Fe+42`);
  assert.is(inboxAddress('acme', { view: 'waiting', only: {} }), '/inbox/acme');
});

test('a filter with an empty value is taken away', () => {
  const filter = withFilter({ view: 'all', only: {} }, 'channel', 'form');
  assert.equal(filter.only, { channel: 'form' });
  assert.equal(withFilter(filter, 'channel', '').only, {});
});

test('single keys do something, keys with a modifier or within a word that is put together do not', () => {
  assert.is(shortcutOf(press), 'next');
  assert.is(shortcutOf({ ...press, key: 'J' }), 'next');
  assert.is(shortcutOf({ ...press, key: 'x' }), undefined);
  for (const modifier of ['ctrlKey', 'metaKey', 'altKey', 'isComposing'] as const)
    assert.is(shortcutOf({ ...press, [modifier]: true }), undefined, modifier);
  assert.is(new Set(SHORTCUTS.map(([key]) => key)).size, SHORTCUTS.length, 'no key does two things');
});

test('canned replies are offered after a slash in an otherwise empty field', () => {
  assert.equal(askedReplies(replies, '/')?.length, 2);
  assert.equal(
    askedReplies(replies, '/GR')?.map(({ name }) => name),
    ['gruss'],
  );
  assert.equal(askedReplies(replies, '/nothing'), []);
  for (const typed of ['', 'a /gr', '/gruss an alle', '//', '/a\nb']) assert.is(askedReplies(replies, typed), undefined, typed);
  assert.is(askedReplies([], '/'), undefined, 'a company without replies offers none');
});

test('a canned reply is in the language of the person, else in the one of the company, else in any', () => {
  const [greeting, end] = replies as [(typeof replies)[0], (typeof replies)[0]];
  assert.is(replyText(greeting, ['en-GB', 'de']), 'Hello');
  assert.is(replyText(greeting, ['fr', 'de']), 'Guten Tag');
  assert.is(replyText(end, ['de', 'de']), 'Goodbye');
  assert.is(replyText(greeting, ['__proto__', 'constructor']), 'Guten Tag');
});

test('a note is a message with words; what was taken back, or is malformed, is none', () => {
  const raw = { event_id: '$1', sender: '@a:b', type: 'm.room.message', origin_server_ts: 5, content: { msgtype: 'm.text', body: 'x' } };
  assert.equal(noteOf(raw), { id: '$1', sender: '@a:b', body: 'x', isSystem: false, at: 5 });
  assert.is(noteOf({ ...raw, content: { msgtype: 'm.notice', body: 'x' } })?.isSystem, true);
  for (const bad of [{ ...raw, content: {} }, { ...raw, type: 'm.reaction' }, { ...raw, content: undefined }, { ...raw, event_id: 1 }, {}])
    assert.is(noteOf(bad), undefined);
});

test('nothing sounds and the browser says nothing before somebody chose so; what is kept may be anything', () => {
  const found = (kept: string | null) => findHabits({ getItem: () => kept });
  assert.equal(found(null), { sound: false, notices: false, keys: true });
  for (const kept of ['{', '[]', '5', '{"sound":"yes"}']) assert.equal(found(kept), { sound: false, notices: false, keys: true }, kept);
  let kept = '';
  keepHabits({ sound: true, notices: false, keys: false }, { setItem: (_key, value) => void (kept = value) });
  assert.equal(found(kept), { sound: true, notices: false, keys: false });
});

test('both languages fill the same gaps', () => {
  const gaps = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([gap]) => gap).toSorted();
  for (const [name, text] of Object.entries(english)) assert.equal(gaps(german[name as keyof typeof german]), gaps(text), name);
});

test.run();
