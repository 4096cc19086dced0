/** Calls `work` for each item, `count` of them at a time; results in the order of the items. The first error ends it. */
export async function mapAtOnce<Item, Result>(
  count: number,
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const entries = items.entries();
  async function takeNext(): Promise<void> {
    for (const [index, item] of entries) results[index] = await work(item);
  }
  await Promise.all(Array.from({ length: Math.min(count, items.length) }, takeNext));
  return results;
}
