import type { MarkdownWords } from "../../../src/report/markdownReport.ts";

/** The words of a document, made up. */
export const markdownWords: MarkdownWords = {
  title: "Inventory",
  generated: (time) => `As of ${time}`,
  headings: { notRead: "Missing", authKeys: "Auth", apiKeys: "API", subAccounts: "Sub" },
  ids: { authKeys: "Title", apiKeys: "ID", subAccounts: "Key" },
  columns: {
    name: "Name",
    state: "State",
    created: "Created",
    changed: "Changed",
    description: "Description",
    fingerprint_md5: "MD5",
    fingerprint_sha256: "SHA-256",
    local_file: "File",
    login_id: "Login",
    sub_account_id: "Sub ID",
    api_access: "API",
  },
  states: {
    enabled: "on",
    disabled: "off",
    active: "active",
    inactive: "inactive",
    allowed: "may",
    notAllowed: "may not",
  },
  none: "None.",
  gap: ({ place, error }) => `${place.kind}: ${error.kind}`,
};
