import { mayHaveHappened, NcloudError } from "../ncloud/ncloudError.ts";

/** How a change at NCP ended, unless it failed for certain. `now` is what was read after it. */
export type ChangeOutcome<T> =
  | { readonly kind: "done"; readonly now: T }
  /** NCP took the request, and does not show the change. */
  | { readonly kind: "notSeen"; readonly now: T }
  /** NCP did not say whether it made the change, and could not be asked. */
  | { readonly kind: "unsettled"; readonly error: NcloudError };

export interface Change<T> {
  readonly send: (signal: AbortSignal) => Promise<unknown>;
  /** Reads what the change is about. */
  readonly look: (signal: AbortSignal) => Promise<T>;
  /** Whether what was read shows the change. */
  readonly isDone: (now: T) => boolean;
}

/**
 * Sends a change once, and then looks: what a reading shows counts, whatever became of the answer.
 *
 * @throws NcloudError when it is certain that nothing was changed
 */
export async function changeAndLook<T>(
  { send, look, isDone }: Change<T>,
  signal: AbortSignal,
): Promise<ChangeOutcome<T>> {
  const failure = await failureOf(send(signal));
  // What is not there may be gone already, which is what a deletion wants.
  if (failure && !mayHaveHappened(failure) && failure.kind !== "notFound") throw failure;
  let now: T;
  try {
    now = await look(afterwards());
  } catch (error) {
    if (!(error instanceof NcloudError)) throw error;
    if (failure?.kind === "notFound") throw failure;
    return { kind: "unsettled", error };
  }
  if (isDone(now)) return { kind: "done", now };
  if (failure) throw failure;
  return { kind: "notSeen", now };
}

/** Not the signal of the change: having cancelled, a person still wants to know what became of it. */
export function afterwards(): AbortSignal {
  return new AbortController().signal;
}

/** @throws what is no failure of NCP */
async function failureOf(sending: Promise<unknown>): Promise<NcloudError | undefined> {
  try {
    await sending;
    return undefined;
  } catch (error) {
    if (error instanceof NcloudError) return error;
    throw error;
  }
}
