import { mapConcurrently } from "./mapConcurrently.ts";
import type { Resource } from "./resource.ts";

/** How many requests a refresh of opened rows sends at a time. */
const refreshConcurrency = 6;

/** What was read for the rows that were opened, by the ID of what they show. */
export class ResourceMap<T> {
  readonly #make: (id: string) => Resource<T>;
  readonly #resources = new Map<string, Resource<T>>();
  #isDisposed = false;

  constructor(make: (id: string) => Resource<T>) {
    this.#make = make;
  }

  obtain(id: string): Resource<T> {
    const resource = this.#resources.get(id) ?? this.#make(id);
    // Who still holds rows of an account that was signed out must not send its requests.
    if (this.#isDisposed) resource.dispose();
    else this.#resources.set(id, resource);
    return resource;
  }

  /** What was read already, without beginning to. */
  get(id: string): Resource<T> | undefined {
    return this.#resources.get(id);
  }

  async reload(): Promise<void> {
    const opened = [...this.#resources.values()].filter(({ state }) => state.status !== "unloaded");
    await mapConcurrently(opened, refreshConcurrency, (resource) => resource.reload());
  }

  /** Forgets the rows that are gone, so that they are not asked for ever after. */
  keepOnly(ids: Iterable<string>): void {
    const there = new Set(ids);
    for (const id of this.#resources.keys()) if (!there.has(id)) this.drop(id);
  }

  drop(id: string): void {
    this.#resources.get(id)?.dispose();
    this.#resources.delete(id);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.keepOnly([]);
  }
}
