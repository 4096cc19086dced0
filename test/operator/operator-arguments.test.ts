import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { helpText, parseCommand, UsageError } from '../../appservice/operator/operator-arguments.ts';
import { OPERATOR_COMMANDS } from '../../appservice/operator/operator-commands.ts';
import { readSettings } from '../../appservice/operator/operator-settings-input.ts';

const parse = (...argv: string[]) => parseCommand(OPERATOR_COMMANDS, argv);
const refusal = (...argv: string[]): string => {
  try {
    parse(...argv);
    return 'accepted';
  } catch (error) {
    return error instanceof UsageError ? error.message : 'other';
  }
};

test('a command is found by its words, with arguments and options by name', () => {
  const parsed = parse(
    'company',
    'agreement',
    'accept',
    'acme',
    '--version',
    '2026-11',
    '--by',
    'Erika M., CEO',
    '--url',
    'http://localhost:1',
    '--json',
  );
  assert.is(parsed.command.words, 'company agreement accept');
  assert.equal(parsed.arguments, { SLUG: 'acme' });
  assert.equal(parsed.options['by'], ['Erika M., CEO']);
  assert.equal(parsed.common, { url: 'http://localhost:1' });
  assert.is(parsed.json, true);
});

test('an option may come several times', () => {
  assert.equal(parse('company', 'set', 'acme', '--set', 'locale=en', '--set', 'color=#112233').options['set'], [
    'locale=en',
    'color=#112233',
  ]);
});

test('what cannot be understood is said', () => {
  assert.match(refusal('company', 'crate', 'acme'), 'no command "company crate"');
  assert.match(refusal(), 'A command is missing');
  assert.match(refusal('company', 'show'), 'Usage: company show SLUG');
  assert.match(refusal('company', 'show', 'a', 'b'), 'Usage: company show SLUG');
  assert.match(refusal('company', 'show', 'acme', '--colour', 'x'), '--colour');
  assert.match(refusal('companyshow', 'acme'), 'no command');
});

test('settings are read as JSON where they are JSON, else as text', () => {
  assert.equal(
    readSettings([
      'locale=en',
      'retentionDays=30',
      'origins=["https://a.example"]',
      'homeserver=null',
      'imprintUrl=https://a.example/?a=b',
    ]),
    {
      locale: 'en',
      retentionDays: 30,
      origins: ['https://a.example'],
      homeserver: null,
      imprintUrl: 'https://a.example/?a=b',
    },
  );
  assert.throws(() => readSettings(['locale']), 'KEY=VALUE');
});

test('help names every command and option, and can be asked for one topic', () => {
  const all = helpText(OPERATOR_COMMANDS);
  for (const { words, positional, help } of OPERATOR_COMMANDS)
    assert.match(all, new RegExp(`^  ${[words, ...positional].join(' ')} {2,}${help.replaceAll(/[()]/g, String.raw`\$&`)}$`, 'm'));
  for (const { words, options } of OPERATOR_COMMANDS) {
    assert.match(all, words);
    for (const { name } of options) assert.match(all, `--${name}`);
  }
  assert.not.match(helpText(OPERATOR_COMMANDS, 'member'), 'company create');
  assert.match(helpText(OPERATOR_COMMANDS, 'nothing'), 'company create');
});

test.run();
