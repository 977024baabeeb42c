import { EventEmitter, type Disposable, type TreeDataProvider, type TreeItem } from "vscode";
import type { Row } from "../inventory/row.ts";
import type { KeysTree } from "./keysTree.ts";

/** Stands for the tree, which is loaded when the editor asks for rows for the first time. */
export class LazyTree implements TreeDataProvider<Row>, Disposable {
  readonly #load: () => Promise<KeysTree>;
  readonly #changed = new EventEmitter<Row | undefined>();
  #loading: Promise<KeysTree> | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(load: () => Promise<KeysTree>) {
    this.#load = load;
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async getChildren(parent?: Row): Promise<Row[]> {
    return (await this.#tree()).getChildren(parent);
  }

  // A row can be revealed before anybody has seen the view, and so before any child was asked for.

  async getParent(row: Row): Promise<Row | undefined> {
    return (await this.#tree()).getParent(row);
  }

  async getTreeItem(row: Row): Promise<TreeItem> {
    return (await this.#tree()).getTreeItem(row);
  }

  async resolveTreeItem(item: TreeItem, row: Row): Promise<TreeItem> {
    return (await this.#tree()).resolveTreeItem(item, row);
  }

  #tree(): Promise<KeysTree> {
    return (this.#loading ??= this.#load().then((tree) => {
      tree.onDidChangeTreeData((row) => this.#changed.fire(row));
      return tree;
    }));
  }
}
