import { commands, env, LanguageModelTextPart, lm, window, type ExtensionContext } from "vscode";

/** An extension with an assistant in it, which asks a tool and has its answer on the clipboard. */
export function activate({ subscriptions }: ExtensionContext): void {
  subscriptions.push(
    commands.registerCommand("assistantStandIn.keyHealth", async () => {
      try {
        const call = { input: {}, toolInvocationToken: undefined };
        const { content } = await lm.invokeTool("ncloudKeys_keyHealth", call);
        const [part] = content;
        await env.clipboard.writeText(part instanceof LanguageModelTextPart ? part.value : "");
      } catch (error) {
        void window.showErrorMessage(`No answer: ${String(error)}`);
      }
    }),
  );
}
