import { setMaxListeners } from "node:events";
import { listApiKeys, type ApiKey } from "../ncloud/apiGateway.ts";
import { NcloudError } from "../ncloud/ncloudError.ts";
import { listAuthKeys } from "../ncloud/nsml.ts";
import { listAccessKeys, listSubAccounts } from "../ncloud/subAccount.ts";
import type { Inventory } from "./inventory.ts";
import type { Gap, KeyRecord, SubAccountRef } from "./keyRecord.ts";
import { mapConcurrently } from "./mapConcurrently.ts";

/** Where the keys go as they come. */
export interface KeySink {
  add(records: readonly KeyRecord[]): void;
  /** A part that could not be read; the others go on. */
  miss(gap: Gap): void;
  /** How many requests are answered, of how many that are known to be needed. */
  progress?(answered: number, known: number): void;
}

/** An account may have a hundred thousand API keys; a thousand of them are about 300 KB. */
const apiKeyPageSize = 1000;
const subAccountPageSize = 100;
/** Pages of API keys, and as many lists of access keys, that are asked for at a time: they are two services. */
const concurrency = 6;

/**
 * Reads every key of an account: not only what the sidebar has loaded, and leaving that as it is
 * but for which auth keys are on this computer.
 * A part that fails is reported to the sink, and the others are read all the same.
 *
 * @throws NcloudError `cancelled` when the signal is aborted, and nothing else
 */
export async function collectKeys(
  inventory: Pick<Inventory, "client" | "nsml" | "subAccountIds" | "localKeys">,
  sink: KeySink,
  signal: AbortSignal,
): Promise<void> {
  // Each request under way listens, which Node takes for a leak from eleven on.
  setMaxListeners(0, signal);
  const walk = new Walk(inventory, sink, signal);
  await Promise.all([walk.authKeys(), walk.apiKeys(), walk.subAccounts()]);
  if (signal.aborted) throw new NcloudError("cancelled");
}

class Walk {
  readonly #inventory: Pick<Inventory, "client" | "nsml" | "subAccountIds" | "localKeys">;
  readonly #sink: KeySink;
  readonly #signal: AbortSignal;
  #answered = 0;
  #known = 0;

  constructor(
    inventory: Pick<Inventory, "client" | "nsml" | "subAccountIds" | "localKeys">,
    sink: KeySink,
    signal: AbortSignal,
  ) {
    this.#inventory = inventory;
    this.#sink = sink;
    this.#signal = signal;
  }

  async authKeys(): Promise<void> {
    const { nsml, client, localKeys } = this.#inventory;
    if (nsml !== "ready") return;
    await this.#within({ kind: "authKeys" }, async () => {
      const [authKeys] = await Promise.all([
        this.#ask(() => listAuthKeys(client, this.#signal)),
        // Files may have come and gone since the sidebar read them.
        localKeys.reload(),
      ]);
      const { state } = localKeys;
      const local = state.status === "loaded" ? state.value : undefined;
      if (state.status === "failed") {
        this.#sink.miss({ place: { kind: "localKeys" }, error: state.error });
      }
      this.#sink.add(
        authKeys.map((authKey) => ({
          kind: "authKey",
          authKey,
          localKey: local?.find(authKey.fingerprint),
        })),
      );
    });
  }

  async apiKeys(): Promise<void> {
    const seen = new Set<string>();
    await this.#within({ kind: "apiKeys" }, async () => {
      const first = await this.#apiKeyPage(0, apiKeyPageSize);
      this.#addApiKeys(first.apiKeys, seen);
      const received = first.apiKeys.length;
      if (received === 0) return;
      // A server may send fewer than it was asked for; its first answer shows how many it sends.
      const starts: number[] = [];
      for (let start = received; start < first.total; start += received) starts.push(start);
      await mapConcurrently(starts, concurrency, async (start) => {
        const end = Math.min(start + received, first.total);
        for (let offset = start; offset < end;) {
          const { apiKeys } = await this.#apiKeyPage(offset, end - offset);
          this.#addApiKeys(apiKeys, seen);
          if (apiKeys.length === 0) return;
          offset += apiKeys.length;
        }
      });
    });
  }

  #apiKeyPage(offset: number, limit: number) {
    const { client } = this.#inventory;
    return this.#ask(() => listApiKeys(client, { offset, limit }, this.#signal));
  }

  /** Pages overlap when keys come and go between two requests: a key is taken once. */
  #addApiKeys(apiKeys: readonly ApiKey[], seen: Set<string>): void {
    const records: KeyRecord[] = [];
    for (const apiKey of apiKeys) {
      const known = seen.size;
      seen.add(apiKey.apiKeyId);
      if (seen.size > known) records.push({ kind: "apiKey", apiKey });
    }
    this.#sink.add(records);
  }

  async subAccounts(): Promise<void> {
    const { client, subAccountIds } = this.#inventory;
    const owners = new Map<string, SubAccountRef>();
    await this.#within({ kind: "subAccounts" }, async () => {
      for (let page = 0, hasNext = true; hasNext; page++) {
        const request = { page, size: subAccountPageSize };
        const answer = await this.#ask(() => listSubAccounts(client, request, this.#signal));
        const known = owners.size;
        for (const subAccount of answer.subAccounts) {
          const { subAccountId } = subAccount;
          owners.set(subAccountId, { subAccountId, subAccount });
        }
        // A server that repeats itself would never come to an end.
        hasNext = answer.hasNext && owners.size > known;
      }
    });
    for (const subAccountId of subAccountIds) {
      if (!owners.has(subAccountId)) {
        owners.set(subAccountId, { subAccountId, subAccount: undefined });
      }
    }
    this.#sink.add([...owners.values()].map((owner) => ({ kind: "subAccount", ...owner })));
    this.#known += owners.size;
    this.#progress();
    await mapConcurrently([...owners.values()], concurrency, (owner) => this.#accessKeys(owner));
  }

  async #accessKeys(owner: SubAccountRef): Promise<void> {
    const { client } = this.#inventory;
    this.#known -= 1;
    await this.#within({ kind: "accessKeys", owner }, async () => {
      const keys = await this.#ask(() => listAccessKeys(client, owner.subAccountId, this.#signal));
      this.#sink.add(keys.map((accessKey) => ({ kind: "accessKey", accessKey, owner })));
    });
  }

  /** Runs a part whose failure concerns no other. After a cancellation nothing more is sent. */
  async #within(place: Gap["place"], run: () => Promise<void>): Promise<void> {
    if (this.#signal.aborted) return;
    await run().catch((error: unknown) => {
      if (!(error instanceof NcloudError)) throw error;
      // What ends as cancelled without our signal was signed out meanwhile.
      if (!this.#signal.aborted) this.#sink.miss({ place, error });
    });
  }

  async #ask<T>(request: () => Promise<T>): Promise<T> {
    this.#known += 1;
    try {
      return await request();
    } finally {
      this.#answered += 1;
      this.#progress();
    }
  }

  #progress(): void {
    if (!this.#signal.aborted) this.#sink.progress?.(this.#answered, this.#known);
  }
}
