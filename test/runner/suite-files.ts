import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Folders of `test/` whose suites need more than a process of their own. */
const APART = [
  'architecture',
  'architecture.test.ts',
  'stack',
  'logs',
  'migrations',
  'browser',
  'homeserver-config',
  'federation',
  'benchmarks',
  'stubs',
];

/** All test files below a folder, in order. */
export function suiteFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

/** The unit suites in groups by folder; those directly in `test/` are the group `test`. */
export function unitGroups(): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const file of suiteFiles('test')) {
    const [, folder = ''] = file.split('/');
    if (APART.includes(folder)) continue;
    const name = folder.endsWith('.test.ts') ? 'test' : `test/${folder}`;
    groups.set(name, [...(groups.get(name) ?? []), file]);
  }
  return groups;
}
