import { authKeyRowId, rowId, type Row } from "../inventory/row.ts";
import type { KeyOnly } from "./keyHealth.ts";

/** The key a row of the tree stands for, if it stands for one. */
export function keyOfRow(row: Row): KeyOnly | undefined {
  switch (row.kind) {
    case "authKey":
      return { kind: "authKey", authKey: row.authKey, localKey: row.localKey };
    case "apiKey":
      return { kind: "apiKey", apiKey: row.apiKey };
    case "accessKey": {
      const { accessKey, subAccountId, parent } = row;
      const subAccount = parent?.kind === "subAccount" ? parent.subAccount : undefined;
      return { kind: "accessKey", accessKey, owner: { subAccountId, subAccount } };
    }
    default:
      return undefined;
  }
}

/** The id of the row a key has in the tree of an account, whether it is loaded there or not. */
export function rowIdOfKey(accountId: string, key: KeyOnly): string {
  switch (key.kind) {
    case "authKey":
      return authKeyRowId(accountId, key.authKey);
    case "apiKey":
      return rowId(rowId(accountId, "apiKeys"), key.apiKey.apiKeyId);
    case "accessKey": {
      const owner = rowId(rowId(accountId, "subAccounts"), key.owner.subAccountId);
      return rowId(owner, key.accessKey.accessKeyId);
    }
  }
}
