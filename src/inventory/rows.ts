import type { NcloudError } from "../ncloud/ncloudError.ts";
import type { AccessKey, SubAccount } from "../ncloud/subAccount.ts";
import { groupNames, type GroupName, type Inventory } from "./inventory.ts";
import { latestValue, type Loadable } from "./loadable.ts";
import {
  authKeyRowId,
  isRowOf,
  rowId,
  stateRowId,
  type ApiKeyRow,
  type FailureRow,
  type GroupRow,
  type LoadMoreRow,
  type Notice,
  type NoticeRow,
  type Row,
  type SubAccountRow,
} from "./row.ts";

/** The rows below a row, or the groups. Starts the first read of what is not read yet. */
export function childRows(inventory: Inventory, parent: Row | undefined): readonly Row[] {
  // The editor may still ask for the children of a row of the account before.
  if (parent && !isRowOf(inventory.accountId, parent)) return [];
  switch (parent?.kind) {
    case undefined:
      // All at once, so that the groups do not wait for one another.
      for (const group of groupNames) inventory.loadGroup(group);
      return groupNames.map((group) => ({
        kind: "group",
        id: rowId(inventory.accountId, group),
        parent: undefined,
        group,
      }));
    case "group":
      inventory.loadGroup(parent.group);
      return rowsOfGroup[parent.group](inventory, parent);
    case "apiKey":
      return apiKeyValueRows(inventory, parent);
    case "subAccount":
      return accessKeyRows(inventory, parent);
    default:
      return [];
  }
}

const rowsOfGroup: Readonly<
  Record<GroupName, (inventory: Inventory, parent: GroupRow) => readonly Row[]>
> = { authKeys: authKeyRows, apiKeys: apiKeyRows, subAccounts: subAccountRows };

function authKeyRows(inventory: Inventory, parent: GroupRow): readonly Row[] {
  if (inventory.nsml === "notInZone") return [noticeRow(parent, "nsmlNotInZone")];
  if (inventory.nsml === "needsApiKey") return [noticeRow(parent, "nsmlNeedsApiKey")];
  const { state } = inventory.authKeys;
  // A closed beta: most accounts that fail here never had NSML.
  if (state.status === "failed" && ["notSubscribed", "notFound"].includes(state.error.kind)) {
    return [noticeRow(parent, "nsmlNotAvailable")];
  }
  const local = inventory.localKeys.value;
  return stateRows(parent, state, (authKeys) =>
    orNotice(
      parent,
      "noAuthKeys",
      uniqueById(authKeys, (authKey) => ({
        kind: "authKey",
        id: authKeyRowId(inventory.accountId, authKey),
        parent,
        authKey,
        localKey: local?.find(authKey.fingerprint),
      })),
    ),
  );
}

function apiKeyRows(inventory: Inventory, parent: GroupRow): readonly Row[] {
  const { state, isAdding } = inventory.apiKeys;
  if (state.status === "failed" && state.error.kind === "notSubscribed") {
    return [noticeRow(parent, "apiGatewayNotInUse")];
  }
  return stateRows(
    parent,
    state,
    ({ items, total, next }) => [
      ...orNotice(
        parent,
        "noApiKeys",
        items.map((apiKey) => ({
          kind: "apiKey",
          id: rowId(parent.id, apiKey.apiKeyId),
          parent,
          apiKey,
        })),
      ),
      ...loadMoreRows(parent, "apiKeys", items.length, total, next),
    ],
    isAdding,
  );
}

