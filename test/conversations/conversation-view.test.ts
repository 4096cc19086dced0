import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { CompanyMember } from '../../appservice/companies/company.ts';
import type { Cast } from '../../appservice/conversations/cast.ts';
import { toConversationEvent, toSender, toSummary } from '../../appservice/conversations/conversation-view.ts';
import type { EventId, UserId } from '../../appservice/ids.ts';
import type { MatrixEvent } from '../../appservice/matrix/matrix-event.ts';
import { someConversation } from './conversation-fixture.ts';

const [person, anna, ben, stranger] = ['@visitor_0a_1:x', '@anna:x', '@ben:x', '@stranger:x'] as [UserId, UserId, UserId, UserId];
const { companyId, roomId } = someConversation();

const member = (userId: UserId, id: string, changes: Partial<CompanyMember> = {}): CompanyMember => ({
  id,
  companyId,
  userId,
  role: 'agent',
  displayName: null,
  pictureMxc: null,
  startedAt: new Date(0),
  endedAt: null,
  ...changes,
});

const cast: Cast = {
  company: { slug: 'acme', name: 'Acme', logoMxc: 'mxc://x/logo', userId: '@company_0a_acme:x' as UserId },
  members: new Map([
    [anna, member(anna, 'm1', { displayName: 'Anna A.', pictureMxc: 'mxc://x/anna' })],
    [ben, member(ben, 'm2', { endedAt: new Date(0) })],
  ]),
  identities: new Set([person]),
};

const event = (changes: Partial<MatrixEvent> = {}): MatrixEvent => ({
  eventId: '$e' as EventId,
  roomId,
  sender: anna,
  type: 'm.room.message',
  stateKey: undefined,
  content: { msgtype: 'm.text', body: 'Hallo' },
  at: 5,
  redacts: undefined,
  txnId: undefined,
  root: undefined,
  mxc: [],
  ...changes,
});

test('a member is shown by the name and picture that the company chose', () => {
  assert.equal(toSender(cast, anna), { kind: 'agent', id: 'm1', name: 'Anna A.', pictureUrl: '/api/v1/companies/acme/members/m1/picture' });
});

test('a member without them, also a former one, is shown as the company', () => {
  assert.equal(toSender(cast, ben), { kind: 'agent', id: 'm2', name: 'Acme', pictureUrl: '/api/v1/companies/acme/logo' });
});

test('what somebody does is told with their name, also when it was corrected; the person is not named to themselves', () => {
  const content = { msgtype: 'm.emote', body: 'winkt' };
  const edit = {
    ...content,
    'm.new_content': { ...content, body: 'winkt sehr' },
    'm.relates_to': { rel_type: 'm.replace', event_id: '$a' },
  };
  const textOf = (changes: Partial<MatrixEvent>) => toConversationEvent(cast, someConversation(), event(changes), 1).text;
  assert.equal(textOf({ content }), ['* Anna A. ', 'winkt']);
  assert.equal(textOf({ content: edit }), ['* Anna A. ', 'winkt sehr']);
  assert.equal(textOf({ content, sender: person }), ['* ', 'winkt']);
  assert.equal(textOf({}), ['Hallo']);
});

test('whoever else writes is the company, and the person has no name here', () => {
  for (const userId of [stranger, cast.company.userId]) {
    assert.equal(toSender(cast, userId), { kind: 'company', id: 'acme', name: 'Acme', pictureUrl: '/api/v1/companies/acme/logo' });
  }
  assert.equal(toSender(cast, person), { kind: 'person', id: 'person', name: '', pictureUrl: null });
});

test('a sticker is shown as a picture, and keeps what it answers', () => {
  const reply = { 'm.relates_to': { 'm.in_reply_to': { event_id: '$f' } } };
  const content = { body: 'Hund', url: 'mxc://x/hund', info: { w: 10, h: 10 }, ...reply };
  const { type, content: shown } = toConversationEvent(cast, someConversation(), event({ type: 'm.sticker', content }), 1);
  assert.equal({ type, shown }, { type: 'm.room.message', shown: { ...content, msgtype: 'm.image' } });
});

