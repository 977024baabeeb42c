import { commands, l10n, ProgressLocation, window } from "vscode";
import type { ServiceResult } from "../session/testServices.ts";
import { KeychainError } from "../accounts/keychainError.ts";
import { NcloudError } from "../ncloud/ncloudError.ts";
import type { KeyFileProblem } from "../ssh/sshDirectory.ts";
import {
  actionTitle,
  describeFailure,
  describeKeychainFailure,
  serviceTitle,
  type FailureAction,
} from "./failureText.ts";
import { logFailure, type Log } from "./log.ts";
import { plain, plainInMessage } from "./plainText.ts";
import { shownPath } from "./shownPath.ts";
import { describeKeyProblem } from "./publicKeyText.ts";

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
  | "run";

const statusShownFor = 4000;

/** What the extension has to say, by meaning, and what a person answers at once. */
export class Messages {
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  // What was done. A change that is in view anyway is confirmed in the status bar.

  signedIn(label: string): void {
    status(l10n.t("Signed in to {0}", plain(label)));
  }

  signedOut(label: string): void {
    status(l10n.t("Signed out of {0}", plain(label)));
  }

  switchedTo(label: string): void {
    status(l10n.t("Now showing {0}", plain(label)));
  }

  renamed(label: string): void {
    status(l10n.t("Renamed to {0}", plain(label)));
  }

  removedAll(): void {
    void window.showInformationMessage(
      l10n.t("All stored credentials were removed from this computer."),
    );
  }

  usesApiKey(name: string | undefined): void {
    status(
      name === undefined
        ? l10n.t("NSML uses the pasted API key now")
        : l10n.t("NSML uses the API key {0} now", plain(name)),
    );
  }

  /** Resolves true when the title is to be copied. */
  async uploaded(title: string): Promise<boolean> {
    return ask("information", l10n.t("“{0}” is in NSML now.", title), l10n.t("Copy Key ID"));
  }

  connectionTested(results: readonly ServiceResult[]): void {
    const lines = results.map(
      ({ service, result }) => `${serviceTitle(service)}: ${resultText(result)}`,
    );
    const allWell = results.every(({ result }) => !(result instanceof NcloudError));
    void showers[allWell ? "information" : "warning"](lines.join(" · "));
  }

  // What is in the way, without anything having failed.

  /** Resolves true when the person wants to sign in. */
  notSignedIn(): Promise<boolean> {
    return ask("warning", l10n.t("Sign in to NAVER Cloud first."), l10n.t("Sign In"));
  }

  noAccountFound(configurePath: string): Promise<boolean> {
    return ask(
      "information",
      l10n.t(
        "No access key was found in {0} or in the environment. Sign in by typing one.",
        plainInMessage(shownPath(configurePath)),
      ),
      l10n.t("Sign In"),
    );
  }

  onlyAccount(label: string): Promise<boolean> {
    return ask(
      "information",
      l10n.t("“{0}” is the only account here. Sign in to another one to switch.", plain(label)),
      l10n.t("Sign In"),
    );
  }

  nothingStored(): void {
    void window.showInformationMessage(l10n.t("No credentials are stored on this computer."));
  }

  /** Resolves true when another key is to be chosen. */
  keyRefused(fileName: string, problem: KeyFileProblem): Promise<boolean> {
    const name = plainInMessage(fileName);
    const text =
      name === ""
        ? describeKeyProblem(problem)
        : l10n.t("{0} cannot be uploaded. {1}", name, describeKeyProblem(problem));
    return ask("warning", text, l10n.t("Choose Another Key"));
  }

  /** Resolves true when its row is to be shown. */
  alreadyUploaded(title: string): Promise<boolean> {
    return ask(
      "information",
      l10n.t("This key is in NSML already, as “{0}”.", plainInMessage(title)),
      l10n.t("Show"),
    );
  }

  alreadyUploading(): void {
    void window.showInformationMessage(l10n.t("This key is being uploaded already."));
  }

