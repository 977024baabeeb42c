import type { TreeView } from "vscode";
import * as vscode from "vscode";
import type { Row } from "../../src/inventory/row.ts";

type CreateTreeView = typeof vscode.window.createTreeView<Row>;

let view: TreeView<Row> | undefined;

// The tests and the extension are given one and the same `vscode.window`, and this module is loaded
// before the extension is activated.
const window = vscode.window as { createTreeView: CreateTreeView };
const { createTreeView } = window;
window.createTreeView = (id, options) => (view = createTreeView(id, options));

/** The ids of all rows of the activated extension's view, as the editor has them. */
export async function rowsInView(): Promise<readonly string[]> {
  for (const command of ["ncloudKeys.keys.focus", "list.focusFirst", "list.selectAll"]) {
    await vscode.commands.executeCommand(command);
  }
  return view?.selection.map(({ id }) => id) ?? [];
}

/** Opens a row of it. */
export async function openRow(id: string): Promise<void> {
  const row = view?.selection.find((row) => row.id === id);
  if (view && row) await view.reveal(row, { expand: true });
}
