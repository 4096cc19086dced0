/** First letters of the first two words of a name, as readers count letters. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const letters = (words.length === 0 ? [name] : words.slice(0, 2)).map(
    (word) => [...new Intl.Segmenter().segment(word)][0]?.segment ?? '',
  );
  return letters.join('').toLocaleUpperCase();
}
