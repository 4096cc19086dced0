import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isReply, shownContent } from '../../appservice/conversations/shown-content.ts';
import { withoutReplyFallback } from '../../appservice/reply-fallback.ts';

const reply = { 'm.relates_to': { 'm.in_reply_to': { event_id: '$a' } } };

test('mentions are left out of every content', () => {
  assert.equal(shownContent({ a: 1, 'm.mentions': { user_ids: ['@anna:example.org'] } }), { a: 1 });
  assert.equal(shownContent({ msgtype: 'm.text', body: 'x', 'm.mentions': {} }), { msgtype: 'm.text', body: 'x' });
});

test('the HTML of a message is left out, also of its new version', () => {
  const html = { format: 'org.matrix.custom.html', formatted_body: '<a href="https://matrix.to/#/@anna:example.org">Anna</a>' };
  assert.equal(
    shownContent({
      msgtype: 'm.text',
      body: '* neu',
      ...html,
      'm.new_content': { msgtype: 'm.text', body: 'neu', 'm.mentions': {}, ...html },
    }),
    { msgtype: 'm.text', body: '* neu', 'm.new_content': { msgtype: 'm.text', body: 'neu' } },
  );
});

test('what is no message passes as it is', () => {
  const content = { format: 'x', formatted_body: 'y', body: '> z', 'com.example': { deep: [1] } };
  assert.equal(shownContent(content), content);
  assert.equal(shownContent({}), {});
  assert.equal(shownContent({ msgtype: 'm.text', body: 5, 'm.new_content': 'x' }), { msgtype: 'm.text', body: 5, 'm.new_content': 'x' });
});

test('the quote of a reply is taken out of its body; other quotes stay', () => {
  assert.is(shownContent({ msgtype: 'm.text', body: '> <@a:b> x\n\nja', ...reply })['body'], 'ja');
  assert.is(shownContent({ msgtype: 'm.text', body: '> x\n\nja' })['body'], '> x\n\nja');
  assert.is(withoutReplyFallback('> a\n> b\n\nc\n> d'), 'c\n> d');
  assert.is(withoutReplyFallback('>kein Zitat'), '>kein Zitat');
  assert.is(withoutReplyFallback('> nur Zitat'), '> nur Zitat');
});

test('a reply is known by its relation, whatever an attacker puts there', () => {
  assert.is(isReply(reply), true);
  for (const relation of [undefined, null, 5, [], 'x', {}, { 'm.in_reply_to': null }, { 'm.in_reply_to': 'x' }, { rel_type: 'm.thread' }]) {
    assert.is(isReply({ 'm.relates_to': relation }), false);
  }
});

test.run();
