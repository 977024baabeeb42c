import { l10n, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from "vscode";
import type { GroupName, Inventory } from "../inventory/inventory.ts";
import type {
  FailureRow,
  GroupRow,
  LoadMoreRow,
  Notice,
  NoticeRow,
  Row,
} from "../inventory/row.ts";
import { countText } from "../ui/age.ts";
import { actionTitle, describeFailure, type FailureAction } from "../ui/failureText.ts";
import { groupTitle } from "../ui/groupTitle.ts";

const groupIcons: Readonly<Record<GroupName, string>> = {
  authKeys: "server-environment",
  apiKeys: "globe",
  subAccounts: "organization",
};

export function groupItem({ id, group }: GroupRow, inventory: Inventory | undefined): TreeItem {
  const item = new TreeItem(groupTitle(group), TreeItemCollapsibleState.Expanded);
  const count = inventory && countOf(inventory, group);
  item.id = id;
  // With an icon of its own a group's rows are indented alike, whether they can be opened or not.
  item.iconPath = new ThemeIcon(groupIcons[group]);
  item.contextValue = `group.${group}`;
  if (count !== undefined) item.description = countText(count);
  item.accessibilityInformation = {
    label: [groupTitle(group), ...(count === undefined ? [] : [countText(count)])].join(", "),
  };
  return item;
}

function countOf(inventory: Inventory, group: GroupName): number | undefined {
  return group === "authKeys" ? inventory.authKeys.value?.length : inventory[group].value?.total;
}

export function loadingItem({ id }: Row): TreeItem {
  const item = new TreeItem(l10n.t("Loading…"));
  item.id = id;
  item.iconPath = new ThemeIcon("loading~spin");
  return item;
}

const failureCommands: Readonly<Record<FailureAction, string>> = {
  retry: "ncloudKeys.retry",
  signIn: "ncloudKeys.signIn",
  chooseApiKey: "ncloudKeys.useApiKeyForNsml",
  openConsole: "ncloudKeys.openConsole",
  showLog: "ncloudKeys.showLog",
};

export function failureItem(row: FailureRow): TreeItem {
  const { title, whatHappened, nextStep, action } = describeFailure(row.error);
  const item = new TreeItem(title);
  item.id = row.id;
  item.description = actionTitle(action);
  item.iconPath = new ThemeIcon("warning", new ThemeColor("list.warningForeground"));
  item.contextValue = "failure";
  item.tooltip = `${whatHappened} ${nextStep}`;
  item.accessibilityInformation = { label: `${title}. ${whatHappened} ${nextStep}` };
  item.command = {
    command: failureCommands[action],
    title: actionTitle(action),
    ...(action === "retry" && { arguments: [row] }),
  };
  return item;
}

export function loadMoreItem(row: LoadMoreRow): TreeItem {
  const item = new TreeItem(l10n.t("Load More"));
  item.id = row.id;
  item.description = l10n.t("{0} of {1}", countText(row.loaded), countText(row.total));
  item.iconPath = new ThemeIcon("ellipsis");
  item.command = {
    command: "ncloudKeys.loadMore",
    title: l10n.t("Load More"),
    arguments: [row],
  };
  return item;
}

interface NoticeText {
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  readonly command?: string;
  readonly icon: string;
}

const noticeTexts: Readonly<Record<Notice, () => NoticeText>> = {
  noAuthKeys: () => ({
    label: l10n.t("No auth key yet"),
    description: l10n.t("Upload one"),
    tooltip: l10n.t("Upload an SSH public key to log in to NSML with it."),
    command: "ncloudKeys.uploadPublicKey",
    icon: "cloud-upload",
  }),
  noApiKeys: () => ({
    label: l10n.t("No API key yet"),
    description: l10n.t("Create API Key"),
    command: "ncloudKeys.createApiKey",
    icon: "add",
  }),
  noSubAccounts: () => ({
    label: l10n.t("No sub account"),
    description: l10n.t("Open Console"),
    tooltip: l10n.t("Sub accounts are made in the console under Sub Account."),
    command: "ncloudKeys.openConsole",
    icon: "link-external",
  }),
  noAccessKeys: () => ({
    label: l10n.t("No access key"),
    description: l10n.t("Create Access Key"),
    command: "ncloudKeys.createAccessKey",
    icon: "add",
  }),
  nsmlNotInZone: () => ({
    label: l10n.t("Not in this zone"),
    tooltip: l10n.t("NAVER Cloud offers NSML in the public zone only."),
    icon: "circle-slash",
  }),
  nsmlNotAvailable: () => ({
    label: l10n.t("Not available"),
    description: l10n.t("Choose API Key"),
    tooltip: l10n.t(
      "NSML is a closed beta. If the account takes part in it, choose an API key that is subscribed to NSML.",
    ),
    command: "ncloudKeys.useApiKeyForNsml",
    icon: "circle-slash",
  }),
  nsmlNeedsApiKey: () => ({
    label: l10n.t("Needs an API key"),
    description: l10n.t("Choose API Key"),
    tooltip: l10n.t("NSML asks for an API key beside the signature. Choose one of the account's."),
    command: "ncloudKeys.useApiKeyForNsml",
    icon: "warning",
  }),
  apiGatewayNotInUse: () => ({
    label: l10n.t("Not in use by this account"),
    description: l10n.t("Open Console"),
    tooltip: l10n.t("The account has not subscribed to API Gateway yet."),
    command: "ncloudKeys.openConsole",
    icon: "circle-slash",
  }),
  mayNotListSubAccounts: () => ({
    label: l10n.t("No permission to list"),
    description: l10n.t("Add an ID…"),
    tooltip: l10n.t(
      "This access key has no permission to list sub accounts. Add the ID of one whose access keys you may see.",
    ),
    command: "ncloudKeys.addSubAccountId",
    icon: "add",
  }),
};

export function noticeItem(row: NoticeRow): TreeItem {
  const { id, notice } = row;
  const { label, description, tooltip, command, icon } = noticeTexts[notice]();
  const item = new TreeItem(label);
  item.id = id;
  item.iconPath = new ThemeIcon(icon);
  item.contextValue = `notice.${notice}`;
  if (description !== undefined) item.description = description;
  if (tooltip !== undefined) item.tooltip = tooltip;
  if (command !== undefined) {
    // It is about the sub account that the row stands below.
    const args = notice === "noAccessKeys" && { arguments: [row] };
    item.command = { command, title: description ?? label, ...args };
  }
  item.accessibilityInformation = {
    // The tooltip is whole sentences, with a full stop of their own.
    label: [`${label}.`, tooltip, description].filter((text) => text !== undefined).join(" "),
  };
  return item;
}
