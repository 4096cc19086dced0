import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { badFiles } from './file-rules.ts';
import { forbiddenImports, importCycles } from './import-rules.ts';
import { importsOf, sourceFile } from './source-files.ts';

const forbidden = (path: string, text: string): string[] => forbiddenImports([sourceFile(path, text)]);
const bad = (path: string, text: string): string => badFiles([sourceFile(path, text)]).join('\n');

test('imports of every form are found, in comments none', () => {
  const text = `import a from 'a';
import type { B } from './b.ts';
import {
  type C,
  type D,
} from '../c.ts';
import { e, type F } from './e.ts';
import './g.css';
export { h } from './h.ts';
export type { I } from './i.ts';
const j = await import('./j.ts');
// import { k } from './k.ts';
/* import { l } from './l.ts'; */
`;
  assert.equal(
    importsOf('appservice/companies/x.ts', text).map(({ target, typeOnly }) => `${target}${typeOnly ? ' (type)' : ''}`),
    [
      'a',
      'appservice/companies/b.ts (type)',
      'appservice/c.ts (type)',
      'appservice/companies/e.ts',
      'appservice/companies/h.ts',
      'appservice/companies/i.ts (type)',
      'appservice/companies/g.css',
      'appservice/companies/j.ts',
    ],
  );
});

test('a noun imports itself, errors, logger, http, database and types', () => {
  const text = `import { a } from './company.ts';
import { ApiError } from '../errors.ts';
import { route } from '../http/route.ts';
import type { Person } from '../persons/person.ts';
import { inTransaction } from '../database/transaction.ts';`;
  assert.equal(forbidden('appservice/companies/company-routes.ts', text), []);
});

test('a noun imports no other noun, no code of matrix and no settings', () => {
  assert.match(forbidden('appservice/companies/x.ts', `import { a } from '../persons/person-store.ts';`)[0] ?? '', 'through app.ts');
  assert.match(forbidden('appservice/companies/x.ts', `import { a } from '../matrix/rooms.ts';`)[0] ?? '', 'a noun imports only itself');
  assert.match(
    forbidden('appservice/companies/x.ts', `import { a } from '../../homeserver-config/secrets.ts';`)[0] ?? '',
    'knows nothing of',
  );
});

test('only matrix imports the bridge library', () => {
  const text = `import { Bridge } from 'matrix-appservice-bridge';`;
  assert.equal(forbidden('appservice/matrix/bridge.ts', text), []);
  assert.is(forbidden('appservice/companies/x.ts', text).length, 1);
  assert.is(forbidden('appservice/app.ts', text).length, 1);
});

test('http, database and matrix import no noun', () => {
  for (const folder of ['http', 'database', 'matrix']) {
    assert.is(forbidden(`appservice/${folder}/x.ts`, `import { a } from '../companies/company.ts';`).length, 1);
    assert.is(forbidden(`appservice/${folder}/x.ts`, `import type { A } from '../companies/company.ts';`).length, 0);
  }
});

test('app.ts imports everything but the bridge library', () => {
  assert.equal(forbidden('appservice/app.ts', `import { a } from './companies/company-store.ts';`), []);
});

test('a browser gets types of wire files and nothing else of the server', () => {
  assert.equal(forbidden('widget/panel/x.ts', `import type { A } from '../../appservice/visitors/visitor-wire.ts';`), []);
  assert.is(forbidden('widget/panel/x.ts', `import { a } from '../../appservice/visitors/visitor-wire.ts';`).length, 1);
  assert.is(forbidden('widget/panel/x.ts', `import type { A } from '../../appservice/visitors/visitor.ts';`).length, 1);
  assert.is(forbidden('widget/panel/x.ts', `import { a } from '../../web-client/x.ts';`).length, 1);
  assert.is(forbidden('web-client/x.ts', `import { readFileSync } from 'node:fs';`).length, 1);
  for (const path of ['widget/panel/x.ts', 'web-client/files/x.ts'])
    assert.equal(forbidden(path, `import { a } from '../../browser/files/x.ts';`), []);
  assert.is(forbidden('browser/files/x.ts', `import { a } from '../../widget/x.ts';`).length, 1);
});

