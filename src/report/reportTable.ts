import type { KeyRecord } from "../inventory/keyRecord.ts";
import {
  isoTime,
  reasonOf,
  subAccountIdOf,
  type AccountReport,
  type RecordOf,
  type ReportGap,
} from "./inventoryReport.ts";

/**
 * The columns of a table of keys, in their order: whose it is, and then these. Programs know them
 * by these names.
 */
export const accountColumns = ["account", "zone"] as const;
export const keyColumns = [
  "kind",
  "id",
  "name",
  "state",
  "created",
  "changed",
  "description",
  "fingerprint_md5",
  "fingerprint_sha256",
  "local_file",
  "login_id",
  "sub_account_id",
  "api_access",
] as const;

type Column = (typeof keyColumns)[number];
export type TableRow = Readonly<Partial<Record<Column, string | undefined>>>;

/** One row for each key, and for each part that could not be read one of kind `notRead`. */
export function* rowsOfAccount({ records, gaps }: AccountReport): Generator<TableRow> {
  for (const record of records) yield rowOfRecord(record);
  for (const gap of gaps) yield rowOfGap(gap);
}

function rowOfGap(gap: ReportGap): TableRow {
  return {
    kind: "notRead",
    name: gap.place.kind,
    state: reasonOf(gap),
    sub_account_id: subAccountIdOf(gap),
  };
}

/** What is known of a key, without whose it is. */
export function rowOfRecord(record: KeyRecord): TableRow {
  switch (record.kind) {
    case "authKey":
      return rowOfAuthKey(record);
    case "apiKey": {
      const { apiKeyId, name, description, isEnabled, modifiedAt } = record.apiKey;
      return {
        kind: record.kind,
        id: apiKeyId,
        name,
        state: isEnabled ? "enabled" : "disabled",
        changed: isoTime(modifiedAt),
        description,
      };
    }
    case "subAccount": {
      const { subAccount, subAccountId } = record;
      return {
        kind: record.kind,
        id: subAccountId,
        name: subAccount?.name,
        state: activity(subAccount?.active),
        login_id: subAccount?.loginId,
        api_access: access(subAccount?.canUseApi),
      };
    }
    case "accessKey": {
      const { accessKey, owner } = record;
      return {
        kind: record.kind,
        id: accessKey.accessKeyId,
        state: activity(accessKey.active),
        created: isoTime(accessKey.createdAt),
        login_id: owner.subAccount?.loginId,
        sub_account_id: owner.subAccountId,
      };
    }
  }
}

function rowOfAuthKey({ kind, authKey, localKey }: RecordOf<"authKey">): TableRow {
  return {
    kind,
    id: authKey.title,
    name: authKey.name,
    created: authKey.createTime,
    fingerprint_md5: authKey.fingerprint,
    fingerprint_sha256: localKey?.sha256Fingerprint,
    local_file: localKey?.fileName,
  };
}

function activity(active: boolean | undefined): string | undefined {
  if (active === undefined) return undefined;
  return active ? "active" : "inactive";
}

function access(allowed: boolean | undefined): string | undefined {
  if (allowed === undefined) return undefined;
  return allowed ? "allowed" : "notAllowed";
}
