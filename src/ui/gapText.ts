import { l10n } from "vscode";
import type { ReportGap } from "../report/inventoryReport.ts";
import { describeFailure } from "./failureText.ts";
import { groupTitle } from "./groupTitle.ts";
import { plain } from "./plainText.ts";

/** What could not be read, and why, in a line. */
export function gapText(gap: ReportGap): string {
  return l10n.t("{0} could not be read: {1}", placeText(gap.place), reasonText(gap));
}

/** Whether this is how most accounts are: a service that is not used has no keys. */
export function isUsual({ place, error: { kind } }: ReportGap): boolean {
  if (kind === "needsApiKey" || kind === "notSubscribed") return true;
  return place.kind === "authKeys" && kind === "notFound";
}

export function reasonText({ place, error }: ReportGap): string {
  if (place.kind === "localKeys") return l10n.t("Folder not readable");
  switch (error.kind) {
    case "credentials":
      return l10n.t("Credentials are missing");
    case "needsApiKey":
      return l10n.t("Needs an API key");
    default:
      return describeFailure(error).title;
  }
}

/** What could not be read, as the beginning of a sentence or a heading. */
export function placeText(place: ReportGap["place"]): string {
  switch (place.kind) {
    case "account":
      return l10n.t("Account");
    case "localKeys":
      return l10n.t("Public keys of this computer");
    case "authKeys":
    case "apiKeys":
      return groupTitle(place.kind);
    case "subAccounts":
      return l10n.t("List of sub accounts");
    case "accessKeys": {
      const { subAccount, subAccountId } = place.owner;
      return l10n.t("Access keys of {0}", plain(subAccount?.loginId ?? subAccountId));
    }
  }
}
