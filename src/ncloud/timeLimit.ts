import type { Clock } from "./clock.ts";

/** Why a request was given up: its time was over. */
export class TimeLimitReached extends Error {
  override readonly name = "TimeLimitReached";
}

/**
 * Runs with a signal that is aborted with the caller's reason, or with TimeLimitReached after so
 * many milliseconds. Timer and listener are gone when the run has ended.
 */
export async function withTimeLimit<T>(
  milliseconds: number,
  clock: Clock,
  outer: AbortSignal,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  outer.throwIfAborted();
  const limited = new AbortController();
  const ended = new AbortController();
  const onAbort = () => limited.abort(outer.reason);
  outer.addEventListener("abort", onAbort, { once: true });
  clock.sleep(milliseconds, ended.signal).then(
    () => limited.abort(new TimeLimitReached()),
    () => undefined,
  );
  try {
    return await run(limited.signal);
  } finally {
    // Nobody sees the reason; without one an error is made, with a stack, for each request.
    ended.abort(null);
    outer.removeEventListener("abort", onAbort);
  }
}
