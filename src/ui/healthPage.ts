import type { KeyOnly } from "../report/keyHealth.ts";
import type { Collected, ReadingState } from "../report/healthReport.ts";

/** What the page of key health asks of the command that opened it. */
export interface HealthPageEvents {
  readonly reveal: (key: KeyOnly) => void;
  readonly act: (key: KeyOnly) => void;
  readonly cancel: () => void;
  readonly readAgain: () => void;
  readonly closed: () => void;
}

/** The page of key health, by meaning. */
export interface HealthPage {
  show(state: ReadingState, collected: Collected): void;
  /** Brings the page to the front. */
  focus(): void;
  /** Says that a key is not in the sidebar, or not any more. */
  sayGone(key: KeyOnly): void;
  close(): void;
}

/** The pages of key health: one at a time. */
export interface HealthPages {
  /** The page that is open. */
  readonly opened: HealthPage | undefined;
  /** @param accountLabel named on the page where there are several accounts */
  open(accountLabel: string | undefined, events: HealthPageEvents): HealthPage;
}
