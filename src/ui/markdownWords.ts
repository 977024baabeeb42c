import { l10n } from "vscode";
import type { MarkdownWords } from "../report/markdownReport.ts";
import { gapText } from "./gapText.ts";
import { groupTitle } from "./groupTitle.ts";

/** The words of an exported document, in the display language. */
export function markdownWords(): MarkdownWords {
  return {
    title: l10n.t("Key Inventory"),
    generated: (time) => l10n.t("As of {0}, without any secret value.", time),
    headings: {
      notRead: l10n.t("Could not be read"),
      authKeys: groupTitle("authKeys"),
      apiKeys: groupTitle("apiKeys"),
      subAccounts: groupTitle("subAccounts"),
    },
    columns: {
      title: l10n.t("Title"),
      name: l10n.t("Name"),
      id: l10n.t("API key ID"),
      state: l10n.t("State"),
      created: l10n.t("Created"),
      changed: l10n.t("Changed"),
      description: l10n.t("Description"),
      md5: l10n.t("Fingerprint (MD5)"),
      localFile: l10n.t("On this computer"),
      loginId: l10n.t("Login ID"),
      accessKey: l10n.t("Access key ID"),
    },
    states: {
      enabled: l10n.t("enabled"),
      disabled: l10n.t("disabled"),
      active: l10n.t("active"),
      inactive: l10n.t("inactive"),
    },
    none: l10n.t("None."),
    gap: gapText,
  };
}
