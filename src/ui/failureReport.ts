import { commands, l10n } from "vscode";
import { KeychainError } from "../accounts/keychainError.ts";
import { NcloudError } from "../ncloud/ncloudError.ts";
import { ask } from "./ask.ts";
import {
  actionTitle,
  describeFailure,
  describeKeychainFailure,
  type FailureAction,
} from "./failureText.ts";
import { logFailure, type Log } from "./log.ts";
import { plainInMessage } from "./plainText.ts";

/** What a command was doing when it failed. */
export type Doing =
  | "signIn"
  | "import"
  | "switchAccount"
  | "renameAccount"
  | "signOut"
  | "removeAll"
  | "chooseApiKey"
  | "addSubAccountId"
  | "removeSubAccountId"
  | "upload"
  | "copy"
  | "testConnection"
  | "openConsole"
  | "delete"
  | "switchOn"
  | "switchOff"
  | "restore"
  | "edit"
  | "regenerate"
  | "create"
  | "rotate"
  | "run";

/**
 * Says what failed and offers the one thing that helps. Resolves true when the person wants the
 * command to try again. What was cancelled is no failure.
 */
export async function reportFailure(log: Log, doing: Doing, error: unknown): Promise<boolean> {
  if (error instanceof NcloudError) {
    if (error.kind === "cancelled") return false;
    const { whatHappened, nextStep, action } = describeFailure(error);
    return offer(log, doing, `${whatHappened} ${nextStep}`, action);
  }
  if (error instanceof KeychainError) {
    logFailure(log, "keychain", error);
    const { whatHappened, nextStep } = describeKeychainFailure(error);
    const mayPass = error.kind === "failed" || error.kind === "timeout";
    return offer(log, doing, `${whatHappened} ${nextStep}`, mayPass ? "retry" : "showLog");
  }
  logFailure(log, doing, error);
  const text = l10n.t("Something unexpected went wrong in the extension; the log has more.");
  return offer(log, doing, text, "showLog");
}

async function offer(
  log: Log,
  doing: Doing,
  text: string,
  action: FailureAction,
): Promise<boolean> {
  const line = l10n.t("{0} failed. {1}", doingTitles[doing](), plainInMessage(text));
  if (!(await ask("error", line, actionTitle(action)))) return false;
  if (action === "showLog") log.show();
  else if (action !== "retry") await commands.executeCommand(actionCommands[action]);
  return action === "retry";
}

const actionCommands = {
  signIn: "ncloudKeys.signIn",
  chooseApiKey: "ncloudKeys.useApiKeyForNsml",
  openConsole: "ncloudKeys.openConsole",
} as const;

const doingTitles: Readonly<Record<Doing, () => string>> = {
  signIn: () => l10n.t("Sign-in"),
  import: () => l10n.t("Import"),
  switchAccount: () => l10n.t("Switching the account"),
  renameAccount: () => l10n.t("Renaming"),
  signOut: () => l10n.t("Signing out"),
  removeAll: () => l10n.t("Removing the credentials"),
  chooseApiKey: () => l10n.t("Choosing the API key"),
  addSubAccountId: () => l10n.t("Adding the ID"),
  removeSubAccountId: () => l10n.t("Removing the ID"),
  upload: () => l10n.t("Upload"),
  copy: () => l10n.t("Copying"),
  testConnection: () => l10n.t("The connection test"),
  openConsole: () => l10n.t("Opening the console"),
  delete: () => l10n.t("Deleting"),
  switchOn: () => l10n.t("Switching on"),
  switchOff: () => l10n.t("Switching off"),
  restore: () => l10n.t("Undoing"),
  edit: () => l10n.t("Saving"),
  regenerate: () => l10n.t("Regenerating"),
  create: () => l10n.t("Creating"),
  rotate: () => l10n.t("Rotating"),
  run: () => l10n.t("The command"),
};
