import { l10n } from "vscode";
import type { GroupName } from "../inventory/inventory.ts";

/** How a group of keys is called, in the sidebar and wherever else it is named. */
export function groupTitle(group: GroupName): string {
  switch (group) {
    case "authKeys":
      return l10n.t("NSML Auth Keys");
    case "apiKeys":
      return l10n.t("API Keys");
    case "subAccounts":
      return l10n.t("Sub Account Access Keys");
  }
}
