import { l10n } from "vscode";
import type { KeyAction, KeyRow, KeyUse } from "./changeDialogs.ts";
import { plain } from "./plainText.ts";

/** A key's kind and what is done to it: what a sentence on a change is chosen by. */
export type ChangeName =
  | "delete.authKey"
  | "delete.apiKey"
  | "delete.accessKey"
  | "switchOn.apiKey"
  | "switchOn.accessKey"
  | "switchOff.apiKey"
  | "switchOff.accessKey";

export function changeName(action: KeyAction, { kind }: KeyRow): ChangeName {
  if (kind === "authKey") return "delete.authKey";
  return `${action}.${kind}`;
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
  /** The question for one key, and for several. */
  readonly ask: (name: string) => string;
  readonly askMany: (count: number) => string;
  readonly button: () => string;
  /** What will stop working. */
  readonly effect: () => string;
  readonly doing: (name: string) => string;
  readonly done: (name: string) => string;
}

export const changeTexts: Readonly<Record<ChangeName, ChangeTexts>> = {
  "delete.authKey": {
    ask: (name) => l10n.t("Delete the auth key “{0}” from NSML?", name),
    askMany: (count) => l10n.t("Delete {0} auth keys from NSML?", count),
    button: () => l10n.t("Delete"),
    effect: () =>
      l10n.t("Nobody can log in to NSML with it any more. The key files on computers stay."),
    doing: (name) => l10n.t("Deleting “{0}”…", name),
    done: (name) => l10n.t("“{0}” was deleted from NSML.", name),
  },
  "delete.apiKey": {
    ask: (name) => l10n.t("Delete the API key {0}?", name),
    askMany: (count) => l10n.t("Delete {0} API keys?", count),
    button: () => l10n.t("Delete"),
    effect: () =>
      l10n.t("Whatever sends one of its values is refused from then on. This cannot be undone."),
    doing: (name) => l10n.t("Deleting {0}…", name),
    done: (name) => l10n.t("{0} was deleted.", name),
  },
  "delete.accessKey": {
    ask: (name) => l10n.t("Delete the access key {0}?", name),
    askMany: (count) => l10n.t("Delete {0} access keys?", count),
    button: () => l10n.t("Delete"),
    effect: () =>
      l10n.t("Requests signed with it are refused from then on. This cannot be undone."),
    doing: (name) => l10n.t("Deleting {0}…", name),
    done: (name) => l10n.t("{0} was deleted.", name),
  },
  "switchOn.apiKey": {
    ask: (name) => l10n.t("Enable the API key {0}?", name),
    askMany: (count) => l10n.t("Enable {0} API keys?", count),
    button: () => l10n.t("Enable"),
    effect: () => l10n.t("Its values are accepted again."),
    doing: (name) => l10n.t("Enabling {0}…", name),
    done: (name) => l10n.t("{0} is enabled.", name),
  },
  "switchOn.accessKey": {
    ask: (name) => l10n.t("Activate the access key {0}?", name),
    askMany: (count) => l10n.t("Activate {0} access keys?", count),
    button: () => l10n.t("Activate"),
    effect: () => l10n.t("Requests signed with it are accepted again."),
    doing: (name) => l10n.t("Activating {0}…", name),
    done: (name) => l10n.t("{0} is active.", name),
  },
  "switchOff.apiKey": {
    ask: (name) => l10n.t("Disable the API key {0}?", name),
    askMany: (count) => l10n.t("Disable {0} API keys?", count),
    button: () => l10n.t("Disable"),
    effect: () => l10n.t("Whatever sends one of its values is refused until it is enabled again."),
    doing: (name) => l10n.t("Disabling {0}…", name),
    done: (name) => l10n.t("{0} is disabled.", name),
  },
  "switchOff.accessKey": {
    ask: (name) => l10n.t("Deactivate the access key {0}?", name),
    askMany: (count) => l10n.t("Deactivate {0} access keys?", count),
    button: () => l10n.t("Deactivate"),
    effect: () => l10n.t("Requests signed with it are refused until it is activated again."),
    doing: (name) => l10n.t("Deactivating {0}…", name),
    done: (name) => l10n.t("{0} is inactive.", name),
  },
};

/** What follows on this computer when a key that is in use here stops working. */
export function useText({ account, as }: KeyUse): string {
  const label = plain(account);
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
