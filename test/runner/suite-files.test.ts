import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sharingGroups, suiteFiles } from './suite-files.ts';

const files = suite<{ folder: string }>('suites that share a process');

files.before((context) => {
  context.folder = mkdtempSync(join(tmpdir(), 'smoope-suites-'));
  const sizes = { long: 20_000, middle: 9_000, small: 6_000, tiny: 900, least: 50 };
  for (const [name, size] of Object.entries(sizes)) writeFileSync(join(context.folder, `${name}.test.ts`), 'x'.repeat(size));
});
files.after(({ folder }) => rmSync(folder, { recursive: true }));

files('each suite runs once, short ones together, the longest first and alone', ({ folder }) => {
  const groups = sharingGroups(suiteFiles(folder)).map((group) => group.map((file) => file.slice(folder.length + 1, -'.test.ts'.length)));
  assert.equal(groups, [['long'], ['middle', 'small', 'tiny'], ['least']]);
});

files('of no suites there are no groups', () => assert.equal(sharingGroups([]), []));

files.run();
