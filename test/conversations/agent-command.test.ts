import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseCommand } from '../../appservice/conversations/agent-command.ts';

const text = (body: unknown) => parseCommand({ msgtype: 'm.text', body });

test('!close is a command, with blanks around it and after the quote of a reply', () => {
  for (const body of ['!close', ' !close ', '!close\n', '> <@a:b> x\n\n!close', '> <@a:b> x\n> y\n\n !close']) {
    assert.equal(text(body), { name: 'close' }, JSON.stringify(body));
  }
});

test('anything else is none', () => {
  for (const body of [
    'close',
    '! close',
    '!Close',
    '!CLOSE',
    '!close now',
    'bitte !close',
    '!!close',
    '!closed',
    '',
    '!',
    '> !close',
    '!close\n!close',
  ]) {
    assert.is(text(body), undefined, JSON.stringify(body));
  }
});

test('names of members of Object are no commands', () => {
  for (const body of ['!constructor', '!tostring', '!has', '!__proto__']) assert.is(text(body), undefined);
});

test('a notice is never obeyed, and neither is what is no text', () => {
  for (const msgtype of ['m.notice', 'm.emote', 'm.image', undefined, 5]) assert.is(parseCommand({ msgtype, body: '!close' }), undefined);
  for (const body of [undefined, null, 5, ['!close'], { body: '!close' }]) assert.is(text(body), undefined);
});

test.run();
