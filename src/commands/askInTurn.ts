import type { Answer, StepPosition } from "../ui/prompts.ts";

/** One question of several. It keeps what was answered by itself. */
export type Step = (position: StepPosition) => Promise<Answer<unknown>>;

/** Stores an answer that was given, and passes every answer on. */
export function keep<T>(answer: Answer<T>, store: (value: T) => void): Answer<T> {
  if (answer.kind === "given") store(answer.value);
  return answer;
}

export interface AskingOptions {
  /** Which step comes first. */
  readonly from?: number;
  /** Whether there is something to go back to from the first step. */
  readonly hasBefore?: boolean;
}

/** Runs the steps forth and back until all are answered or the person left, to what is before or for good. */
export async function askInTurn(
  steps: readonly Step[],
  { from = 0, hasBefore = false }: AskingOptions = {},
): Promise<Answer<undefined>> {
  let index = from;
  for (;;) {
    const step = steps[index];
    if (!step) return index < 0 ? { kind: "back" } : { kind: "given", value: undefined };
    const answer = await step({
      step: index + 1,
      totalSteps: steps.length,
      canGoBack: index > 0 || hasBefore,
    });
    if (answer.kind === "cancelled") return answer;
    index += answer.kind === "back" ? -1 : 1;
  }
}
