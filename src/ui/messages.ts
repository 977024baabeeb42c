import { l10n } from "vscode";
import type { ServiceResult } from "../session/testServices.ts";
import { NcloudError } from "../ncloud/ncloudError.ts";
import type { KeyFileProblem } from "../ssh/sshDirectory.ts";
import { ask, say } from "./ask.ts";
import { reportFailure, type Doing } from "./failureReport.ts";
import { actionTitle, describeFailure, serviceTitle } from "./failureText.ts";
import type { Log } from "./log.ts";
import { plain, plainInMessage } from "./plainText.ts";
import { shownPath } from "./shownPath.ts";
import { withCancel } from "./progress.ts";
import { describeKeyProblem } from "./publicKeyText.ts";
import { status } from "./status.ts";

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

  subAccountIdAdded(id: string): void {
    status(l10n.t("Added sub account {0}", id));
  }

  removedAll(): void {
    say("information", l10n.t("All stored credentials were removed from this computer."));
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
    say(allWell ? "information" : "warning", lines.join(" · "));
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
    say("information", l10n.t("No credentials are stored on this computer."));
  }

  /** Resolves true when another key is to be chosen. */
  keyRefused(fileName: string, problem: KeyFileProblem): Promise<boolean> {
    const name = plainInMessage(fileName);
    // It was about to be uploaded, so that this has to be said; in a list it would alarm.
    const why =
      problem.kind === "privateKey"
        ? l10n.t("This is a private key; it was not sent. Choose its .pub file.")
        : describeKeyProblem(problem);
    const text = name === "" ? why : l10n.t("{0} cannot be uploaded. {1}", name, why);
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
    say("information", l10n.t("This key is being uploaded already."));
  }

  uploadCancelled(): void {
    status(l10n.t("Upload cancelled; nothing was uploaded"));
  }

  uploadUnlisted(title: string): void {
    say("warning", l10n.t("NSML took “{0}” but does not list it yet. Refresh in a moment.", title));
  }

  uploadUnsettled(error: NcloudError): void {
    say(
      "error",
      l10n.t(
        "It is not known whether the key was uploaded. {0} Refresh the list before you try again.",
        describeFailure(error).whatHappened,
      ),
    );
  }

  /** NSML's page misprints one type's name, and a server may have taken the misprint over. */
  keyRefusedByNsml(type: string): void {
    const text =
      type === "ecdsa-sha2-nistp256"
        ? l10n.t(
            "NSML refused the key. It may not know the key type {0} by its right name; an Ed25519 key works.",
            type,
          )
        : l10n.t("NSML refused the key or its title. Try another title; the log has the reason.");
    // The title is asked for again at once; the message may stay unread beside it.
    void ask("error", text, actionTitle("showLog")).then((pressed) => {
      if (pressed) this.#log.show();
    });
  }

  nsmlNotInZone(): void {
    say(
      "warning",
      l10n.t("NAVER Cloud offers NSML in the public zone only. Switch to an account there."),
    );
  }

  nothingToCopy(): void {
    say("warning", l10n.t("There is no key to copy from here. Select one first."));
  }

  noConsole(): void {
    say("warning", l10n.t("The console of a custom origin is not known."));
  }

  /** A command was given something that is no row of ours. */
  notARow(): void {
    say(
      "error",
      l10n.t("This command works on a row of the Ncloud Keys view. Select one there first."),
    );
  }

  /** Says what failed; true when the person wants the command to try again. */
  report(doing: Doing, error: unknown): Promise<boolean> {
    return reportFailure(this.#log, doing, error);
  }

  /** Runs something that takes a while under a notification with a Cancel button. */
  async whileUploading<T>(title: string, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return withCancel(l10n.t("Uploading “{0}” to NSML…", title), run);
  }

  async whileChecking<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return withCancel(l10n.t("Asking NAVER Cloud…"), run);
  }
}

function resultText(result: ServiceResult["result"]): string {
  if (result === "reached") return l10n.t("reached");
  return result === "needsApiKey" ? l10n.t("needs an API key") : describeFailure(result).title;
}
