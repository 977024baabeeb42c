/**
 * Runs `step` for every item, at most `limit` at a time, and gives the results in the items' order.
 * After a failure no further item is begun; it is reported once those under way have ended, so that
 * nothing comes after it.
 */
export async function mapConcurrently<T, R>(
  items: readonly T[],
  limit: number,
  step: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const queue = iterate(items);
  const failures: unknown[] = [];
  const work = async () => {
    for (const [index, item] of queue) results[index] = await step(item);
  };
  const note = (error: unknown) => void failures.push(error);
  const workers = Array.from({ length: Math.min(limit, items.length) }, () => work().catch(note));
  await Promise.all(workers);
  if (failures.length > 0) throw failures[0];
  return results;
}

/** A generator, unlike an array's own iterator, is at its end for all once one loop was left. */
function* iterate<T>(items: readonly T[]): Generator<[number, T]> {
  yield* items.entries();
}
