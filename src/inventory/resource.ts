import { NcloudError } from "../ncloud/ncloudError.ts";
import { latestValue, type Loadable } from "./loadable.ts";

export interface ResourceParts<T> {
  /** Reads the value. `previous` is what is in view, so that as much of it can be read again. */
  readonly read: (signal: AbortSignal, previous: T | undefined) => Promise<T>;
  /** Called when there is something new to see. */
  readonly onChange: () => void;
  /** Whether two values look the same, so that a refresh without news changes nothing. */
  readonly isSame: (a: T, b: T) => boolean;
}

/**
 * One thing that is read from NCP, and how that went. The latest read wins: a read that was begun
 * earlier is cancelled, and its answer is void even when it arrives.
 */
export class Resource<T> {
  readonly #parts: ResourceParts<T>;
  #state: Loadable<T> = { status: "unloaded" };
  #current: { readonly abort: AbortController; readonly done: Promise<void> } | undefined;
  #disposed = false;

  constructor(parts: ResourceParts<T>) {
    this.#parts = parts;
  }

  get state(): Loadable<T> {
    return this.#state;
  }

  get value(): T | undefined {
    return latestValue(this.#state);
  }

  /**
   * Reads unless that was done before; joins a read that is under way. Resolves when there is
   * nothing to wait for any more, be it for a read that began later. Never rejects.
   */
  load(): Promise<void> {
    // Whoever asks for the first time is about to show the loading state and needs no call for it.
    if (this.#state.status === "unloaded") return this.#begin(this.#parts.read);
    return this.#current?.done ?? Promise.resolve();
  }

  /** Reads again; a read that is under way is void. Never rejects. */
  reload(): Promise<void> {
    return this.run(this.#parts.read);
  }

  /** Replaces the value by what a write answered. A read under way is void: it may be older. */
  set(value: T): void {
    if (this.#disposed) return;
    this.#cancel();
    this.#settle({ status: "loaded", value });
  }

  /** Forgets the value and makes every answer still under way void. */
  reset(): void {
    this.#cancel();
    this.#state = { status: "unloaded" };
  }

  dispose(): void {
    this.#disposed = true;
    this.reset();
  }

  /** Obtains the next value in a way of the caller's, under the same rules as `reload`. */
  protected run(obtain: ResourceParts<T>["read"]): Promise<void> {
    if (this.#disposed) return Promise.resolve();
    const { status } = this.#state;
    const done = this.#begin(obtain);
    // Rows that stay in view while they are read again have nothing new to show.
    if (status === "unloaded" || status === "failed") this.#parts.onChange();
    return done;
  }

  #begin(obtain: ResourceParts<T>["read"]): Promise<void> {
    if (this.#disposed) return Promise.resolve();
    this.#cancel();
    const abort = new AbortController();
    const previous = this.value;
    this.#state = { status: "loading", ...(previous !== undefined && { previous }) };
    const done = this.#follow(obtain(abort.signal, previous), abort);
    this.#current = { abort, done };
    return done;
  }

  async #follow(reading: Promise<T>, abort: AbortController): Promise<void> {
    try {
      const value = await reading;
      if (abort.signal.aborted) return await this.#current?.done;
      this.#settle({ status: "loaded", value });
    } catch (cause) {
      if (abort.signal.aborted) return this.#current?.done;
      const error = cause instanceof NcloudError ? cause : new NcloudError("badAnswer", { cause });
      const previous = this.value;
      this.#settle({ status: "failed", error, ...(previous !== undefined && { previous }) });
    }
  }

  #settle(state: Loadable<T> & { status: "loaded" | "failed" }): void {
    const before = this.#state.status === "failed" ? undefined : this.value;
    this.#current = undefined;
    if (
      state.status === "loaded" &&
      before !== undefined &&
      this.#parts.isSame(before, state.value)
    ) {
      // The same object as before, so that whoever kept it still has the current one.
      this.#state = { status: "loaded", value: before };
      return;
    }
    this.#state = state;
    this.#parts.onChange();
  }

  #cancel(): void {
    this.#current?.abort.abort();
    this.#current = undefined;
  }
}
