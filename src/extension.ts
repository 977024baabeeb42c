import { commands, env, ExtensionKind, window, type ExtensionContext } from "vscode";
import { AccountStore } from "./accounts/accountStore.ts";
import type { Services } from "./commands/services.ts";
import { commandIds } from "./commands/commandIds.ts";
import { systemClock } from "./ncloud/clock.ts";
import type { Transport } from "./ncloud/transport.ts";
import { Session } from "./session/session.ts";
import { KeysView } from "./sidebar/keysView.ts";
import { keyAgeWarningDays } from "./ui/keyAgeSetting.ts";
import { offerLanguageModelTools } from "./ui/languageModelTools.ts";
import { logRequest } from "./ui/log.ts";

/** HTTP is loaded by the first request, so that starting the editor does not pay for it. */
const transport: Transport = {
  async send(request, signal) {
    const { nodeFetchTransport } = await import("./ncloud/nodeFetchTransport.ts");
    return nodeFetchTransport.send(request, signal);
  },
};

/** Composes the extension. Nothing is read or sent before the view is seen or a command runs. */
export function activate(context: ExtensionContext): void {
  const { secrets, globalState, subscriptions, extension, extensionUri } = context;
  const isRemote = extension.extensionKind === ExtensionKind.Workspace;
  const remoteName = isRemote ? env.remoteName : undefined;
  const log = window.createOutputChannel("Ncloud Keys", { log: true });
  const store = new AccountStore(secrets, globalState);
  const session = new Session({
    store,
    client: { transport, clock: systemClock, log: (entry) => logRequest(log, entry) },
    readLocalKeys: async (signal) => (await import("./ui/computer.ts")).readLocalKeys(signal),
  });
  const view = new KeysView(session);
  const tools = offerLanguageModelTools(async (name, input, signal) => {
    const { answerTool } = await import("./assistant/answerTool.ts");
    return answerTool(session, name, input, signal, { warningDays: keyAgeWarningDays() });
  });
  subscriptions.push(log, store, session, view, tools);
  let services: Services | undefined;
  for (const id of commandIds) {
    subscriptions.push(
      commands.registerCommand(id, async (...args: unknown[]) => {
        const { editorServices } = await import("./commands/editorServices.ts");
        const { runCommand } = await import("./commands/runCommand.ts");
        const composed = { session, view, log, remoteName, subscriptions, extensionUri };
        services ??= editorServices(composed);
        await runCommand(id, services, args);
      }),
    );
  }
}
