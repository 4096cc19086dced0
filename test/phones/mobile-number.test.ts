import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ApiError } from '../../appservice/errors.ts';
import { parseMobileNumber } from '../../appservice/phones/mobile-number.ts';
import { createNumberHash } from '../../appservice/phones/number-hash.ts';
import { forCases, type Draw } from '../random-cases.ts';

const countries = ['DE', 'AT', 'CH'];
const parse = (input: string, allowed: readonly string[] = countries): string => parseMobileNumber(input, { countries: allowed });

function refusal(input: string, allowed: readonly string[] = countries): string {
  try {
    return `taken as ${parse(input, allowed)}`;
  } catch (error) {
    assert.instance(error, ApiError);
    const { code, field, message } = error as ApiError;
    assert.equal([code, field], ['M_INVALID_PARAM', 'body.phone']);
    return message;
  }
}

test('a number is taken however people write it', () => {
  for (const input of [
    '0151 23456789',
    '+49 (0)151/234567-89',
    '(0049) 151 23456789',
    ' 0151.23456789 ',
    '+4915123456789',
    '０１５１２３４５６７８９',
  ])
    assert.is(parse(input), '+4915123456789', input);
  assert.is(parse('+43 664 1234567'), '+436641234567');
  assert.is(parse('+41 79 123 45 67'), '+41791234567');
});

test('a number without country code is one of the first country', () => {
  assert.is(parse('079 123 45 67', ['CH', 'DE']), '+41791234567');
  assert.match(refusal('079 123 45 67'), 'landlines');
});

test('where a country does not tell mobile numbers apart, its numbers are taken', () => {
  assert.is(parse('(202) 555-0123', ['US']), '+12025550123');
});

test('a number of a country that is not allowed is refused, with the countries that are', () => {
  for (const input of ['+12025550123', '+79161234567', '+33612345678', '+447911123456'])
    assert.is(refusal(input), 'body.phone must be a mobile number of one of these countries: DE, AT, CH.');
});

test('satellite and global numbers belong to no country', () => {
  for (const input of ['+8821612345678', '+881612345678', '+80012345678']) assert.match(refusal(input), 'one of these countries', input);
});

test('what is not mobile is refused', () => {
  const others = {
    landline: '+49 30 23125000',
    premium: '0900 1234567',
    free: '0800 1234567',
    personal: '0700 12345678',
    pager: '+49 16412345',
  };
  for (const [kind, input] of Object.entries(others)) assert.match(refusal(input), 'must be a mobile number; landlines and service', kind);
});

test('digits that are missing or too many are refused', () => {
  for (const input of ['0151 2345678', '+49151234567890', '0151']) assert.match(refusal(input), 'digits are missing or too many', input);
});

test('an extension is refused, though the number before it is good', () => {
  for (const input of ['+49 151 23456789 x5', '+4915123456789#5', '0151 23456789 ext. 12'])
    assert.is(refusal(input), 'body.phone must be a mobile number without an extension.', input);
});

test('text around or inside a number is refused, line breaks included', () => {
  const inputs = [
    '',
    'call +4915123456789 now',
    '+49\n15123456789',
    '+4915123456789\r\nBcc: x',
    '+4915123456789\0',
    '+49 151-KANARI-1',
    'null',
    '+',
  ];
  for (const input of inputs) assert.match(refusal(input), 'must be a mobile number like', JSON.stringify(input));
  assert.match(refusal('0'.repeat(41)), 'at most 40 characters');
  assert.match(refusal('+'.repeat(1_000_000)), 'at most 40 characters');
});

test('the field is named as it is told', () => {
  try {
    parseMobileNumber('x', { countries, field: 'body.newPhone' });
    assert.unreachable();
  } catch (error) {
    assert.is((error as ApiError).field, 'body.newPhone');
    assert.match((error as ApiError).message, /^body\.newPhone must be/);
  }
});

test('a country without a numbering plan is a fault of ours and says so', () => {
  assert.throws(() => parse('0151 23456789', ['XX']), 'no numbering plan of XX');
});

/** A German number of eleven digits behind the country code, all of which are mobile. */
const germanNumber = (draw: Draw): string => `${draw.of(['1512', '1520', '1573', '1590', '1601'])}${draw.text('0123456789', 7)}`;

/** The digits with marks between them, as people set them. */
const spaced = (draw: Draw, digits: string): string =>
  digits.replaceAll(/(?<=.)\d/g, (digit) => `${draw.of(['', '', '', ' ', '-', '/', '.'])}${digit}`);

test('property: a number reads the same with any prefix and marks, and its E.164 is read as itself', () => {
  forCases(500, (draw) => {
    // 160 numbers have seven digits behind it, all others eight.
    const national = germanNumber(draw).replace(/^(1601.{6}).$/, '$1');
    const written = draw.of(['0', '+49 ', '0049 ', '(0049) ', '+49 (0)']) + spaced(draw, national);
    if (written.length > 40) return;
    const number = parse(written);
    assert.is(number, `+49${national}`, written);
    assert.is(parse(number), number);
  });
});

const SENTENCES = [
  'must be a mobile number of at most 40 characters.',
  'must be a mobile number like +49 171 3920012.',
  'must be a mobile number without an extension.',
  'must be a whole mobile number like +49 171 3920012; digits are missing or too many.',
  'must be a mobile number of one of these countries: DE, AT, CH.',
  'must be a mobile number; landlines and service numbers get no texts.',
].map((sentence) => `body.phone ${sentence}`);

test('property: whatever comes in, the answer is E.164 of an allowed country or one of a few sentences, none of which quotes it', () => {
  const letters = '0123456789+0159 -/().xX#;,*\n\0=extn４９０';
  const seen = new Set<string>();
  forCases(3_000, (draw) => {
    const input = draw.of(['', '+49', '0151', '+43664', '0049', '+1']) + draw.text(letters, draw.below(16));
    const answer = refusal(input);
    if (answer.startsWith('taken as')) assert.match(answer, /^taken as \+4(9|3|1)\d{7,12}$/);
    else assert.ok(SENTENCES.includes(answer), `${input}: ${answer}`);
    seen.add(answer.startsWith('taken as') ? 'taken' : answer);
  });
  assert.ok(seen.has('taken') && seen.size >= 4, 'the cases reach most answers');
});

test('the keyed hash knows a number again, and says nothing without the key', () => {
  const one = createNumberHash({ hashKey: 'a'.repeat(43) });
  const other = createNumberHash({ hashKey: 'b'.repeat(43) });
  const number = parseMobileNumber('0151 23456789', { countries });
  assert.is(one(number), one(parseMobileNumber('+4915123456789', { countries })));
  assert.is.not(one(number), one(parseMobileNumber('+4915123456788', { countries })));
  assert.is.not(one(number), other(number));
  assert.match(one(number), /^[\w-]{43}$/);
});

test.run();
