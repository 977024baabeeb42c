import type { Services } from "../../../src/commands/services.ts";
import type { ChangeDialogs } from "../../../src/ui/changeDialogs.ts";
import type { GenerateMessages } from "../../../src/ui/generateMessages.ts";

/** The notification with a Cancel button under which a command does its work, one at a time. */
export class FakeProgress {
  #shown: AbortController | undefined;

  readonly changeRuns: Partial<ChangeDialogs> = {
    whileChanging: (_action, _rows, run) => this.#during((signal) => run(signal, () => undefined)),
    whileChangingAccessKey: (_action, _id, run) => this.#during(run),
    whileSaving: (_name, run) => this.#during(run),
    whileRenewing: (_apiKey, _which, run) => this.#during(run),
    whileCreating: (_kind, _name, run) => this.#during(run),
  };
  readonly messageRuns: Partial<Services["messages"]> = {
    whileUploading: (_title, run) => this.#during(run),
    whileChecking: (run) => this.#during(run),
  };
  readonly generateRuns: Partial<GenerateMessages> = {
    whileGenerating: (_fileName, run) => this.#during(run),
  };

  /** Whether the notification is there. */
  get isShown(): boolean {
    return this.#shown !== undefined;
  }

  /** Presses its button. */
  cancel(): void {
    this.#shown?.abort();
  }

  async #during<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const shown = new AbortController();
    this.#shown = shown;
    try {
      return await run(shown.signal);
    } finally {
      this.#shown = undefined;
    }
  }
}
