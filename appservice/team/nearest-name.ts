/** Number of letters to change, leave out, put in or swap with their neighbour to make one word of the other. */
function distance(one: string, other: string): number {
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const cost = one[i - 1] === other[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const candidates = [(row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + cost];
      next.push(Math.min(...candidates, swapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY));
    }
    before = row;
    row = next;
  }
  return row[other.length] ?? 0;
}

/** The name that somebody who typed `typed` may have meant; undefined where none is near. */
export function nearestName<Name extends string>(typed: string, names: readonly Name[]): Name | undefined {
  const nearest = names
    .map((name) => ({ name, far: distance(typed.slice(0, 30).toLowerCase(), name.toLowerCase()) }))
    .toSorted((a, b) => a.far - b.far)[0];
  if (nearest === undefined) return undefined;
  return nearest.far <= Math.max(1, Math.min(2, Math.floor(nearest.name.length / 2))) ? nearest.name : undefined;
}