test('what reads Matrix content runs in browsers too, and therefore imports nothing of the server', () => {
  const pure = 'appservice/conversations/formatted-text.ts';
  assert.equal(forbidden('web-client/thread/x.ts', `import { a } from '../../${pure}';`), []);
  assert.equal(forbidden(pure, `import { Parser } from 'htmlparser2';\nimport { b } from '../reply-fallback.ts';`), []);
  assert.is(forbidden(pure, `import { a } from 'node:crypto';`).length, 1);
  assert.is(forbidden(pure, `import { a } from '../errors.ts';`).length, 1);
  assert.is(forbidden('web-client/thread/x.ts', `import { a } from '../../appservice/conversations/cast.ts';`).length, 1);
});

test('a migration imports nothing of ours, not even a type', () => {
  assert.equal(forbidden('migrations/20261123060000_create_company.ts', `import type { Knex } from 'knex';`), []);
  assert.is(forbidden('migrations/20261123060000_create_company.ts', `import type { A } from '../appservice/ids.ts';`).length, 1);
});

test('nothing but tests imports a test', () => {
  assert.is(forbidden('appservice/app.ts', `import { a } from '../test/stack/shared-stack.ts';`).length, 1);
});

test('a cycle is found over any number of files, types included', () => {
  const files = [
    sourceFile('appservice/a.ts', `import { b } from './b.ts';`),
    sourceFile('appservice/b.ts', `import type { C } from './c.ts';`),
    sourceFile('appservice/c.ts', `import { b } from './b.ts';`),
  ];
  assert.equal(importCycles(files), ['appservice/b.ts -> appservice/c.ts -> appservice/b.ts']);
  assert.equal(importCycles(files.slice(0, 2)), []);
});

test('a file that is too long is named with its length', () => {
  assert.match(bad('appservice/x.ts', '\n'.repeat(301)), 'has 301 lines');
  assert.is(bad('appservice/x.ts', '\n'.repeat(300)), '');
  assert.is(bad('test/x.ts', '\n'.repeat(500)), '');
  assert.match(bad('test/x.ts', '\n'.repeat(501)), 'has 501 lines');
});

test('names that say nothing are refused', () => {
  for (const name of ['index', 'utils', 'helpers', 'common', 'service'])
    assert.match(bad(`appservice/companies/${name}.ts`, ''), 'says nothing');
  assert.match(bad('appservice/companies/companyStore.ts', ''), 'kebab-case');
  assert.is(bad('widget/panel/panel-app.styles.ts', ''), '');
});

test('a migration is named by time, verb and object', () => {
  assert.is(bad('migrations/20261123060000_create_company.ts', ''), '');
  assert.match(bad('migrations/create_company.ts', ''), 'YYYYMMDDHHMMSS');
});

test('notes to self are refused', () => {
  assert.match(
    bad(
      'appservice/x.ts',
      '// todo later'.replace('todo', (word) => word.toUpperCase()),
    ),
    'note to self',
  );
});

test('tests that are set aside, and suites that never run, are refused', () => {
  const uvu = `import { suite } from 'uvu';\nconst rooms = suite('rooms');\n`;
  assert.match(bad('test/x.test.ts', `${uvu}rooms.SKIP('later', f);\nrooms.run();\n`.replace('SKIP', 'skip')), 'sets tests aside');
  assert.match(bad('test/x.test.ts', uvu), 'never runs rooms');
  assert.match(bad('test/x.test.ts', `${uvu}// rooms.run()\n`), 'never runs rooms');
  assert.match(bad('test/x.test.ts', `import { test } from 'uvu';\n`), 'never runs test');
  assert.is(bad('test/x.test.ts', `${uvu}rooms.run();\n`), '');
});

test.run();
