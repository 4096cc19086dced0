import { existsSync, readdirSync, statSync } from 'node:fs';
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

/** Most suites of one process, and how long their files may be together, in octets: what is long takes long, and nobody waits for it alone at the end. */
const MOST_TOGETHER = 3;
const LONGEST_TOGETHER = 16_000;

/** Suites in groups that share a process, which start of Node, clients of agents and browser cost the processor two seconds; the longest first. */
export function sharingGroups(files: readonly string[]): string[][] {
  const groups: { files: string[]; size: number }[] = [];
  const sized = files.map((file) => ({ file, size: statSync(file).size })).toSorted((one, other) => other.size - one.size);
  for (const { file, size } of sized) {
    const group = groups.find((each) => each.files.length < MOST_TOGETHER && each.size + size <= LONGEST_TOGETHER);
    if (group === undefined) groups.push({ files: [file], size });
    else {
      group.files.push(file);
      group.size += size;
    }
  }
  return groups.map((group) => group.files);
}
