import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readCommand } from '../../appservice/team/team-command.ts';

const text = (body: unknown) => readCommand({ msgtype: 'm.text', body });
const command = (body: string) => {
  const typed = text(body);
  return typed?.kind === 'command' ? typed.command : typed;
};

test('a command is read with blanks around it, in capitals, and after the quote of a reply', () => {
  for (const body of ['!close', ' !close ', '!close\n', '!Close', '!CLOSE', '> <@a:b> x\n\n!close', '> <@a:b> x\n> y\n\n !close']) {
    assert.equal(command(body), { name: 'close' }, JSON.stringify(body));
  }
});

test('what a command needs is read with it', () => {
  assert.equal(command('!assign  Anna Muster '), { name: 'assign', who: 'Anna Muster' });
  assert.equal(command('!handover Versand'), { name: 'handover', department: 'Versand' });
  assert.equal(command('!handover -'), { name: 'handover', department: null });
  assert.equal(command('!label Eilig  sehr'), { name: 'label', label: { text: 'Eilig sehr', taken: false } });
  assert.equal(command('!label - Eilig'), { name: 'label', label: { text: 'Eilig', taken: true } });
  assert.equal(command('!label'), { name: 'label', label: null });
  assert.equal(command('!reply Begruessung'), { name: 'reply', reply: 'begruessung' });
  assert.equal(command('!reply'), { name: 'reply', reply: null });
});

test('a right name with wrong arguments is told apart from a wrong name', () => {
  for (const [body, name] of [
    ['!close now', 'close'],
    ['!close\n!close', 'close'],
    ['!assign', 'assign'],
    ['!handover', 'handover'],
    [`!label ${'x'.repeat(41)}`, 'label'],
    ['!label <b>', 'label'],
    ['!label a\u202eb', 'label'],
    ['!reply ../x', 'reply'],
    ['!assign a\nb', 'assign'],
  ] as const) {
    assert.equal(text(body), { kind: 'malformed', name }, JSON.stringify(body));
  }
});

test('a wrong name brings the nearest one, where there is one', () => {
  for (const [body, nearest] of [
    ['!clsoe', 'close'],
    ['!closed', 'close'],
    ['!asign Anna', 'assign'],
    ['!handver x', 'handover'],
    ['!hlep', 'help'],
    ['!constructor', null],
    ['!__proto__', undefined],
    ['!schließen', null],
    [`!${'x'.repeat(10_000)}`, null],
  ] as const) {
    assert.equal(text(body), nearest === undefined ? undefined : { kind: 'unknown', nearest }, body.slice(0, 20));
  }
});

test('what does not begin with ! and a letter is no command', () => {
  for (const body of ['close', '! close', 'bitte !close', '!!close', '', '!', '!5', '> !close', '¡close!', '\u202e!close']) {
    assert.is(text(body), undefined, JSON.stringify(body));
  }
});

test('a notice is never obeyed, and neither is what is no text', () => {
  for (const msgtype of ['m.notice', 'm.emote', 'm.image', undefined, 5]) assert.is(readCommand({ msgtype, body: '!close' }), undefined);
  for (const body of [undefined, null, 5, ['!close'], { body: '!close' }]) assert.is(text(body), undefined);
});

test.run();
