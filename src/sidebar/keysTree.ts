import { EventEmitter, type Disposable, type TreeDataProvider, type TreeItem } from "vscode";
import type { Inventory } from "../inventory/inventory.ts";
import { rowIdOfPlace, type Row } from "../inventory/row.ts";
import { childRows } from "../inventory/rows.ts";
import type { Session } from "../session/session.ts";
import {
  accessKeyItem,
  apiKeyItem,
  apiKeyValueItem,
  authKeyItem,
  subAccountItem,
} from "./keyItem.ts";
import { markHealth } from "./keyHealthItem.ts";
import { failureItem, groupItem, loadingItem, loadMoreItem, noticeItem } from "./stateItem.ts";
import { tooltipOf } from "./tooltip.ts";

/** Shows the inventory of the active account as a tree, and follows both of them. */
export class KeysTree implements TreeDataProvider<Row>, Disposable {
  readonly #session: Session;
  readonly #changed = new EventEmitter<Row | undefined>();
  readonly #sessionSubscription: { dispose(): void };
  #inventory: Inventory | undefined;
  #inventorySubscription: { dispose(): void } | undefined;
  /** The rows in view by id: the editor knows a row by the object it was given. */
  #shown = new Map<string, Row>();

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(session: Session) {
    this.#session = session;
    this.#sessionSubscription = session.onDidChange(() => this.#follow());
  }

  dispose(): void {
    this.#sessionSubscription.dispose();
    this.#inventorySubscription?.dispose();
    this.#changed.dispose();
  }

  /** The row with this id, if what it stands in was read: shown already, or about to be. */
  find(id: string): Row | undefined {
    const inventory = this.#inventory;
    let row = this.#shown.get(id);
    if (row || !inventory) return row;
    do {
      row = childRows(inventory, row).find((child) => leadsTo(id, child));
      row = row && (this.#shown.get(row.id) ?? row);
    } while (row && row.id !== id);
    return row;
  }

  /** Whether this very object is a row of the tree, and not one that looks like it. */
  isShown(value: unknown): value is Row {
    return isObjectWithId(value) && this.#shown.get(value.id) === value;
  }

  /** Has the editor ask for all rows again. */
  redraw(): void {
    this.#changed.fire(undefined);
  }

  /** Has the editor ask for the rows below a row again. */
  invalidate(row: Row): void {
    if (this.isShown(row)) this.#changed.fire(row);
  }

  async getChildren(parent?: Row): Promise<Row[]> {
    if (!parent) await this.#session.open();
    const inventory = this.#inventory;
    if (!inventory) return [];
    const rows = [...childRows(inventory, parent)];
    for (const row of rows) this.#shown.set(row.id, row);
    return rows;
  }

  getParent(row: Row): Row | undefined {
    return row.parent;
  }

  getTreeItem(row: Row): TreeItem {
    return markHealth(this.#itemOf(row), row);
  }

  #itemOf(row: Row): TreeItem {
    switch (row.kind) {
      case "group":
        return groupItem(row, this.#inventory);
      case "authKey":
        return authKeyItem(row);
      case "apiKey":
        return apiKeyItem(row);
      case "apiKeyValue":
        return apiKeyValueItem(row);
      case "subAccount":
        return subAccountItem(row);
      case "accessKey":
        return accessKeyItem(row);
      case "loading":
        return loadingItem(row);
      case "failure":
        return failureItem(row);
      case "loadMore":
        return loadMoreItem(row);
      case "notice":
        return noticeItem(row);
    }
  }

  resolveTreeItem(item: TreeItem, row: Row): TreeItem {
    const tooltip = tooltipOf(row);
    if (tooltip) item.tooltip = tooltip;
    return item;
  }

  /** Takes up the inventory of whoever is signed in now. */
  #follow(): void {
    const { state } = this.#session;
    const inventory = state.status === "signedIn" ? state.inventory : undefined;
    if (inventory === this.#inventory && inventory) return;
    this.#inventorySubscription?.dispose();
    this.#inventory = inventory;
    this.#shown = new Map();
    this.#inventorySubscription = inventory?.onDidChange((place) => {
      const row = this.#shown.get(rowIdOfPlace(inventory.accountId, place));
      // A row that was never shown has nothing in view that could be stale.
      if (row) this.#changed.fire(row);
    });
    this.#changed.fire(undefined);
  }
}

function leadsTo(id: string, row: Row): boolean {
  return row.id === id || id.startsWith(`${row.id}/`);
}

function isObjectWithId(value: unknown): value is { readonly id: string } {
  return (
    typeof value === "object" && value !== null && "id" in value && typeof value.id === "string"
  );
}
