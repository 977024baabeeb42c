import type { ApiKey } from "../ncloud/apiGateway.ts";
import type { NcloudError } from "../ncloud/ncloudError.ts";
import type { AuthKey } from "../ncloud/nsml.ts";
import type { AccessKey, SubAccount } from "../ncloud/subAccount.ts";
import type { GroupName, Place } from "./inventory.ts";
import type { LocalKey } from "./localKeyIndex.ts";

interface RowBase<Kind extends string> {
  readonly kind: Kind;
  /** Stable across refreshes, and unique among all accounts. */
  readonly id: string;
  readonly parent: Row | undefined;
}

export type GroupRow = RowBase<"group"> & { readonly group: GroupName };

export type AuthKeyRow = RowBase<"authKey"> & {
  readonly authKey: AuthKey;
  /** The file on this computer that holds the same public key. */
  readonly localKey: LocalKey | null | undefined;
};

export type ApiKeyRow = RowBase<"apiKey"> & { readonly apiKey: ApiKey };

export type ApiKeyValueRow = RowBase<"apiKeyValue"> & {
  readonly apiKey: ApiKey;
  readonly which: "primary" | "secondary";
  readonly masked: string;
};

export type SubAccountRow = RowBase<"subAccount"> & {
  readonly subAccountId: string;
  /** Unknown for a sub account the user named by its ID. */
  readonly subAccount: SubAccount | undefined;
};

export type AccessKeyRow = RowBase<"accessKey"> & {
  readonly accessKey: AccessKey;
  readonly subAccountId: string;
};

type LoadingRow = RowBase<"loading">;

export type FailureRow = RowBase<"failure"> & { readonly error: NcloudError };

export type LoadMoreRow = RowBase<"loadMore"> & {
  readonly group: "apiKeys" | "subAccounts";
  readonly loaded: number;
  readonly total: number;
};

/** What there is to say where no key is: a state with its next action. */
export type Notice =
  | "noAuthKeys"
  | "noApiKeys"
  | "noSubAccounts"
  | "noAccessKeys"
  | "nsmlNotInZone"
  | "nsmlNotAvailable"
  | "nsmlNeedsApiKey"
  | "apiGatewayNotInUse"
  | "mayNotListSubAccounts";

export type NoticeRow = RowBase<"notice"> & { readonly notice: Notice };

/** A row of the tree. */
export type Row =
  | GroupRow
  | AuthKeyRow
  | ApiKeyRow
  | ApiKeyValueRow
  | SubAccountRow
  | AccessKeyRow
  | LoadingRow
  | FailureRow
  | LoadMoreRow
  | NoticeRow;

/** The part of the inventory that is shown below a row. */
export function placeOfRow(row: Row): Place | undefined {
  switch (row.kind) {
    case "group":
      return { kind: "group", group: row.group };
    case "apiKey":
      return { kind: "apiKey", apiKeyId: row.apiKey.apiKeyId };
    case "subAccount":
      return { kind: "subAccount", subAccountId: row.subAccountId };
    default:
      return undefined;
  }
}

/** The id of the row a part of the inventory is shown below. */
export function rowIdOfPlace(accountId: string, place: Place): string {
  switch (place.kind) {
    case "group":
      return rowId(accountId, place.group);
    case "apiKey":
      return rowId(accountId, "apiKeys", place.apiKeyId);
    case "subAccount":
      return rowId(accountId, "subAccounts", place.subAccountId);
  }
}

/** Whether a row is this account's, and not left over from one that was in view before. */
export function isRowOf(accountId: string, row: Row): boolean {
  return row.id.startsWith(`${accountId}/`);
}

/** Whether an API key was enabled, or an access key active, when its row was drawn. */
export function isSwitchedOn(row: ApiKeyRow | AccessKeyRow): boolean {
  return row.kind === "apiKey" ? row.apiKey.isEnabled : row.accessKey.active;
}

export function authKeyRowId(accountId: string, { title, name }: AuthKey): string {
  return rowId(accountId, "authKeys", title, name);
}

/** Escaped, so that no text from a server makes one row's id that of another. */
export function rowId(parentId: string, ...parts: readonly string[]): string {
  return [parentId, ...parts.map((part) => part.replace(/[%/?]/g, percentEncode))].join("/");
}

/** The id of a row that stands for a state and not for a key. */
export function stateRowId(parent: Row, name: string): string {
  return `${parent.id}/?${name}`;
}

function percentEncode(character: string): string {
  return `%${character.charCodeAt(0).toString(16)}`;
}
