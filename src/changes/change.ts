import { mayHaveHappened, NcloudError } from "../ncloud/ncloudError.ts";

/** How a change at NCP ended, unless it failed for certain. `now` is what was read after it. */
export type ChangeOutcome<T> =
  | { readonly kind: "done"; readonly now: T }
  /** NCP said that the change is made, and could not be asked what is there now. */
  | { readonly kind: "unread"; readonly error: NcloudError }
  /** NCP took the request, and does not show the change. */
  | { readonly kind: "notSeen"; readonly now: T }
  /** NCP did not say whether it made the change, and could not be asked. */
  | { readonly kind: "unsettled"; readonly error: NcloudError };

export interface Change<T> {
  /**
   * Resolves to what NCP's answer shows, `true` when it says no more than that the change is made;
   * undefined when it says nothing that a portal on the way would not say as well.
   */
  readonly send: (signal: AbortSignal) => Promise<T | true | undefined>;
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
  const { answer, failure } = await endOf(send(signal));
  // What is not there may be gone already, which is what a deletion wants.
  if (failure && !mayHaveHappened(failure) && failure.kind !== "notFound") throw failure;
  let now: T;
  try {
    now = await look(afterwards());
  } catch (error) {
    if (!(error instanceof NcloudError)) throw error;
    if (failure?.kind === "notFound") throw failure;
    if (answer === undefined) return { kind: "unsettled", error };
    if (answer === true) return { kind: "unread", error };
    now = answer;
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
async function endOf<T>(
  request: Promise<T>,
): Promise<{ readonly answer?: T; readonly failure?: NcloudError }> {
  try {
    return { answer: await request };
  } catch (failure) {
    if (failure instanceof NcloudError) return { failure };
    throw failure;
  }
}
