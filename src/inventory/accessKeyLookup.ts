import { listAccessKeys, type AccessKey } from "../ncloud/subAccount.ts";
import type { Inventory } from "./inventory.ts";
import { mapConcurrently } from "./mapConcurrently.ts";
import { Resource } from "./resource.ts";
import type { Row, SubAccountRow } from "./row.ts";
import { accessKeyRowsOf } from "./rows.ts";
import { isSameList } from "./sameRecord.ts";

/** How many sub accounts are asked about at a time. */
const concurrency = 6;

/**
 * The access keys of many sub accounts, for a question that is about all of them. What is read here
 * is not kept in the inventory, which has what is open in the sidebar and reads it again with it.
 */
export class AccessKeyLookup {
  readonly #inventory: Inventory;
  readonly #read = new Map<string, Resource<readonly AccessKey[]>>();
  readonly #dispose = () => this.dispose();

  constructor(inventory: Inventory) {
    this.#inventory = inventory;
    inventory.ended.addEventListener("abort", this.#dispose, { once: true });
  }

  /** Reads what is not known yet. Never rejects. */
  async load(subAccounts: readonly SubAccountRow[]): Promise<void> {
    const resources = subAccounts.map((row) => this.#of(row));
    await mapConcurrently(resources, concurrency, (resource) => resource.load());
  }

  /** The access keys, the failure to read them, or that they are being read. */
  rowsBelow(row: SubAccountRow): readonly Row[] {
    return accessKeyRowsOf(row, this.#of(row).state);
  }

  /** Cancels what is being read. */
  dispose(): void {
    this.#inventory.ended.removeEventListener("abort", this.#dispose);
    for (const resource of this.#read.values()) resource.dispose();
  }

  #of({ subAccountId }: SubAccountRow): Resource<readonly AccessKey[]> {
    const shown = this.#inventory.accessKeysOf(subAccountId);
    if (shown.state.status === "loaded") return shown;
    const resource =
      this.#read.get(subAccountId) ??
      new Resource<readonly AccessKey[]>({
        read: (signal) => listAccessKeys(this.#inventory.client, subAccountId, signal),
        onChange: () => undefined,
        isSame: isSameList,
      });
    if (this.#inventory.ended.aborted) resource.dispose();
    this.#read.set(subAccountId, resource);
    return resource;
  }
}
