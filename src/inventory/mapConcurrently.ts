/**
 * Runs `step` for every item, at most `limit` at a time, and gives the results in the items' order.
 * After a failure no further item is begun.
 */
export async function mapConcurrently<T, R>(
  items: readonly T[],
  limit: number,
  step: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const queue = iterate(items);
  const work = async () => {
    for (const [index, item] of queue) results[index] = await step(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
  return results;
}

/** A generator, unlike an array's own iterator, is at its end for all once one loop was left. */
function* iterate<T>(items: readonly T[]): Generator<[number, T]> {
  yield* items.entries();
}
