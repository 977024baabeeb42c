/** The least extension there is with a tree, commands and a log channel. */
import { commands, EventEmitter, TreeItem, window, type ExtensionContext } from "vscode";

interface Manifest {
  readonly name: string;
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

export function activate({ extension, subscriptions }: ExtensionContext): void {
  const { name, contributes } = extension.packageJSON as Manifest;
  const changed = new EventEmitter<undefined>();
  const tree = window.createTreeView<string>(`${name}.view`, {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: () => [],
      getTreeItem: (row) => new TreeItem(row),
    },
  });
  subscriptions.push(window.createOutputChannel(name, { log: true }), changed, tree);
  for (const { command } of contributes.commands) {
    subscriptions.push(commands.registerCommand(command, () => undefined));
  }
}
