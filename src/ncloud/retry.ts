import type { Clock } from "./clock.ts";
import { NcloudError } from "./ncloudError.ts";

const tries = 3;
const firstPause = 400;
/** A server that asks for a longer pause than this gets a failure that names it instead. */
const longestPause = 10_000;

/** Repeats a read whose failure may pass: at most three tries, with growing, jittered pauses. */
export async function retryRead<T>(
  read: () => Promise<T>,
  clock: Clock,
  signal: AbortSignal,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await read();
    } catch (error) {
      const pause = pauseAfter(error, attempt, clock);
      if (pause === undefined) throw error;
      await clock.sleep(pause, signal);
    }
  }
}

function pauseAfter(error: unknown, attempt: number, clock: Clock): number | undefined {
  if (!(error instanceof NcloudError) || !error.facts.transient || attempt >= tries) {
    return undefined;
  }
  const grown = firstPause * 2 ** (attempt - 1) * (0.5 + clock.random());
  const pause = Math.max(grown, error.facts.retryAfter ?? 0);
  return pause > longestPause ? undefined : pause;
}
