import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { single, sum, type Outcome } from './outcome.ts';

const DIST = 'dist/widget';

const packageSchema = z.object({
  budgets: z.object({
    loader: z.int().positive().describe('Bytes of the loader as gzip.'),
    panel: z.int().positive().describe('Bytes of everything the opened panel loads, in one language, as gzip.'),
  }),
});

const text = (file: string): string => readFileSync(join(DIST, file), 'utf8');
const weigh = (files: readonly string[]): number =>
  files.map((file) => gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length).reduce((all, size) => all + size, 0);

/** A module and everything it imports at once. */
function withImports(file: string, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const match of text(file).matchAll(/(?:\bfrom|\bimport)\s*"\.\/([^"]+)"/g)) withImports(match[1] ?? '', seen);
  return seen;
}

/** The biggest of the languages: modules loaded on demand that are named after a language. */
function biggestLanguage(manifest: Record<string, string>): string[] {
  const languages = Object.entries(manifest).filter(([name]) => /^locales\/[a-z]{2}(-[A-Za-z]{2,4})?\.js$/.test(name));
  if (languages.length === 0) throw new Error(`${DIST}/manifest.json names no language`);
  return languages
    .map(([, file]) => file)
    .toSorted((one, other) => weigh([other]) - weigh([one]))
    .slice(0, 1);
}

/** Weighs the built widget against the budgets in package.json. */
export function checkBudgets(): Outcome {
  const { budgets } = packageSchema.parse(JSON.parse(readFileSync('package.json', 'utf8')));
  const manifest = z.record(z.string(), z.string()).parse(JSON.parse(text('manifest.json')));
  const fileOf = (name: string): string => {
    const file = manifest[name];
    if (file === undefined) throw new Error(`${DIST}/manifest.json does not name ${name}`);
    return file;
  };
  const modules = [...withImports(fileOf('panel.js')), ...biggestLanguage(manifest)];
  const panel = [...new Set([...modules, fileOf('panel.css')])];
  const measured = [
    { name: 'loader', bytes: weigh([fileOf('widget.js')]), budget: budgets.loader },
    { name: 'opened panel', bytes: weigh(panel), budget: budgets.panel },
  ];
  return sum(
    measured.map(({ name, bytes, budget }) => {
      const sentence = `${name}: ${bytes} of ${budget} bytes as gzip`;
      process.stdout.write(`  ${sentence}\n`);
      return single(sentence, bytes <= budget, 'The budget is exceeded.');
    }),
  );
}