test('a poll is shown as its words, in each form that clients send', () => {
  const words = 'Wann?\n1. Montag\n2. Dienstag';
  const question = { question: { 'm.text': [{ body: 'Wann?' }] }, answers: [] };
  for (const [type, content] of [
    ['org.matrix.msc3381.poll.start', { 'org.matrix.msc1767.text': words, 'org.matrix.msc3381.poll.start': question }],
    ['m.poll.start', { 'm.text': [{ body: '<p>Wann?</p>', mimetype: 'text/html' }, { body: words }], 'm.poll': question }],
  ] as const) {
    const shown = toConversationEvent(cast, someConversation(), event({ type, content }), 1);
    assert.equal([shown.type, shown.content, shown.text?.[0]], ['m.room.message', { msgtype: 'm.text', body: words }, 'Wann?'], type);
  }
});

test('what was taken back is a message that was taken back, and a poll without words passes as it is', () => {
  for (const type of ['m.sticker', 'm.poll.start']) {
    const { type: shown, content } = toConversationEvent(cast, someConversation(), event({ type, content: {} }), 1);
    assert.equal([shown, content], ['m.room.message', {}]);
  }
  const wordless = event({ type: 'm.poll.start', content: { 'm.text': [null, 5, { body: 5 }] } });
  assert.equal(toConversationEvent(cast, someConversation(), wordless, 1).type, 'm.poll.start');
});

test('stickers and polls of an encrypted conversation pass unread', () => {
  const content = { body: 'Hund', url: 'mxc://x/hund' };
  const shown = toConversationEvent(cast, someConversation({ encrypted: true }), event({ type: 'm.sticker', content }), 1);
  assert.equal([shown.type, shown.content], ['m.sticker', content]);
});

test('no event and no summary tells the Matrix id of a member', () => {
  const quoting = event({
    content: {
      msgtype: 'm.text',
      body: '> <@anna:x> Frage\n\nAntwort',
      'm.mentions': { user_ids: ['@anna:x'] },
      'm.relates_to': { 'm.in_reply_to': { event_id: '$f' } },
    },
  });
  assert.not.match(JSON.stringify(toConversationEvent(cast, someConversation(), quoting, 3)), '@anna');
  assert.not.match(JSON.stringify(toSummary(cast, someConversation(), [anna, ben, stranger], 0)), /@(anna|ben|stranger)/);
});

test('those who answer are members of the company only', () => {
  assert.equal(
    toSummary(cast, someConversation(), [stranger, anna], 2).answering.map(({ id }) => id),
    ['m1'],
  );
});

test('content of an encrypted conversation passes unread', () => {
  const secret = event({ type: 'm.room.encrypted', content: { ciphertext: 'x', 'm.mentions': {} } });
  const shown = toConversationEvent(cast, someConversation({ encrypted: true }), secret, 1);
  assert.equal([shown.content, shown.text], [secret.content, undefined]);
  assert.is(toConversationEvent(cast, someConversation({ encrypted: true }), event(), 1).text, undefined);
});

test('only messages have text; a redaction names what it took back', () => {
  assert.equal(toConversationEvent(cast, someConversation(), event(), 1).text, ['Hallo']);
  assert.is(toConversationEvent(cast, someConversation(), event({ type: 'com.example' }), 1).text, undefined);
  const redaction = toConversationEvent(
    cast,
    someConversation(),
    event({ type: 'm.room.redaction', content: {}, redacts: '$f' as EventId }),
    1,
  );
  assert.is(redaction.redacts, '$f');
  assert.equal(toConversationEvent(cast, someConversation(), event({ content: {} }), 1).content, {});
});

test.run();
