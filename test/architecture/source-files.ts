import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One import of a file. `target` is a path from the root for files of ours, the name of the package otherwise. */
export type ImportOf = { target: string; ours: boolean; typeOnly: boolean };

/** A file of the project as the rules see it; paths from the root, with `/`. */
export type SourceFile = { path: string; text: string; lines: number; imports: ImportOf[] };

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDERS = ['appservice', 'browser', 'homeserver-config', 'migrations', 'test', 'web-client', 'widget'];

const FROM = /^[ \t]*(import|export)\s+(type\s+)?((?:[\w$*\s,]|\{[^}]*\})*?)\s*from\s*['"]([^'"]+)['"]/gm;
const BARE = /^[ \t]*import\s*['"]([^'"]+)['"]/gm;
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]/g;

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
}

function isTypeOnly(keyword: string | undefined, names: string): boolean {
  if (keyword !== undefined) return true;
  const inside = /^\{([^}]*)\}$/.exec(names.trim())?.[1];
  const single = inside?.split(',').filter((name) => name.trim() !== '') ?? [];
  return single.length > 0 && single.every((name) => /^\s*type\s/.test(name));
}

/** The imports of a file, read from its text. */
export function importsOf(path: string, text: string): ImportOf[] {
  const code = withoutComments(text);
  const found = [
    ...[...code.matchAll(FROM)].map((match) => ({ name: match[4] ?? '', typeOnly: isTypeOnly(match[2], match[3] ?? '') })),
    ...[...code.matchAll(BARE)].map((match) => ({ name: match[1] ?? '', typeOnly: false })),
    ...[...code.matchAll(DYNAMIC)].map((match) => ({ name: match[1] ?? '', typeOnly: false })),
  ];
  return found.map(({ name, typeOnly }) =>
    name.startsWith('.') ? { target: posix.join(dirname(path), name), ours: true, typeOnly } : { target: name, ours: false, typeOnly },
  );
}

/** Makes the file the rules look at from its path and text. */
export function sourceFile(path: string, text: string): SourceFile {
  return { path, text, lines: text.split('\n').length - 1, imports: importsOf(path, text) };
}

/** All TypeScript and JavaScript files of the project. */
export function readSourceFiles(): SourceFile[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|js|mjs)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => sourceFile(relative(ROOT, file).split(sep).join('/'), readFileSync(file, 'utf8'))),
  );
}