function subAccountRows(inventory: Inventory, parent: GroupRow): readonly Row[] {
  const { state, isAdding } = inventory.subAccounts;
  const row = (subAccountId: string, subAccount: SubAccount | undefined): SubAccountRow => ({
    kind: "subAccount",
    id: rowId(parent.id, subAccountId),
    parent,
    subAccountId,
    subAccount,
  });
  // What the user named is there however the list is doing, and stays while it is read again.
  if (latestValue(state) === undefined) {
    const named = uniqueById(inventory.subAccountIds, (id) => row(id, undefined));
    const mayNot = state.status === "failed" && state.error.kind === "noPermission";
    const stateOfList = mayNot
      ? [noticeRow(parent, "mayNotListSubAccounts")]
      : stateRows(parent, state, () => []);
    return [...named, ...stateOfList];
  }
  return stateRows(
    parent,
    state,
    ({ items, total, next }) => [
      ...orNotice(
        parent,
        "noSubAccounts",
        // An ID that was added by hand may stand on a page that is not read yet.
        uniqueById(
          [
            ...items.map((subAccount) => row(subAccount.subAccountId, subAccount)),
            ...inventory.subAccountIds.map((id) => row(id, undefined)),
          ],
          (one) => one,
        ),
      ),
      ...loadMoreRows(parent, "subAccounts", items.length, total, next),
    ],
    isAdding,
  );
}

function apiKeyValueRows(inventory: Inventory, parent: ApiKeyRow): readonly Row[] {
  const values = inventory.valuesOf(parent.apiKey.apiKeyId);
  void values.load();
  return stateRows(parent, values.state, (masked) =>
    (["primary", "secondary"] as const).map((which) => ({
      kind: "apiKeyValue",
      id: rowId(parent.id, which),
      parent,
      apiKey: parent.apiKey,
      which,
      masked: masked[which],
    })),
  );
}

function accessKeyRows(inventory: Inventory, parent: SubAccountRow): readonly Row[] {
  const accessKeys = inventory.accessKeysOf(parent.subAccountId);
  void accessKeys.load();
  return accessKeyRowsOf(parent, accessKeys.state);
}

/** The rows below a sub account, for what is known of its access keys. */
export function accessKeyRowsOf(
  parent: SubAccountRow,
  state: Loadable<readonly AccessKey[]>,
): readonly Row[] {
  return stateRows(parent, state, (keys) =>
    orNotice(
      parent,
      "noAccessKeys",
      uniqueById(keys, (accessKey) => ({
        kind: "accessKey",
        id: rowId(parent.id, accessKey.accessKeyId),
        parent,
        accessKey,
        subAccountId: parent.subAccountId,
      })),
    ),
  );
}

/** What is known stays in view, with the failure of the newest read above it, or below an added page. */
function stateRows<T>(
  parent: Row,
  state: Loadable<T>,
  show: (value: T) => readonly Row[],
  failureBelow = false,
): readonly Row[] {
  const value = latestValue(state);
  const rows = value === undefined ? [] : show(value);
  if (state.status === "failed") {
    const failure = failureRow(parent, state.error);
    return failureBelow ? [...rows, failure] : [failure, ...rows];
  }
  return value === undefined
    ? [{ kind: "loading", id: stateRowId(parent, "loading"), parent }]
    : rows;
}

function failureRow(parent: Row, error: NcloudError): FailureRow {
  return { kind: "failure", id: stateRowId(parent, "failure"), parent, error };
}

function noticeRow(parent: Row, notice: Notice): NoticeRow {
  return { kind: "notice", id: stateRowId(parent, notice), parent, notice };
}

function orNotice(parent: Row, notice: Notice, rows: readonly Row[]): readonly Row[] {
  return rows.length > 0 ? rows : [noticeRow(parent, notice)];
}

function loadMoreRows(
  parent: Row,
  group: LoadMoreRow["group"],
  loaded: number,
  total: number,
  next: number | undefined,
): readonly LoadMoreRow[] {
  if (next === undefined) return [];
  return [{ kind: "loadMore", id: stateRowId(parent, "more"), parent, group, loaded, total }];
}

/** Makes a row of each item; the editor refuses two rows with one id, whatever a server sends. */
function uniqueById<T>(items: readonly T[], makeRow: (item: T) => Row): readonly Row[] {
  const rows = new Map<string, Row>();
  for (const item of items) {
    const row = makeRow(item);
    if (!rows.has(row.id)) rows.set(row.id, row);
  }
  return [...rows.values()];
}
