import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { CompanyMember } from '../../appservice/companies/company.ts';
import type { CompanyId, UserId } from '../../appservice/ids.ts';
import { findMember, mentionsOf, NO_MENTIONS, type Mentions } from '../../appservice/team/find-member.ts';

const member = (name: string, displayName: string | null): CompanyMember => ({
  id: name,
  companyId: 'c' as CompanyId,
  userId: `@${name}:example.org` as UserId,
  role: 'agent',
  displayName,
  pictureMxc: null,
  startedAt: new Date(0),
  endedAt: null,
});

const anna = member('anna.m', 'Anna Muster');
const annette = member('annette', 'Annette Beispiel');
const bernd = member('bernd', null);
const second = member('anna2', 'Anna Schmidt');
const members = [anna, annette, bernd, second];

const find = (typed: string, mentions: Partial<Mentions> = {}) => {
  const found = findMember(typed, { members, self: bernd, mentions: { ...NO_MENTIONS, ...mentions } });
  return found.kind === 'one' ? found.member.id : found.kind === 'none' ? [] : found.members.map(({ id }) => id);
};

test('a member is found by Matrix id, local part, name, first name and the beginning of one', () => {
  assert.is(find('@anna.m:example.org'), 'anna.m');
  assert.is(find('anna.m'), 'anna.m');
  assert.is(find('ANNA MUSTER'), 'anna.m');
  assert.is(find('@Anna Muster:'), 'anna.m');
  assert.is(find('Muster'), 'anna.m');
  assert.is(find('annett'), 'annette');
  assert.is(find('bern'), 'bernd');
});

test('"me" is who typed it, in both languages', () => {
  for (const word of ['me', 'ich', 'mir', 'Mich']) assert.is(find(word), 'bernd');
});

test('a name that fits several brings all of them, one that fits nobody none', () => {
  assert.equal(find('Anna'), ['anna.m', 'anna2']);
  assert.equal(find('Zoe'), []);
  assert.equal(find('@stranger:elsewhere.org'), []);
});

test('somebody chosen from the list of the client is meant, whatever they are called there', () => {
  assert.is(find('Anna', { linked: [second.userId] }), 'anna2');
  assert.is(find('Zoe', { linked: [second.userId] }), 'anna2');
  assert.equal(find('Anna', { linked: [anna.userId, second.userId] }), ['anna.m', 'anna2']);
  assert.is(find('bernd', { linked: ['@stranger:elsewhere.org'] }), 'bernd');
});

test('whom a message only notifies is meant where the name fits several or nobody: it may be who is answered', () => {
  assert.is(find('annett', { notified: [second.userId] }), 'annette');
  assert.is(find('me', { notified: [second.userId] }), 'bernd');
  assert.is(find('Anna', { notified: [second.userId] }), 'anna2');
  assert.is(find('Zoe', { notified: [second.userId] }), 'anna2');
  assert.equal(find('Zoe', { notified: [anna.userId, second.userId] }), []);
});

test('mentions are read from content that may be anything', () => {
  assert.equal(mentionsOf({ 'm.mentions': { user_ids: ['@a:b', 5, null] } }), { linked: [], notified: ['@a:b'] });
  for (const value of [undefined, null, 'x', [], {}, { user_ids: 'x' }])
    assert.equal(mentionsOf({ 'm.mentions': value, formatted_body: value }), NO_MENTIONS);
});

test('links to people are read as clients write them, but not those of the message that is answered', () => {
  const reply = '<mx-reply><blockquote><a href="https://matrix.to/#/@ben:b">@ben:b</a><br>Notiz</blockquote></mx-reply>';
  const linked = (html: string) => mentionsOf({ formatted_body: `${reply}!assign ${html}` }).linked;
  assert.equal(linked('Clara'), []);
  assert.equal(linked('<a href="https://matrix.to/#/@clara:b">Clara</a>'), ['@clara:b']);
  assert.equal(linked('<a href="https://matrix.to/#/%40clara%3Ab?via=b">Clara</a>'), ['@clara:b']);
  assert.equal(linked("<a href='matrix:u/clara:b'>Clara</a>"), ['@clara:b']);
  assert.equal(linked('<a href="https://matrix.to/#/!room:b">Raum</a> <a href="https://matrix.to/#/@%zz">x</a>'), []);
});

test.run();
