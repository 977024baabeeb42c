import {
  EventEmitter,
  type Disposable,
  type ProviderResult,
  type TreeDataProvider,
  type TreeItem,
} from "vscode";
import type { Row } from "../inventory/row.ts";
import type { KeysTree } from "./keysTree.ts";

/** Stands for the tree, which is loaded when the editor asks for rows for the first time. */
export class LazyTree implements TreeDataProvider<Row>, Disposable {
  readonly #load: () => Promise<KeysTree>;
  readonly #changed = new EventEmitter<Row | undefined>();
  #tree: KeysTree | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(load: () => Promise<KeysTree>) {
    this.#load = load;
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async getChildren(parent?: Row): Promise<Row[]> {
    const tree = await this.#load();
    if (!this.#tree) {
      this.#tree = tree;
      tree.onDidChangeTreeData((row) => this.#changed.fire(row));
    }
    return tree.getChildren(parent);
  }

  // Whoever has a row has it from the tree.

  getParent(row: Row): ProviderResult<Row> {
    return this.#tree!.getParent(row);
  }

  getTreeItem(row: Row): TreeItem {
    return this.#tree!.getTreeItem(row);
  }

  resolveTreeItem(item: TreeItem, row: Row): TreeItem {
    return this.#tree!.resolveTreeItem(item, row);
  }
}
