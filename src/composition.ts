import { env, ExtensionKind, type ExtensionContext, type LogOutputChannel } from "vscode";
import type { TreeView } from "vscode";
import { AccountStore } from "./accounts/accountStore.ts";
import type { RunCommand } from "./commands/editorCommands.ts";
import type { Row } from "./inventory/row.ts";
import { systemClock } from "./ncloud/clock.ts";
import type { Transport } from "./ncloud/transport.ts";
import { Session } from "./session/session.ts";
import { KeysTree } from "./sidebar/keysTree.ts";
import { KeysView } from "./sidebar/keysView.ts";
import { uploadDropped } from "./sidebar/uploadDropped.ts";
import { keyAgeWarningDays } from "./ui/keyAgeSetting.ts";
import type { AnswerTool } from "./ui/languageModelTools.ts";
import { logFailure, logRequest } from "./ui/log.ts";

/** What stands behind the view, the commands and the tools. */
export interface Composition {
  readonly tree: KeysTree;
  readonly uploadDropped: typeof uploadDropped;
  readonly answerTool: AnswerTool;
  readonly runCommand: RunCommand;
}

/** HTTP is loaded by the first request, so that what asks for none does not pay for it. */
const transport: Transport = {
  async send(request, signal) {
    const { nodeFetchTransport } = await import("./ncloud/nodeFetchTransport.ts");
    return nodeFetchTransport.send(request, signal);
  },
};

/** Builds and connects the parts. Nothing is read or sent before one of them is used. */
export function compose(
  context: ExtensionContext,
  log: LogOutputChannel,
  treeView: TreeView<Row>,
): Composition {
  const { secrets, globalState, subscriptions, extension, extensionUri } = context;
  const isRemote = extension.extensionKind === ExtensionKind.Workspace;
  const remoteName = isRemote ? env.remoteName : undefined;
  const store = new AccountStore(secrets, globalState);
  const session = new Session({
    store,
    client: { transport, clock: systemClock, log: (entry) => logRequest(log, entry) },
    readLocalKeys: async (signal) => (await import("./ui/computer.ts")).readLocalKeys(signal),
  });
  session.onDidChange(() => {
    // The welcome text has no room for the reason, and leads to the log.
    const { state } = session;
    if (state.status === "credentialsMissing") logFailure(log, "keychain", state.error);
  });
  const tree = new KeysTree(session);
  const view = new KeysView(session, tree, treeView);
  subscriptions.push(store, session, view, tree);
  let run: RunCommand | undefined;
  return {
    tree,
    uploadDropped,
    async answerTool(name, input, signal) {
      const { answerTool } = await import("./assistant/answerTool.ts");
      return answerTool(session, name, input, signal, { warningDays: keyAgeWarningDays() });
    },
    async runCommand(id, args) {
      const { editorCommands } = await import("./commands/editorCommands.ts");
      run ??= editorCommands({ session, view, log, remoteName, subscriptions, extensionUri });
      await run(id, args);
    },
  };
}
