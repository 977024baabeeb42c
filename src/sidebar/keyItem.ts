import { l10n, ThemeIcon, TreeItem, TreeItemCollapsibleState } from "vscode";
import type {
  AccessKeyRow,
  ApiKeyRow,
  ApiKeyValueRow,
  AuthKeyRow,
  SubAccountRow,
} from "../inventory/row.ts";
import { shortAgeText } from "../ui/age.ts";
import { accessKeyLook, apiKeyLook } from "../ui/keyLook.ts";
import { plain } from "../ui/plainText.ts";

/** What a row shows, before it becomes a tree item. The first of `facts` stands beside the label. */
interface KeyItemParts {
  readonly label: string;
  readonly facts: readonly (string | undefined)[];
  /** What is read out in place of the label, where that is shortened. */
  readonly spokenLabel?: string;
  /** What kind of key it is, said to who cannot see the icon. */
  readonly spokenKind: string;
  readonly icon: string;
  readonly contextValue: string;
  readonly isExpandable?: boolean;
}

function keyItem(id: string, parts: KeyItemParts): TreeItem {
  const { label, spokenLabel = label, facts, spokenKind, icon, contextValue } = parts;
  const shown = facts.filter((fact) => fact !== undefined && fact !== "");
  const item = new TreeItem(
    label,
    parts.isExpandable ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None,
  );
  item.id = id;
  item.description = shown.join(" · ");
  item.iconPath = new ThemeIcon(icon);
  item.contextValue = contextValue;
  item.accessibilityInformation = { label: [spokenLabel, spokenKind, ...shown].join(", ") };
  return item;
}

export function authKeyItem({ id, authKey, localKey }: AuthKeyRow): TreeItem {
  return keyItem(id, {
    label: plain(authKey.title),
    facts: [
      localKey ? plain(localKey.fileName) : undefined,
      // Last, since it is what is cut off first: the hover and the page of key health have it, too.
      authKey.createTime && plain(authKey.createTime.split(" ", 1)[0] ?? ""),
    ],
    spokenKind: localKey ? l10n.t("auth key of this computer") : l10n.t("auth key"),
    icon: localKey ? "vm" : "key",
    contextValue: "authKey",
  });
}

export function apiKeyItem({ id, apiKey }: ApiKeyRow): TreeItem {
  const { icon, state } = apiKeyLook(apiKey);
  return keyItem(id, {
    label: plain(apiKey.name),
    facts: [state, plain(apiKey.apiKeyId)],
    spokenKind: l10n.t("API key"),
    icon,
    contextValue: apiKey.isEnabled ? "apiKey.enabled" : "apiKey.disabled",
    isExpandable: true,
  });
}

export function apiKeyValueItem({ id, which, masked }: ApiKeyValueRow): TreeItem {
  return keyItem(id, {
    label: which === "primary" ? l10n.t("Primary key") : l10n.t("Secondary key"),
    facts: [plain(masked)],
    spokenKind: l10n.t("all but the last four characters hidden"),
    icon: "lock",
    contextValue: `apiKeyValue.${which}`,
  });
}

export function subAccountItem({ id, subAccountId, subAccount }: SubAccountRow): TreeItem {
  const loginId = subAccount?.loginId ?? subAccountId;
  const name = subAccount?.name ?? "";
  return keyItem(id, {
    label: plain(name === "" ? loginId : name),
    facts: [
      name === "" ? undefined : plain(loginId),
      subAccount?.active === false ? l10n.t("switched off") : undefined,
      subAccount?.canUseApi === false ? l10n.t("no API access") : undefined,
    ],
    spokenKind: l10n.t("sub account"),
    icon: "person",
    contextValue: subAccount ? "subAccount.listed" : "subAccount.named",
    isExpandable: true,
  });
}

/**
 * All IDs begin alike and are long: so much of one as leaves room for its state and age. A whole ID
 * is wider than the sidebar, which would show neither. The price is that the tree's find box, which
 * looks at labels, does not find a whole ID; the pick of Copy Key ID does.
 */
function shortAccessKeyId(accessKeyId: string): string {
  const own = plain(accessKeyId).replace(/^ncp_iam_/, "");
  return own.length > 12 ? `${own.slice(0, 4)}…${own.slice(-4)}` : own;
}

export function accessKeyItem({ id, accessKey }: AccessKeyRow): TreeItem {
  const { accessKeyId, active, createdAt } = accessKey;
  const { icon, state } = accessKeyLook(accessKey);
  return keyItem(id, {
    label: shortAccessKeyId(accessKeyId),
    spokenLabel: plain(accessKeyId),
    facts: [state, createdAt === undefined ? undefined : shortAgeText(createdAt)],
    spokenKind: l10n.t("access key"),
    icon,
    contextValue: active ? "accessKey.active" : "accessKey.inactive",
  });
}