  uploadCancelled(): void {
    status(l10n.t("Upload cancelled; nothing was uploaded"));
  }

  /** Resolves when the person has read it. */
  async uploadUnsettled(error: NcloudError): Promise<void> {
    await window.showErrorMessage(
      l10n.t(
        "It is not known whether the key was uploaded. {0} Refresh the list before you try again.",
        describeFailure(error).whatHappened,
      ),
    );
  }

  /** NSML's page misprints this type's name, and a server may have taken the misprint over. */
  realNistp256Refused(): void {
    void window.showErrorMessage(
      l10n.t(
        "NSML refused the key type ecdsa-sha2-nistp256, which is the right name of it. Use an Ed25519 key instead.",
      ),
    );
  }

  nsmlNotInZone(): void {
    void window.showWarningMessage(
      l10n.t("NAVER Cloud offers NSML in the public zone only. Switch to an account there."),
    );
  }

  nothingToCopy(): void {
    void window.showWarningMessage(l10n.t("There is no key to copy from here. Select one first."));
  }

  noConsole(): void {
    void window.showWarningMessage(l10n.t("The console of a custom origin is not known."));
  }

  /** A command was given something that is no row of ours. */
  notARow(): void {
    void window.showErrorMessage(
      l10n.t("This command works on a row of the Ncloud Keys view. Select one there first."),
    );
  }

  /**
   * Says what failed and offers the one thing that helps. Resolves true when the person wants the
   * command to try again. What was cancelled is no failure.
   */
  async report(doing: Doing, error: unknown): Promise<boolean> {
    if (error instanceof NcloudError) {
      if (error.kind === "cancelled") return false;
      const { whatHappened, nextStep, action } = describeFailure(error);
      return this.#offer(doing, `${whatHappened} ${nextStep}`, action);
    }
    if (error instanceof KeychainError) {
      logFailure(this.#log, "keychain", error);
      const { whatHappened, nextStep } = describeKeychainFailure(error);
      return this.#offer(doing, `${whatHappened} ${nextStep}`, "showLog");
    }
    logFailure(this.#log, doing, error);
    const text = l10n.t("Something unexpected went wrong in the extension; the log has more.");
    return this.#offer(doing, text, "showLog");
  }

  async #offer(doing: Doing, text: string, action: FailureAction): Promise<boolean> {
    const line = l10n.t("{0} failed. {1}", doingTitles[doing](), plainInMessage(text));
    if (!(await ask("error", line, actionTitle(action)))) return false;
    if (action === "showLog") this.#log.show();
    else if (action !== "retry") await commands.executeCommand(actionCommands[action]);
    return action === "retry";
  }

  /** Runs something that takes a while under a notification with a Cancel button. */
  async whileUploading<T>(title: string, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return withCancel(l10n.t("Uploading “{0}” to NSML…", title), run);
  }

  async whileChecking<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return withCancel(l10n.t("Asking NAVER Cloud…"), run);
  }
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
  run: () => l10n.t("The command"),
};

function resultText(result: ServiceResult["result"]): string {
  if (result === "reached") return l10n.t("reached");
  return result === "needsApiKey" ? l10n.t("needs an API key") : describeFailure(result).title;
}

function status(text: string): void {
  window.setStatusBarMessage(`$(check) ${text}`, statusShownFor);
}

const showers = {
  information: window.showInformationMessage,
  warning: window.showWarningMessage,
  error: window.showErrorMessage,
};

/** Shows a message with one button, and whether it was pressed. */
async function ask(kind: keyof typeof showers, text: string, button: string): Promise<boolean> {
  return (await showers[kind](text, button)) === button;
}

async function withCancel<T>(title: string, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (_, token) => {
      const abort = new AbortController();
      const subscription = token.onCancellationRequested(() => abort.abort());
      try {
        return await run(abort.signal);
      } finally {
        subscription.dispose();
      }
    },
  );
}
