import { commands, window, type ExtensionContext } from "vscode";
import { commandIds } from "./commands/commandIds.ts";
import type { Composition } from "./composition.ts";
import { LazyTree } from "./sidebar/lazyTree.ts";
import { offerLanguageModelTools } from "./ui/languageModelTools.ts";

/**
 * Tells the editor what there is. The rest of the extension is loaded when the editor asks for rows,
 * or a command or a tool runs; nothing is read or sent before that. The rest is a build of its own:
 * no module is imported here that is imported there, or there would be two of it.
 */
export function activate(context: ExtensionContext): void {
  const log = window.createOutputChannel("Ncloud Keys", { log: true });
  let composition: Promise<Composition> | undefined;
  const compose = (): Promise<Composition> =>
    (composition ??= import("./composition.ts").then((module) =>
      module.compose(context, log, treeView),
    ));
  const tree = new LazyTree(async () => (await compose()).tree);
  const treeView = window.createTreeView("ncloudKeys.keys", {
    treeDataProvider: tree,
    canSelectMany: true,
    showCollapseAll: true,
    dragAndDropController: {
      dropMimeTypes: ["text/uri-list", "files"],
      // Nothing can be dragged out of the tree.
      dragMimeTypes: [],
      handleDrop: async (_, ...drop) => (await compose()).uploadDropped(...drop),
    },
  });
  const tools = offerLanguageModelTools(async (...call) => (await compose()).answerTool(...call));
  context.subscriptions.push(log, tree, treeView, ...tools);
  for (const id of commandIds) {
    const run = async (...args: unknown[]) => (await compose()).runCommand(id, args);
    context.subscriptions.push(commands.registerCommand(id, run));
  }
}
