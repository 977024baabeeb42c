import { l10n, MarkdownString } from "vscode";
import type { AccessKeyRow, ApiKeyRow, AuthKeyRow, Row, SubAccountRow } from "../inventory/row.ts";
import { ageText, dateText } from "../ui/age.ts";
import { plainInMarkdown } from "../ui/plainText.ts";
import { findingsText } from "./keyHealthItem.ts";

type Fact = readonly [name: string, value: string | undefined];

/** What there is to know of a key, for the hover. Every value is text, whatever it contains. */
export function tooltipOf(row: Row): MarkdownString | undefined {
  switch (row.kind) {
    case "authKey":
      return authKeyTooltip(row);
    case "apiKey":
      return apiKeyTooltip(row);
    case "subAccount":
      return subAccountTooltip(row);
    case "accessKey":
      return accessKeyTooltip(row);
    default:
      return undefined;
  }
}

function authKeyTooltip(row: AuthKeyRow): MarkdownString {
  const { authKey, localKey } = row;
  return table(authKey.title, [
    [l10n.t("Fingerprint (MD5)"), authKey.fingerprint],
    [l10n.t("Name in NSML"), authKey.name],
    [l10n.t("Created"), authKey.createTime],
    [l10n.t("On this computer"), localKey?.path],
    [l10n.t("Findings"), findingsText(row)],
  ]);
}

function apiKeyTooltip(row: ApiKeyRow): MarkdownString {
  const { apiKey } = row;
  return table(apiKey.name, [
    [l10n.t("API key ID"), apiKey.apiKeyId],
    [l10n.t("Description"), apiKey.description],
    [l10n.t("State"), apiKey.isEnabled ? l10n.t("enabled") : l10n.t("disabled")],
    [l10n.t("Changed"), timeFact(apiKey.modifiedAt)],
    [l10n.t("Findings"), findingsText(row)],
  ]);
}

function subAccountTooltip({ subAccount, subAccountId }: SubAccountRow): MarkdownString {
  return table(subAccount?.name ?? subAccount?.loginId ?? subAccountId, [
    [l10n.t("Login ID"), subAccount?.loginId],
    [l10n.t("Sub account ID"), subAccountId],
    [l10n.t("State"), stateOf(subAccount?.active)],
    [l10n.t("API access"), accessOf(subAccount?.canUseApi)],
  ]);
}

function accessKeyTooltip(row: AccessKeyRow): MarkdownString {
  const { accessKey } = row;
  return table(accessKey.accessKeyId, [
    [l10n.t("State"), stateOf(accessKey.active)],
    [l10n.t("Created"), timeFact(accessKey.createdAt)],
    [l10n.t("Findings"), findingsText(row)],
  ]);
}

function stateOf(active: boolean | undefined): string | undefined {
  if (active === undefined) return undefined;
  return active ? l10n.t("active") : l10n.t("inactive");
}

function accessOf(allowed: boolean | undefined): string | undefined {
  if (allowed === undefined) return undefined;
  return allowed ? l10n.t("allowed") : l10n.t("not allowed");
}

function timeFact(time: number | undefined): string | undefined {
  return time === undefined ? undefined : `${dateText(time)} (${ageText(time)})`;
}

function table(title: string, facts: readonly Fact[]): MarkdownString {
  const rows = facts
    .filter(([, value]) => value !== undefined && value !== "")
    .map(([name, value]) => `| ${plainInMarkdown(name)} | ${plainInMarkdown(value ?? "")} |`);
  return new MarkdownString(
    [`**${plainInMarkdown(title)}**`, "", "| | |", "|---|---|", ...rows].join("\n"),
  );
}
