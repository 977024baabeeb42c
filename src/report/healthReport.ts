import type { ChangedKeys } from "../inventory/changedKeys.ts";
import { collectKeys } from "../inventory/collectKeys.ts";
import type { Inventory } from "../inventory/inventory.ts";
import type { Gap, SubAccountRef } from "../inventory/keyRecord.ts";
import type { LocalKeyIndex } from "../inventory/localKeyIndex.ts";
import { NcloudError } from "../ncloud/ncloudError.ts";
import type { KeyOnly } from "./keyHealth.ts";

/** How far the reading of an account's keys has come. */
export type ReadingState =
  | { readonly status: "reading"; readonly answered: number; readonly known: number }
  /** `stopped`: before everything was read, at the person's wish. */
  | { readonly status: "complete" | "stopped"; readonly at: number };

/** What was read of an account's keys, by the ids of their rows. It holds no secret. */
export interface Collected {
  readonly keys: ReadonlyMap<string, KeyOnly>;
  readonly gaps: readonly Gap[];
  /** Why NSML was not asked, if it was not. */
  readonly nsml: Inventory["nsml"];
}

/** Ours alone to change. */
type Held = Collected & { readonly keys: Map<string, KeyOnly> };

/** Reads all keys of an account, again and again; what was read before stays until the new is there. */
export class HealthReport {
  readonly #idOf: (key: KeyOnly) => string;
  readonly #onChange: () => void;
  #state: ReadingState = { status: "reading", answered: 0, known: 0 };
  #collected: Held = { keys: new Map(), gaps: [], nsml: "ready" };
  #owners: ReadonlyMap<string, SubAccountRef> = new Map();
  #current: AbortController | undefined;

  constructor(idOf: (key: KeyOnly) => string, onChange: () => void) {
    this.#idOf = idOf;
    this.#onChange = onChange;
  }

  get state(): ReadingState {
    return this.#state;
  }

  get collected(): Collected {
    return this.#collected;
  }

  /** Reads everything. A read that is under way is void. Rejects only for a fault of the code. */
  async read(inventory: Parameters<typeof collectKeys>[0]): Promise<void> {
    this.#current?.abort();
    const abort = new AbortController();
    this.#current = abort;
    const { signal } = abort;
    const keys = new Map<string, KeyOnly>();
    const owners = new Map<string, SubAccountRef>();
    const gaps: Gap[] = [];
    const collected: Held = { keys, gaps, nsml: inventory.nsml };
    this.#owners = owners;
    this.#become({ status: "reading", answered: 0, known: 0 });
    try {
      await collectKeys(
        inventory,
        {
          add: (records) => {
            for (const record of records) {
              if (record.kind === "subAccount") owners.set(record.subAccountId, record);
              else keys.set(this.#idOf(record), record);
            }
          },
          miss: (gap) => void gaps.push(gap),
          progress: (answered, known) => {
            if (this.#current === abort) this.#become({ status: "reading", answered, known });
          },
        },
        signal,
      );
      this.#end(abort, collected, "complete");
    } catch (error) {
      if (!(error instanceof NcloudError) || error.kind !== "cancelled") throw error;
      this.#end(abort, collected, "stopped");
    }
  }

  /** Takes over what a change left, so that nothing that was read has to be read again for it. */
  takeOver(change: ChangedKeys, local: LocalKeyIndex | undefined): void {
    const isReplaced = replacedBy(change);
    // To copy a hundred thousand would block the extension host.
    const { keys } = this.#collected;
    for (const [id, key] of keys) if (isReplaced(key)) keys.delete(id);
    for (const key of this.#keysOf(change, local)) keys.set(this.#idOf(key), key);
    this.#become(this.#state);
  }

  #keysOf(change: ChangedKeys, local: LocalKeyIndex | undefined): readonly KeyOnly[] {
    switch (change.kind) {
      case "authKeys":
        return change.authKeys.map((authKey) => {
          return { kind: "authKey", authKey, localKey: local?.find(authKey.fingerprint) };
        });
      case "apiKey":
        return [change];
      case "noApiKey":
        return [];
      case "accessKeys": {
        const { subAccountId, accessKeys } = change;
        const owner = this.#owners.get(subAccountId) ?? { subAccountId, subAccount: undefined };
        return accessKeys.map((accessKey) => ({ kind: "accessKey", accessKey, owner }));
      }
    }
  }

  /** Stops reading; what was read until now is shown as what it is. */
  stop(): void {
    this.#current?.abort();
  }

  /** Stops reading without a word. */
  dispose(): void {
    const current = this.#current;
    this.#current = undefined;
    current?.abort();
  }

  #end(abort: AbortController, collected: Held, status: "complete" | "stopped"): void {
    if (this.#current !== abort) return;
    this.#current = undefined;
    this.#collected = collected;
    this.#become({ status, at: Date.now() });
  }

  #become(state: ReadingState): void {
    this.#state = state;
    this.#onChange();
  }
}

/** Which keys are no longer what they were before a change. */
function replacedBy(change: ChangedKeys): (key: KeyOnly) => boolean {
  switch (change.kind) {
    case "authKeys":
      return (key) => key.kind === "authKey";
    case "apiKey":
    case "noApiKey": {
      const { apiKeyId } = change.kind === "apiKey" ? change.apiKey : change;
      return (key) => key.kind === "apiKey" && key.apiKey.apiKeyId === apiKeyId;
    }
    case "accessKeys":
      return (key) => key.kind === "accessKey" && key.owner.subAccountId === change.subAccountId;
  }
}
