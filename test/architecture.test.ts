import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { badFiles } from './architecture/file-rules.ts';
import { forbiddenImports, importCycles } from './architecture/import-rules.ts';
import { readSourceFiles } from './architecture/source-files.ts';

const files = readSourceFiles();

const assertNone = (breaches: readonly string[]): void => assert.is(breaches.length, 0, `\n${breaches.join('\n')}`);

test('the files of the project are seen', () => {
  for (const path of ['appservice/config.ts', 'test/architecture.test.ts'])
    assert.ok(
      files.some((file) => file.path === path),
      path,
    );
  assert.ok(files.flatMap(({ imports }) => imports).length > files.length);
});

test('every import keeps to the layout', () => {
  assertNone(forbiddenImports(files));
});

test('no imports go in a circle', () => {
  assertNone(importCycles(files));
});

test('every file keeps to the rules on names, lengths and tests', () => {
  assertNone(badFiles(files));
});

test.run();
