import { KEY_ROWS, OBVIOUS_WORDS } from './obvious-words.ts';

/** Characters that must be left when everything obvious is taken away. */
const ENOUGH = 6;

const SHORTEST_RUN = 3;
const SHORTEST_WALK = 4;
const SHORTEST_WORD = 3;
/** Digits in a row of a number of the person. */
const SHORTEST_OWN_DIGITS = 5;

/** Signs that people put between words and at the end. */
const BETWEEN_WORDS = /^[\s\-_.,!?]/;

const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
  '€': 'e',
};

/** 1 January 1970 as it is typed, or a year alone. */
const DATE = /^(?:(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)?\d\d|(?:19|20)\d\d(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))?)/;

const WALKS: readonly string[] = KEY_ROWS.flatMap((row) => [row, Array.from(row).toReversed().join('')]);

const LONGEST_WORD = Math.max(...Array.from(OBVIOUS_WORDS, (word) => word.length));

/** Small letters without marks: ways of writing that whoever guesses tries first. */
function fold(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss');
}

/** What of the person may not carry the password: words of names and addresses, and numbers. */
type OwnParts = { readonly words: ReadonlySet<string>; readonly numbers: readonly string[] };

function ownPartsOf(own: readonly string[]): OwnParts {
  const folded = own.map(fold);
  const words = folded.flatMap((text) => [...text.split(/[^\p{L}\p{N}]+/u), text.replaceAll(/[^\p{L}\p{N}]/gu, '')]);
  return { words: new Set(words.filter((word) => word.length >= SHORTEST_WORD)), numbers: words.filter((word) => /^\d{5,}$/.test(word)) };
}

/** Longest prefix of `text` that stands in one of these, at least `shortest` long; 0 where there is none. */
function longestIn(rows: readonly string[], text: string, shortest: number): number {
  if (text.length < shortest) return 0;
  let length = 0;
  for (const row of rows) {
    while (length < text.length && row.includes(text.slice(0, Math.max(length + 1, shortest)))) length = Math.max(length + 1, shortest);
  }
  return length;
}

/** Length of what goes up, down or stays by one at the beginning: aaa, abc, 987. */
function runAt(text: string): number {
  const step = text.charCodeAt(1) - text.charCodeAt(0);
  if (!(Math.abs(step) <= 1)) return 0;
  let length = 2;
  while (length < text.length && text.charCodeAt(length) - text.charCodeAt(length - 1) === step) length += 1;
  return length >= SHORTEST_RUN ? length : 0;
}

/** Longest part at `at` that stood before it. */
function repeatAt(text: string, at: number): number {
  let longest = 0;
  for (let from = 0; from < at; from += 1) {
    let length = 0;
    while (from + length < at && at + length < text.length && text[from + length] === text[at + length]) length += 1;
    longest = Math.max(longest, length);
  }
  return longest >= SHORTEST_RUN ? longest : 0;
}

/** A password in small letters, and the same with signs that stand for letters read as those, sign by sign. */
type Reading = { readonly plain: string; readonly asLetters: string };

/** Fewest characters that nothing obvious covers; signs between words count for nothing. */
function rest({ plain, asLetters }: Reading, { words, numbers }: OwnParts): number {
  const fewest = Array.from({ length: plain.length + 1 }, () => Number.POSITIVE_INFINITY);
  fewest[0] = 0;
  const reach = (at: number, count: number): void => void (fewest[at] = Math.min(fewest[at] ?? 0, count));
  const isWord = (text: string): boolean => OBVIOUS_WORDS.has(text) || words.has(text);
  const longestWord = Math.max(LONGEST_WORD, ...Array.from(words, (word) => word.length));
  for (let at = 0; at < plain.length; at += 1) {
    const here = fewest[at] ?? 0;
    const tail = plain.slice(at);
    reach(at + 1, here + (BETWEEN_WORDS.test(tail) ? 0 : 1));
    const covered = [
      runAt(tail),
      repeatAt(plain, at),
      longestIn(WALKS, tail, SHORTEST_WALK),
      longestIn(numbers, tail, SHORTEST_OWN_DIGITS),
    ];
    reach(at + (DATE.exec(tail)?.[0].length ?? 0), here);
    for (let length = SHORTEST_WORD; length <= Math.min(tail.length, longestWord); length += 1) {
      if (isWord(tail.slice(0, length)) || isWord(asLetters.slice(at, at + length))) reach(at + length, here);
    }
    // A part of a run is one as well, so that the next thing may begin inside it.
    for (const length of covered) for (let part = SHORTEST_RUN; part <= length; part += 1) reach(at + part, here);
  }
  return fewest[plain.length] ?? 0;
}

/**
 * Whether a password is so common, or made so much of common words, dates, rows of keys and repetitions, that it is tried early.
 * `own` are names, numbers and addresses of the person. Words in plenty are fine: only those of a short list are taken away.
 */
export function isObvious(password: string, own: readonly string[] = []): boolean {
  const characters = Array.from(fold(password));
  const parts = ownPartsOf(own);
  const reading = (shown: readonly string[]): Reading => ({
    plain: shown.join(''),
    asLetters: shown.map((character) => LEET[character] ?? character).join(''),
  });
  const joined = characters.filter((character) => !BETWEEN_WORDS.test(character));
  return [characters, joined].some((shown) => rest(reading(shown), parts) < ENOUGH);
}
