import { setImmediate } from "node:timers/promises";
import { NcloudError } from "../ncloud/ncloudError.ts";

/** Keys in a slice: whatever is made of a key, that many take no more than a few milliseconds. */
const usualLength = 100;

/**
 * Things, so many in each turn of the event loop: the extension host is everybody's, and with a
 * hundred thousand keys it would answer nobody for seconds. The last slice may be empty.
 *
 * @throws NcloudError `cancelled` when the signal is aborted between two slices
 */
export async function* slicesOf<T>(
  things: Iterable<T>,
  signal?: AbortSignal,
  length = usualLength,
): AsyncGenerator<readonly T[]> {
  let slice: T[] = [];
  for (const thing of things) {
    slice.push(thing);
    if (slice.length < length) continue;
    yield slice;
    slice = [];
    await setImmediate();
    if (signal?.aborted) throw new NcloudError("cancelled");
  }
  yield slice;
}
