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
    ids: {
      authKeys: l10n.t("Title"),
      apiKeys: l10n.t("API key ID"),
      subAccounts: l10n.t("Access key ID"),
    },
    columns: {
      name: l10n.t("Name"),
      state: l10n.t("State"),
      created: l10n.t("Created"),
      changed: l10n.t("Changed"),
      description: l10n.t("Description"),
      fingerprint_md5: l10n.t("Fingerprint (MD5)"),
      fingerprint_sha256: l10n.t("Fingerprint (SHA-256)"),
      local_file: l10n.t("On this computer"),
      login_id: l10n.t("Login ID"),
      sub_account_id: l10n.t("Sub account ID"),
      api_access: l10n.t("API access"),
    },
    states: {
      enabled: l10n.t("enabled"),
      disabled: l10n.t("disabled"),
      active: l10n.t("active"),
      inactive: l10n.t("inactive"),
      allowed: l10n.t("allowed"),
      notAllowed: l10n.t("not allowed"),
    },
    none: l10n.t("None."),
    gap: gapText,
  };
}
