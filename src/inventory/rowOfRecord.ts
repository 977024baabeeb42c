import { listApiKeys, type ApiKey } from "../ncloud/apiGateway.ts";
import { NcloudError } from "../ncloud/ncloudError.ts";
import type { Inventory } from "./inventory.ts";
import type { KeyRecord, SubAccountRef } from "./keyRecord.ts";
import type { GroupName } from "./inventory.ts";
import {
  authKeyRowId,
  rowId,
  rowIdOfPlace,
  type AccessKeyRow,
  type ApiKeyRow,
  type AuthKeyRow,
  type GroupRow,
  type SubAccountRow,
} from "./row.ts";

/** Names may repeat; how many of one name are read at a time. */
const pageSize = 1000;

/** The id of the row that shows this key in the sidebar. */
export function rowIdOfRecord(accountId: string, record: KeyRecord): string {
  switch (record.kind) {
    case "authKey":
      return authKeyRowId(accountId, record.authKey);
    case "apiKey":
      return rowIdOfPlace(accountId, { kind: "apiKey", apiKeyId: record.apiKey.apiKeyId });
    case "subAccount":
      return rowIdOfSubAccount(accountId, record);
    case "accessKey":
      return rowId(rowIdOfSubAccount(accountId, record.owner), record.accessKey.accessKeyId);
  }
}

/** The row of a key, made anew, with the rows that it stands in. */
export function rowOfKey(
  accountId: string,
  record: Exclude<KeyRecord, { readonly kind: "subAccount" }>,
): AuthKeyRow | ApiKeyRow | AccessKeyRow {
  const id = rowIdOfRecord(accountId, record);
  const groupOf = (group: GroupName): GroupRow => ({
    kind: "group",
    id: rowIdOfPlace(accountId, { kind: "group", group }),
    parent: undefined,
    group,
  });
  switch (record.kind) {
    case "authKey":
      return { ...record, id, parent: groupOf("authKeys") };
    case "apiKey":
      return { ...record, id, parent: groupOf("apiKeys") };
    case "accessKey": {
      const { accessKey, owner } = record;
      const { subAccountId } = owner;
      const parent: SubAccountRow = {
        kind: "subAccount",
        id: rowIdOfSubAccount(accountId, owner),
        parent: groupOf("subAccounts"),
        ...owner,
      };
      return { kind: "accessKey", id, parent, accessKey, subAccountId };
    }
  }
}

/**
 * Has the inventory hold a key's row, however far down its list the key is: what lies between is
 * not read, for that may be a thousand pages. Never rejects.
 *
 * @returns whether the row is there. A key that is gone by now, or whose list cannot be read, has none.
 */
export async function bringIntoRows(inventory: Inventory, record: KeyRecord): Promise<boolean> {
  switch (record.kind) {
    case "authKey": {
      const id = authKeyRowId(inventory.accountId, record.authKey);
      const isThere = () =>
        inventory.authKeys.value?.some((key) => authKeyRowId(inventory.accountId, key) === id);
      return isThereOnceRead(inventory.authKeys, isThere);
    }
    case "apiKey": {
      const { apiKey } = record;
      const isThere = () => isListed(inventory.apiKeys, (one) => isSameKey(one, apiKey));
      await inventory.apiKeys.load();
      if (isThere()) return true;
      // It may have been deleted since it was read.
      const now = await findByName(inventory, apiKey);
      if (now) await includeIn(inventory.apiKeys, now);
      return isThere();
    }
    case "subAccount":
      return bringSubAccount(inventory, record);
    case "accessKey": {
      if (!(await bringSubAccount(inventory, record.owner))) return false;
      const { accessKeyId } = record.accessKey;
      const accessKeys = inventory.accessKeysOf(record.owner.subAccountId);
      const isThere = () => accessKeys.value?.some((key) => key.accessKeyId === accessKeyId);
      return isThereOnceRead(accessKeys, isThere);
    }
  }
}

function rowIdOfSubAccount(accountId: string, { subAccountId }: SubAccountRef): string {
  return rowIdOfPlace(accountId, { kind: "subAccount", subAccountId });
}

/** One that was named by its ID has its row without any list. */
async function bringSubAccount(
  inventory: Inventory,
  { subAccountId, subAccount }: SubAccountRef,
): Promise<boolean> {
  const { subAccounts } = inventory;
  if (subAccount) await includeIn(subAccounts, subAccount);
  return (
    inventory.subAccountIds.includes(subAccountId) ||
    isListed(subAccounts, (listed) => listed.subAccountId === subAccountId)
  );
}

function isSameKey(a: ApiKey, b: ApiKey): boolean {
  return a.apiKeyId === b.apiKeyId;
}

/** The API key as NCP lists it now; undefined when it is gone, or cannot be asked for. */
async function findByName(
  { client, ended }: Inventory,
  apiKey: ApiKey,
): Promise<ApiKey | undefined> {
  try {
    for (let offset = 0; ;) {
      const request = { offset, limit: pageSize, name: apiKey.name };
      const { apiKeys, total } = await listApiKeys(client, request, ended);
      const found = apiKeys.find((one) => isSameKey(one, apiKey));
      offset += apiKeys.length;
      if (found || apiKeys.length === 0 || offset >= total) return found;
    }
  } catch (error) {
    if (error instanceof NcloudError) return undefined;
    throw error;
  }
}

interface Read {
  readonly value: unknown;
  load(): Promise<void>;
  reload(): Promise<void>;
}

/** A read under way comes first. A list that failed before is read again. */
async function includeIn<T>(list: Read & { include(item: T): void }, item: T): Promise<void> {
  await list.load();
  if (list.value === undefined) await list.reload();
  list.include(item);
}

function isListed<T>(
  list: { readonly value: { readonly items: readonly T[] } | undefined },
  isIt: (item: T) => boolean,
): boolean {
  return list.value?.items.some(isIt) ?? false;
}

/** A key that is newer than what is in view has it read again. */
async function isThereOnceRead(
  resource: Read,
  isThere: () => boolean | undefined,
): Promise<boolean> {
  await resource.load();
  if (!isThere()) await resource.reload();
  return isThere() ?? false;
}
