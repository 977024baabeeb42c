import type { Row } from "../inventory/row.ts";
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
