import { l10n } from "vscode";
import type { KeyChange, KeyRow, KeyUse, StoppingAction } from "./changeDialogs.ts";
import { plain } from "./plainText.ts";

/** A key's kind and what is done to it: what a sentence on a change is chosen by. */
export type ChangeName =
  | "delete.authKey"
  | "restore.authKey"
  | "delete.apiKey"
  | "delete.accessKey"
  | "switchOn.apiKey"
  | "switchOn.accessKey"
  | "switchOff.apiKey"
  | "switchOff.accessKey";

export function changeName(change: KeyChange, { kind }: KeyRow): ChangeName {
  if (change === "restore") return "restore.authKey";
  return kind === "authKey" ? "delete.authKey" : `${change}.${kind}`;
}

/** How a key is called in a sentence. */
export function keyTitle(row: KeyRow): string {
  switch (row.kind) {
    case "authKey":
      return plain(row.authKey.title);
    case "apiKey":
      return `${plain(row.apiKey.name)} (${plain(row.apiKey.apiKeyId)})`;
    case "accessKey":
      return plain(row.accessKey.accessKeyId);
  }
}

interface ChangeTexts {
  readonly doing: (name: string) => string;
  readonly done: (name: string) => string;
  /** How many of several are done. */
  readonly doneOf: (done: string, all: string) => string;
}

export const changeTexts: Readonly<Record<ChangeName, ChangeTexts>> = {
  "delete.authKey": {
    doing: (name) => l10n.t("Deleting {0}…", name),
    done: (name) => l10n.t("{0} was deleted from NSML.", name),
    doneOf: (done, all) => l10n.t("Deleted {0} of {1} auth keys.", done, all),
  },
  "restore.authKey": {
    doing: (name) => l10n.t("Putting {0} back…", name),
    done: (name) => l10n.t("“{0}” is back in NSML", name),
    doneOf: (done, all) => l10n.t("Put {0} of {1} auth keys back.", done, all),
  },
  "delete.apiKey": {
    doing: (name) => l10n.t("Deleting {0}…", name),
    done: (name) => l10n.t("{0} was deleted.", name),
    doneOf: (done, all) => l10n.t("Deleted {0} of {1} API keys.", done, all),
  },
  "delete.accessKey": {
    doing: (name) => l10n.t("Deleting {0}…", name),
    done: (name) => l10n.t("{0} was deleted.", name),
    doneOf: (done, all) => l10n.t("Deleted {0} of {1} access keys.", done, all),
  },
  "switchOn.apiKey": {
    doing: (name) => l10n.t("Enabling {0}…", name),
    done: (name) => l10n.t("{0} is enabled.", name),
    doneOf: (done, all) => l10n.t("Enabled {0} of {1} API keys.", done, all),
  },
  "switchOn.accessKey": {
    doing: (name) => l10n.t("Activating {0}…", name),
    done: (name) => l10n.t("{0} is active.", name),
    doneOf: (done, all) => l10n.t("Activated {0} of {1} access keys.", done, all),
  },
  "switchOff.apiKey": {
    doing: (name) => l10n.t("Disabling {0}…", name),
    done: (name) => l10n.t("{0} is disabled.", name),
    doneOf: (done, all) => l10n.t("Disabled {0} of {1} API keys.", done, all),
  },
  "switchOff.accessKey": {
    doing: (name) => l10n.t("Deactivating {0}…", name),
    done: (name) => l10n.t("{0} is inactive.", name),
    doneOf: (done, all) => l10n.t("Deactivated {0} of {1} access keys.", done, all),
  },
};

interface Question {
  readonly ask: (name: string) => string;
  readonly askMany: (count: string) => string;
  /** What will stop working. */
  readonly effect: () => string;
  readonly button: () => string;
}

/** The question before a change that stops something from working. */
export function questionOf(action: StoppingAction, row: KeyRow): Question {
  if (row.kind === "authKey") return questions["delete.authKey"];
  return questions[`${action}.${row.kind}`];
}

const questions: Readonly<
  Record<Exclude<ChangeName, `switchOn.${string}` | "restore.authKey">, Question>
> = {
  "delete.authKey": {
    ask: (name) => l10n.t("Delete the auth key {0} from NSML?", name),
    askMany: (count) => l10n.t("Delete {0} auth keys from NSML?", count),
    effect: () =>
      l10n.t(
        "Logging in to NSML with a deleted key stops working. The key files on computers stay.",
      ),
    button: () => l10n.t("Delete"),
  },
  "delete.apiKey": {
    ask: (name) => l10n.t("Delete the API key {0}?", name),
    askMany: (count) => l10n.t("Delete {0} API keys?", count),
    effect: () =>
      l10n.t(
        "Whatever sends a value of a deleted API key is refused from then on. This cannot be undone.",
      ),
    button: () => l10n.t("Delete"),
  },
  "delete.accessKey": {
    ask: (name) => l10n.t("Delete the access key {0}?", name),
    askMany: (count) => l10n.t("Delete {0} access keys?", count),
    effect: () =>
      l10n.t(
        "Requests signed with a deleted access key are refused from then on. This cannot be undone.",
      ),
    button: () => l10n.t("Delete"),
  },
  "switchOff.apiKey": {
    ask: (name) => l10n.t("Disable the API key {0}?", name),
    askMany: (count) => l10n.t("Disable {0} API keys?", count),
    effect: () =>
      l10n.t(
        "Whatever sends a value of a disabled API key is refused until the key is enabled again.",
      ),
    button: () => l10n.t("Disable"),
  },
  "switchOff.accessKey": {
    ask: (name) => l10n.t("Deactivate the access key {0}?", name),
    askMany: (count) => l10n.t("Deactivate {0} access keys?", count),
    effect: () =>
      l10n.t(
        "Requests signed with an inactive access key are refused until the key is activated again.",
      ),
    button: () => l10n.t("Deactivate"),
  },
};

/** What follows on this computer when a key that is in use here stops working. */
export function useText({ account, as }: KeyUse): string {
  const label = plain(account);
  if (as === "maybeNsml") {
    return l10n.t("It could not be checked whether “{0}” sends this API key to NSML.", label);
  }
  return as === "signing"
    ? l10n.t(
        "“{0}” signs in with this access key: its keys cannot be read here any more, until you sign in with another one.",
        label,
      )
    : l10n.t(
        "“{0}” sends this API key to NSML: its auth keys cannot be read or uploaded here, until you choose another one.",
        label,
      );
}
