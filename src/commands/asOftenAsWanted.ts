import type { Doing } from "../ui/failureReport.ts";
import type { Messages } from "../ui/messages.ts";

/**
 * Runs something, and again for as long as it fails and the person answers that with Retry.
 *
 * @returns what it gave; undefined when they leave it failed
 */
export async function asOftenAsWanted<T>(
  messages: Pick<Messages, "report">,
  doing: Doing,
  run: () => Promise<T>,
): Promise<T | undefined> {
  for (;;) {
    try {
      return await run();
    } catch (error) {
      if (!(await messages.report(doing, error))) return undefined;
    }
  }
}
