import { type Clock } from "../../../../src/ncloud/clock.ts";
import { requestTimeLimit } from "../../../../src/ncloud/ncloudClient.ts";

interface Sleeper {
  readonly until: number;
  wake(): void;
}

/**
 * Time that stands still but for what a test does to it. Pauses pass at once and are noted, unless
 * they are to be held; a request's time limit is only ever reached by `advance`.
 */
export class FakeClock implements Clock {
  /** The pauses that were asked for, in milliseconds. */
  readonly pauses: number[] = [];
  /** What `random` draws. */
  randomness = 0.5;
  /** Given, a pause does not pass until `advance`, and this hears of it. */
  onPause: (() => void) | undefined;
  readonly #sleepers = new Set<Sleeper>();
  #now: number;

  constructor(now = Date.now()) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  random(): number {
    return this.randomness;
  }

  /** How many timers are running. */
  get timers(): number {
    return this.#sleepers.size;
  }

  sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (milliseconds !== requestTimeLimit) {
      this.pauses.push(milliseconds);
      if (!this.onPause) {
        this.advance(milliseconds);
        return Promise.resolve();
      }
    }
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const sleeper = { until: this.#now + milliseconds, wake: resolve };
      this.#sleepers.add(sleeper);
      signal.addEventListener("abort", () => {
        this.#sleepers.delete(sleeper);
        reject(signal.reason as Error);
      });
      if (milliseconds !== requestTimeLimit) this.onPause?.();
    });
  }

  /** Puts the clock forward and wakes who is due. */
  advance(milliseconds: number): void {
    this.#now += milliseconds;
    for (const sleeper of this.#sleepers) {
      if (sleeper.until > this.#now) continue;
      this.#sleepers.delete(sleeper);
      sleeper.wake();
    }
  }
}
