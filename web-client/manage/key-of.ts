const UMLAUTS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

/** A key made from a name that somebody typed: small letters and digits with `between` in place of all else, a letter first; empty where nothing is left. */
export function keyOf(name: string, between: '-' | '_', max = 31): string {
  const plain = name
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => UMLAUTS[letter] ?? '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '');
  const key = plain.replace(/[^a-z0-9]+/g, between).replace(/^[^a-z]+/, '');
  return key.slice(0, max).replace(/[-_]+$/, '');
}
