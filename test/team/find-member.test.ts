import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { CompanyMember } from '../../appservice/companies/company.ts';
import type { CompanyId, UserId } from '../../appservice/ids.ts';
import { findMember, mentionsOf } from '../../appservice/team/find-member.ts';

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

const find = (typed: string, mentioned: string[] = []) => {
  const found = findMember(typed, { members, self: bernd, mentioned });
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

test('a mention decides, unless it mentions several', () => {
  assert.is(find('Anna', [second.userId]), 'anna2');
  assert.equal(find('Anna', [anna.userId, second.userId]), ['anna.m', 'anna2']);
  assert.is(find('bernd', ['@stranger:elsewhere.org']), 'bernd');
});

test('mentions are read from content that may be anything', () => {
  assert.equal(mentionsOf({ 'm.mentions': { user_ids: ['@a:b', 5, null] } }), ['@a:b']);
  for (const value of [undefined, null, 'x', [], {}, { user_ids: 'x' }]) assert.equal(mentionsOf({ 'm.mentions': value }), []);
});

test.run();
