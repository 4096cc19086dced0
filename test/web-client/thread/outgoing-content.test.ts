import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { canAnswer, canEdit } from '../../../web-client/thread/message-item.ts';
import { outgoingContent, wordsToEdit } from '../../../web-client/thread/outgoing-content.ts';
import { isEmojiOnly } from '../../../web-client/thread/emoji-only.ts';
import { plainName } from '../../../web-client/thread/plain-name.ts';
import { anItem } from './item-fixture.ts';

const content = suite('what is sent to a room');

content('plain words are plain, marks become formatting, and the body keeps them for the next edit', () => {
  assert.equal(outgoingContent('Hallo', { kind: 'new' }), { msgtype: 'm.text', body: 'Hallo' });
  assert.equal(outgoingContent('**Ja**', { kind: 'new' }), {
    msgtype: 'm.text',
    body: '**Ja**',
    format: 'org.matrix.custom.html',
    formatted_body: '<strong>Ja</strong>',
  });
});

content('"/me" says what somebody does, and is edited as it was written', () => {
  assert.equal(outgoingContent('/me winkt', { kind: 'new' }), { msgtype: 'm.emote', body: 'winkt' });
  assert.is(outgoingContent('/me ', { kind: 'new' }).msgtype, 'm.text');
  assert.is(wordsToEdit(anItem({ words: 'winkt', manner: 'emote' })), '/me winkt');
});

content('an answer names what it answers and mentions only others', () => {
  const reply = outgoingContent('Danke', { kind: 'reply', item: anItem({ eventId: '$a', senderId: '@lena:x' }) });
  assert.equal(reply['m.relates_to'], { 'm.in_reply_to': { event_id: '$a' } });
  assert.equal(reply['m.mentions'], { user_ids: ['@lena:x'] });
  assert.equal(outgoingContent('Danke', { kind: 'reply', item: anItem({ isOwn: true }) })['m.mentions'], {});
});

content('an edit holds the new text, and a fallback for clients without edits', () => {
  assert.equal(outgoingContent('*neu*', { kind: 'edit', item: anItem({ eventId: '$a' }) }), {
    msgtype: 'm.text',
    body: '* *neu*',
    format: 'org.matrix.custom.html',
    formatted_body: '* <em>neu</em>',
    'm.new_content': { msgtype: 'm.text', body: '*neu*', format: 'org.matrix.custom.html', formatted_body: '<em>neu</em>' },
    'm.relates_to': { rel_type: 'm.replace', event_id: '$a' },
  });
});

content('others, files, notices and what is deleted or on its way are not edited', () => {
  assert.ok(canEdit(anItem({ isOwn: true })));
  for (const item of [
    anItem({ isOwn: false }),
    anItem({ isOwn: true, isGone: true }),
    anItem({ isOwn: true, isThere: false }),
    anItem({ isOwn: true, manner: 'notice' }),
    anItem({ isOwn: true, file: { msgtype: 'm.image' } }),
  ])
    assert.not.ok(canEdit(item));
  assert.not.ok(canAnswer(anItem({ isThere: false })));
  assert.not.ok(canAnswer(anItem({ isGone: true })));
});

content('a few emoji alone are emoji, with words or digits they are not', () => {
  for (const words of ['👍', '❤️', '👩‍👩‍👧‍👦 🎉', '🇩🇪', '👋🏽']) assert.ok(isEmojiOnly(words), words);
  for (const words of ['', '1', '#', 'ja 👍', '👍'.repeat(40)]) assert.not.ok(isEmojiOnly(words), words);
});

content('a name loses what would turn it around or hide it', () => {
  assert.is(plainName('\u202eanna\u202c Support\u200b\n'), 'anna Support');
  assert.is(plainName('محمد Ärzte'), 'محمد Ärzte');
  assert.is(plainName('x'.repeat(500)).length, 120);
});

content.run();
