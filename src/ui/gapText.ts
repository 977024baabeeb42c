import { l10n } from "vscode";
import type { Gap } from "../inventory/keyRecord.ts";
import { describeFailure } from "./failureText.ts";

/** What could not be read, and why, in a line. */
export function gapText({ place, error }: Gap): string {
  return l10n.t("{0} could not be read: {1}", placeText(place), describeFailure(error).title);
}

function placeText(place: Gap["place"]): string {
  switch (place.kind) {
    case "authKeys":
      return l10n.t("NSML Auth Keys");
    case "apiKeys":
      return l10n.t("API Keys");
    case "subAccounts":
      return l10n.t("The list of sub accounts");
    case "accessKeys": {
      const { subAccount, subAccountId } = place.owner;
      return l10n.t("The access keys of {0}", subAccount?.loginId ?? subAccountId);
    }
  }
}
