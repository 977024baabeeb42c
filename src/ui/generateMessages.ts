import { env, l10n, Uri, window } from "vscode";
import type { SshKeygenError } from "../ssh/sshKeygenError.ts";
import { ask, say } from "./ask.ts";
import { actionTitle } from "./failureText.ts";
import { logFailure, type Log } from "./log.ts";
import { plain, plainInMessage } from "./plainText.ts";
import { withCancel } from "./progress.ts";
import { shownPath } from "./shownPath.ts";
import { status } from "./status.ts";

/** What there is to say about the making of a key pair, and what a person answers at once. */
export interface GenerateMessages {
  /** Resolves true when `ssh-keygen` is to be looked for again. */
  notInstalled(): Promise<boolean>;
  whileGenerating<T>(fileName: string, run: (signal: AbortSignal) => Promise<T>): Promise<T>;
  generated(path: string): void;
  generationCancelled(): void;
  /** The file name has been taken since it was asked for. */
  fileExists(fileName: string): void;
  passphraseNotTaken(): void;
  /** Resolves true when it is to be tried again. @param directory as it is shown */
  generationFailed(error: SshKeygenError, directory: string): Promise<boolean>;
}

const optionalFeatures = "ms-settings:optionalfeatures";

export function createGenerateMessages(log: Log): GenerateMessages {
  return {
    async notInstalled() {
      const again = actionTitle("retry");
      const openSettings = l10n.t("Open Windows Settings");
      const isWindows = process.platform === "win32";
      const buttons = isWindows ? [openSettings, again] : [again];
      const pressed = await window.showErrorMessage(howToInstall(process.platform), ...buttons);
      if (pressed === openSettings) await env.openExternal(Uri.parse(optionalFeatures));
      return pressed === again;
    },

    whileGenerating: (fileName, run) => withCancel(l10n.t("Generating {0}…", plain(fileName)), run),

    generated(path) {
      status(l10n.t("Generated {0}", plain(shownPath(path))));
    },

    generationCancelled() {
      status(l10n.t("Cancelled; no key was generated"));
    },

    fileExists(fileName) {
      say(
        "warning",
        l10n.t(
          "{0} has come into being meanwhile and was not overwritten. Choose another name.",
          plainInMessage(fileName),
        ),
      );
    },

    passphraseNotTaken() {
      say(
        "warning",
        l10n.t(
          "This ssh-keygen cannot be handed a passphrase safely: OpenSSH 8.4 or later is needed. No key was generated. Leave the passphrase empty, or update OpenSSH.",
        ),
      );
    },

    async generationFailed(error, directory) {
      logFailure(log, "generate", error);
      if (error.kind === "folder") {
        const text = l10n.t(
          "The key pair could not be written to {0} ({1}). Check the folder, then try again.",
          plainInMessage(directory),
          error.code ?? "",
        );
        return ask("error", text, actionTitle("retry"));
      }
      const text = l10n.t("ssh-keygen failed and no key was generated; the log has its reason.");
      if (await ask("error", text, actionTitle("showLog"))) log.show();
      return false;
    },
  };
}

/** That there is no `ssh-keygen`, and how to get one. */
function howToInstall(platform: NodeJS.Platform): string {
  switch (platform) {
    case "win32":
      return l10n.t(
        "ssh-keygen was not found. Add the optional feature OpenSSH Client in the settings of Windows, then try again.",
      );
    case "darwin":
      return l10n.t(
        "ssh-keygen was not found. It comes with macOS, in /usr/bin: check the PATH that VS Code was started with, then try again.",
      );
    default:
      return l10n.t(
        "ssh-keygen was not found. Install the client of OpenSSH (package openssh-client or openssh-clients), then try again.",
      );
  }
}
