import { basename } from 'node:path';
import type { SourceFile } from './source-files.ts';

const LIMIT = 300;
const TEST_LIMIT = 500;
const EMPTY_NAMES = /^(index|utils?|helpers?|common|misc|shared|service|services|types|constants)\.[mc]?[jt]s$/;
// The brackets keep this line from breaking its own rule.
const NOTE_TO_SELF = /\b(T[O]DO|F[I]XME|X[X]X|H[A]CK)\b/;
const SET_ASIDE = /\b\w+\.(skip|only)\(/;

function suitesOf(text: string): string[] {
  if (!/from ['"]uvu['"]/.test(text)) return [];
  const made = [...text.matchAll(/\b(?:const|let)\s+(\w+)\s*=\s*suite\b/g)].map((match) => match[1] ?? '');
  const imported = /import\s*\{[^}]*\btest(?:\s+as\s+(\w+))?\b[^}]*\}\s*from ['"]uvu['"]/.exec(text);
  return imported === null ? made : [...made, imported[1] ?? 'test'];
}

function breachesOf({ path, text, lines }: SourceFile): string[] {
  const isTest = path.startsWith('test/');
  const limit = isTest ? TEST_LIMIT : LIMIT;
  const forgotten = suitesOf(text).filter((name) => !new RegExp(`^\\s*${name}\\.run\\(\\)`, 'm').test(text));
  return [
    lines > limit && `has ${lines} lines; split it by noun or verb before ${limit}`,
    EMPTY_NAMES.test(basename(path)) && 'has a name that says nothing about what is in it',
    !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/.test(basename(path)) &&
      !path.startsWith('migrations/') &&
      'is not named in kebab-case',
    path.startsWith('migrations/') &&
      !/^migrations\/\d{14}_[a-z]+(_[a-z0-9]+)+\.ts$/.test(path) &&
      'is not named YYYYMMDDHHMMSS_verb_object.ts',
    NOTE_TO_SELF.test(text) && 'holds a note to self; do it or write an issue',
    isTest && SET_ASIDE.test(text) && 'sets tests aside with skip or only',
    forgotten.length > 0 && `never runs ${forgotten.join(', ')}: such a suite passes silently`,
    path.endsWith('.test.ts') && /from ['"]uvu['"]/.test(text) && suitesOf(text).length === 0 && 'imports uvu and has no suite',
  ].filter((breach) => breach !== false);
}

/** Every file that breaks the rules on files (house style 1, 5, 6, 21, 36, 38), as `file sentence`. */
export function badFiles(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => breachesOf(file).map((breach) => `${file.path} ${breach}`));
}
