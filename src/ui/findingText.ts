import { l10n } from "vscode";
import type { Finding } from "../report/keyHealth.ts";
import { countText } from "./age.ts";

/** A finding in a sentence of its own. */
export function findingText(finding: Finding): string {
  switch (finding.kind) {
    case "old": {
      const days = countText(finding.warningDays);
      return finding.since === "created"
        ? l10n.t("Older than {0} days", days)
        : l10n.t("Unchanged for over {0} days", days);
    }
    case "weakRsa":
      return l10n.t("RSA with {0} bits is weak", countText(finding.bits));
    case "ownerOff":
      return l10n.t("Its sub account is switched off");
    case "ownerMayNotUseApi":
      return l10n.t("Its sub account may not use the API");
    case "disabled":
      return l10n.t("Disabled; delete it if nobody needs it");
    case "inactive":
      return l10n.t("Inactive; delete it if nobody needs it");
    case "noLocalMatch":
      return l10n.t("Not on this computer");
  }
}

/** The same in a word or two, for a row of the sidebar. */
export function findingWord(finding: Finding): string | undefined {
  switch (finding.kind) {
    case "old":
      return l10n.t("old");
    case "weakRsa":
      return l10n.t("weak");
    case "ownerOff":
    case "ownerMayNotUseApi":
      return l10n.t("of no use to its owner");
    case "disabled":
    case "inactive":
    case "noLocalMatch":
      // The row says these in its own words.
      return undefined;
  }
}
