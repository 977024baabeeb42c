// Forks of the editor may lack what is for assistants: an import of it by name would fail them all.
import * as vscode from "vscode";
import { l10n, workspace } from "vscode";
import { toolNames, type ToolName } from "../assistant/toolNames.ts";

export type AnswerTool = (name: ToolName, input: unknown, signal: AbortSignal) => Promise<string>;

const setting = "languageModelTools";

/**
 * Offers the tools to the assistants in this editor; hosts without assistants have no such interface.
 * While the setting is off, the manifest's condition does not hold, and whoever asks all the same is
 * refused. It is read when a tool is to answer: at the start, the editor would have to put all
 * settings together for it.
 */
export function offerLanguageModelTools(answer: AnswerTool): readonly vscode.Disposable[] {
  // Whatever the types of the editor's own version say.
  const known: { readonly lm?: Partial<typeof vscode.lm> } = vscode;
  if (known.lm?.registerTool === undefined) return [];
  return toolNames.map((name) => vscode.lm.registerTool(name, toolOf(name, answer)));
}

function requireSetting(): void {
  if (workspace.getConfiguration("ncloudKeys").get(setting) === true) return;
  throw new Error(
    l10n.t(
      "Assistants may not list accounts and keys: the setting {0} is off.",
      `ncloudKeys.${setting}`,
    ),
  );
}

function toolOf(name: ToolName, answer: AnswerTool): vscode.LanguageModelTool<unknown> {
  return {
    prepareInvocation: () => {
      const { title, message, running } = texts[name]();
      return { invocationMessage: running, confirmationMessages: { title, message } };
    },
    invoke: async ({ input }, token) => {
      requireSetting();
      const abort = new AbortController();
      const subscription = token.onCancellationRequested(() => abort.abort());
      try {
        const text = await answer(name, input, abort.signal);
        return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
      } finally {
        subscription.dispose();
      }
    },
  };
}

interface ToolTexts {
  readonly title: string;
  readonly message: string;
  readonly running: string;
}

const texts: Readonly<Record<ToolName, () => ToolTexts>> = {
  ncloudKeys_listAccounts: () => ({
    title: l10n.t("List Ncloud accounts"),
    message: l10n.t("The assistant gets the names and zones of your accounts, and no credentials."),
    running: l10n.t("Listing the Ncloud accounts"),
  }),
  ncloudKeys_listKeys: () => ({
    title: l10n.t("List Ncloud keys"),
    message: l10n.t(
      "The assistant gets IDs, names, ages and states of the keys of an account, and no secret value.",
    ),
    running: l10n.t("Listing the Ncloud keys"),
  }),
  ncloudKeys_keyHealth: () => ({
    title: l10n.t("Check the health of Ncloud keys"),
    message: l10n.t(
      "The assistant gets IDs, names, ages and states of the keys that are old, weak, off or not on this computer, and no secret value.",
    ),
    running: l10n.t("Checking the health of the Ncloud keys"),
  }),
};
