import type { Answer, StepPosition } from "../ui/prompts.ts";

/** One of several questions that belong together. */
export type Step = (position: StepPosition) => Promise<Answer<unknown>>;

export function keep<T>(answer: Answer<T>, store: (value: T) => void): Answer<T> {
  if (answer.kind === "given") store(answer.value);
  return answer;
}

/** Runs the steps forth and back. False when the person left. */
export async function askInTurn(steps: readonly Step[]): Promise<boolean> {
  let index = 0;
  for (;;) {
    const step = steps[index];
    if (!step) return true;
    const answer = await step({
      step: index + 1,
      totalSteps: steps.length,
      canGoBack: index > 0,
    });
    if (answer.kind === "cancelled") return false;
    index += answer.kind === "back" ? -1 : 1;
  }
}
