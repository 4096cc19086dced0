import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isObvious } from '../../appservice/accounts/obvious-password.ts';
import { acceptPassword } from '../../appservice/accounts/password-rules.ts';
import { ApiError } from '../../appservice/errors.ts';
import { forCases } from '../random-cases.ts';

const OWN = ['Erika', 'Müller-Lüdenscheidt', '+491713920012', 'erika.m@example.de', 'Smoope'];

function answerTo(password: string, own: readonly string[] = OWN): string {
  try {
    acceptPassword(password, { own });
    return 'taken';
  } catch (error) {
    assert.instance(error, ApiError);
    const { code, field, message } = error as ApiError;
    assert.equal([code, field], ['M_INVALID_PARAM', 'body.password']);
    return message;
  }
}

const GUESSED =
  'body.password is easy to guess: it must be more than common words, dates, rows of keys and repetitions. Take a few words that do not go together.';
const OF_OWN = 'body.password is easy to guess: it must be more than your own names, number and addresses.';

test('fifteen characters are enough, fourteen are not', () => {
  assert.is(answerTo('x7Kq9mZp2Rt5vBn'), 'taken');
  assert.is(answerTo('x7Kq9mZp2Rt5vB'), 'body.password must have 15 characters or more; a few words are easier to remember than signs.');
  assert.match(answerTo(''), '15 characters or more');
});

test('characters are counted as people see them in one form, not as octets or halves', () => {
  assert.match(answerTo('🎻🪁🧊🪴🦔🛶🧭'), '15 characters or more', 'seven signs of two halves each');
  assert.is(answerTo('🎻🪁🧊🪴🦔🛶🧭🥝🛸🪗🦩🧶🚤🪐🌵'), 'taken');
  assert.match(answerTo('a\u0308o\u0308u\u0308k7Qz9tm'), '15 characters or more', 'marks are not characters of their own');
});

test('256 characters are taken, one more is not, however it is made', () => {
  const long = (length: number): string => {
    let text = '';
    forCases(1, (draw) => (text = draw.text('abcdefghijkmnopqrstuvwxyz23456789ABCDEFGHJK', length)));
    return text;
  };
  assert.is(answerTo(long(256)), 'taken');
  assert.is(answerTo(long(257)), 'body.password must have at most 256 characters.');
  assert.is(answerTo('\ufdfa'.repeat(20)), 'body.password must have at most 256 characters.', 'one sign becomes eighteen');
  assert.is(answerTo('a'.repeat(10_000_000)), 'body.password must have at most 256 characters.');
});

test('half a character is no text', () => {
  assert.is(answerTo('x7Kq9mZp2Rt5vBn\ud83d'), 'body.password must be text.');
});

test('which kinds of characters it has does not matter', () => {
  for (const password of ['regenschirmtapetekamin', 'Mein Hund frisst gern Nudeln am Abend', '%§=(/&+~#;:<>|^'])
    assert.is(answerTo(password), 'taken', password);
});

test('common words are refused with whatever is put to them to make them longer', () => {
  const guessed = ['passwort1234567', 'Passwort-2024!!', 'P@ssw0rd12345678', 'PasswortPasswort', 'hallohallo12345', 'ichliebedich4ever'];
  const more = ['correct horse battery staple', 'Sommer2024Sommer2024', '01.01.1990Schatz!', 'Bitte, Willkommen 99'];
  for (const password of [...guessed, ...more, 'Frühling-Dezember!', 'MÜNCHEN MUENCHEN', 'ＰＡＳＳＷＯＲＴ１２３４５６７'])
    assert.is(answerTo(password, []), GUESSED, password);
});

test('rows of keys, runs and repetitions are refused', () => {
  for (const password of [
    'qwertzuiopasdfgh',
    'asdfghjkl;yxcvbnm',
    '1qay2wsx3edc4rfv',
    'poiuztrewqlkjhg',
    'aaaaaaaaaaaaaaaa',
    '123456789012345',
    'abcdefghijklmnop',
    '98765432109876543',
    'fgh7kfgh7kfgh7kfgh7k',
    'abcabcabcabcabcabc',
    '!!!!!!!!!!!!!!!!!',
    '                    ',
    '🎻🎻🎻🎻🎻🎻🎻🎻🎻🎻🎻🎻🎻🎻🎻🎻',
  ])
    assert.is(answerTo(password, []), GUESSED, password);
});

test("the person's own names, number and addresses do not carry a password", () => {
  for (const password of [
    'ErikaMüller-Lüdenscheidt',
    'erikamullerludenscheidt1',
    '+491713920012 Erika',
    '01713920012 erika',
    '3R1k4 491713920012',
  ])
    assert.is(answerTo(password), OF_OWN, password);
  assert.is(answerTo('ErikaMüller-Lüdenscheidt', []), 'taken', 'of somebody else it is no worse than other words');
  assert.is(answerTo('Erika mag Regenschirm und Kamin'), 'taken', 'a name among other words is fine');
});

test('the field is named as it is told', () => {
  assert.throws(
    () => acceptPassword('short', { own: [], field: 'body.newPassword' }),
    (error: unknown) =>
      error instanceof ApiError && error.field === 'body.newPassword' && error.message.startsWith('body.newPassword must'),
  );
});

test('property: what is drawn at random is taken', () => {
  forCases(400, (draw) => {
    const password = draw.text('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', 15 + draw.below(20));
    assert.is(answerTo(password), 'taken', password);
  });
});

test('property: a common word with a few signs is obvious wherever they stand, and six signs beside it are not', () => {
  forCases(300, (draw) => {
    const word = draw.of(['passwort', 'willkommen', 'schatz', 'fussball', 'qwertz', 'hamburg', 'sunshine']);
    const few = draw.text('kvwxjz', 5);
    const at = draw.below(6);
    assert.ok(isObvious(`${few.slice(0, at)}${word}${word}${few.slice(at)}`), `${word} ${few}`);
  });
  assert.not.ok(isObvious('passwortkvxjwz'));
});

test('the worst a password can be made of is judged in a moment', () => {
  const begin = performance.now();
  for (const text of ['ab'.repeat(128), 'a'.repeat(256), 'passwort'.repeat(32)]) isObvious(text, OWN);
  assert.ok(performance.now() - begin < 3_000);
});

test.run();
