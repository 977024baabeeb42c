import type { GroupName, Inventory } from "../../../src/inventory/inventory.ts";
import type { Row } from "../../../src/inventory/row.ts";
import { childRows } from "../../../src/inventory/rows.ts";

/** A row in words: what it is, and what it says. */
export function said(row: Row): string {
  switch (row.kind) {
    case "authKey":
      return `authKey ${row.authKey.title}${row.localKey ? ` in ${row.localKey.fileName}` : ""}`;
    case "apiKey":
      return `apiKey ${row.apiKey.apiKeyId}`;
    case "apiKeyValue":
      return `${row.which} ${row.masked}`;
    case "subAccount":
      return `subAccount ${row.subAccountId}${row.subAccount ? "" : " (named)"}`;
    case "accessKey":
      return `accessKey ${row.accessKey.accessKeyId}`;
    case "failure":
      return `failure ${row.error.kind}`;
    case "loadMore":
      return `more, ${row.loaded} of ${row.total}`;
    case "notice":
      return `notice ${row.notice}`;
    default:
      return row.kind;
  }
}

export function groupRow(inventory: Inventory, group: GroupName): Row {
  return childRows(inventory, undefined).find(
    (row) => row.kind === "group" && row.group === group,
  )!;
}

export function saidBelow(inventory: Inventory, group: GroupName): string[] {
  return childRows(inventory, groupRow(inventory, group)).map(said);
}

/** What a group says once it was read. */
export async function saidOnceRead(inventory: Inventory, group: GroupName): Promise<string[]> {
  groupRow(inventory, group);
  await Promise.all([inventory[group].load(), inventory.localKeys.load()]);
  return saidBelow(inventory, group);
}
