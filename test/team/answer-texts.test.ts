import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { answerText, noticeContent, toldText, type AnswerValues } from '../../appservice/team/answer-texts.ts';
import { COMMAND_NAMES } from '../../appservice/team/team-command.ts';

const nothing: AnswerValues = { members: [], departments: [], labels: [], replies: [], fields: [] };

test('help names every command in both languages', () => {
  for (const locale of ['de', 'en'] as const) {
    const help = answerText(locale, 'help', nothing);
    for (const name of COMMAND_NAMES) assert.match(help, `!${name}`);
  }
});

test('an answer to a wrong command names the one that may have been meant, with what it needs', () => {
  assert.match(answerText('de', 'unknownCommand', { ...nothing, command: 'assign' }), '!assign NAME');
  assert.match(answerText('en', 'unknownCommand', nothing), '!help');
  assert.match(answerText('en', 'malformed', { ...nothing, command: 'handover' }), '!handover DEPARTMENT');
});

test('answers name what there is, and say so where there is nothing', () => {
  assert.match(
    answerText('de', 'noSuchDepartment', { ...nothing, departments: ['Versand (versand)', 'Technik'] }),
    'Versand (versand), Technik',
  );
  assert.match(answerText('de', 'noSuchDepartment', nothing), 'keine');
  assert.match(answerText('en', 'severalMembers', { ...nothing, members: ['Anna (@a:b)', 'Anna (@c:b)'] }), 'Anna (@a:b), Anna (@c:b)');
  assert.is(
    answerText('de', 'who', { ...nothing, fields: ['Name: Erika (Anrede)', 'Telefon: 1 (Rückruf)'] }),
    'Name: Erika (Anrede)\nTelefon: 1 (Rückruf)',
  );
  assert.match(answerText('en', 'who', nothing), 'nothing');
});

test('a notice stands in the thread of the announcement and is a notice, so that no bot answers it', () => {
  assert.equal(noticeContent(toldText('de', 'closed'), { root: '$a', repliesTo: '$a' }), {
    msgtype: 'm.notice',
    body: 'Die Unterhaltung ist geschlossen.',
    'm.mentions': {},
    'm.relates_to': { rel_type: 'm.thread', event_id: '$a', is_falling_back: true, 'm.in_reply_to': { event_id: '$a' } },
  });
});

test('an answer in a thread also answers the command, and outside a thread it is a plain reply', () => {
  assert.equal(noticeContent('x', { root: '$a', repliesTo: '$b' })['m.relates_to'], {
    rel_type: 'm.thread',
    event_id: '$a',
    is_falling_back: false,
    'm.in_reply_to': { event_id: '$b' },
  });
  assert.equal(noticeContent('x', { root: null, repliesTo: '$b' })['m.relates_to'], { 'm.in_reply_to': { event_id: '$b' } });
});

test.run();
