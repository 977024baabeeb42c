import assert from "node:assert/strict";
import { collectKeys } from "../../../src/inventory/collectKeys.ts";
import type { KeyRecord } from "../../../src/inventory/keyRecord.ts";
import { bringIntoRows, rowIdOfRecord } from "../../../src/inventory/rowOfRecord.ts";
import { childRows } from "../../../src/inventory/rows.ts";
import type { Inventory } from "../../../src/inventory/inventory.ts";
import type { Row } from "../../../src/inventory/row.ts";
import { accessKeyRecord, apiKeyRecord, authKeyRecord } from "../support/keyRecords.ts";
import {
  accessKeyList,
  apiKeyPage,
  apiKeysPath,
  authKeysPath,
  authKeyList,
  FakeNcp,
  noPermission,
  serverError,
  subAccountPage,
  subAccountsPath,
} from "../support/fakeNcp.ts";
import { saidBelow } from "../support/saidRows.ts";
import { never } from "../ncloud/support/observed.ts";

/** Page by page, as the API does. */
function pagesOf(count: number) {
  const ids = Array.from({ length: count }, (_, index) => `key-${index}`);
  return (url: URL) => {
    const [offset, limit] = ["offset", "limit"].map((name) => Number(url.searchParams.get(name)));
    const name = url.searchParams.get("apiKeyName") ?? "";
    const named = ids.filter((id) => `name of ${id}`.includes(name));
    return apiKeyPage(named.slice(offset, offset! + limit!), named.length);
  };
}

async function collected(inventory: Inventory): Promise<readonly KeyRecord[]> {
  const records: KeyRecord[] = [];
  const sink = {
    add: (more: readonly KeyRecord[]) => void records.push(...more),
    miss: () => null,
  };
  await collectKeys(inventory, sink, never());
  return records;
}

/** Every row that can be opened from the top. */
function allRows(inventory: Inventory, parent?: Row): readonly Row[] {
  return childRows(inventory, parent).flatMap((row) =>
    row.kind === "apiKey" ? [row] : [row, ...allRows(inventory, row)],
  );
}

function hasRow(inventory: Inventory, record: KeyRecord): boolean {
  const id = rowIdOfRecord(inventory.accountId, record);
  return allRows(inventory).some((row) => row.id === id);
}

describe("a key that was found", () => {
  it("gets its row, of whatever kind it is, before anything was read", async () => {
    const ncp = new FakeNcp({
      [authKeysPath]: authKeyList({ title: "laptop" }),
      [apiKeysPath]: apiKeyPage(["a"]),
      [subAccountsPath]: subAccountPage(["kim"]),
      [`${subAccountsPath}/kim/access-keys`]: accessKeyList("k1", "k2"),
    });
    const records = await collected(ncp.inventory());
    for (const record of records) {
      const fresh = ncp.inventory();
      assert.deepEqual(
        [record.kind, await bringIntoRows(fresh, record), hasRow(fresh, record)],
        [record.kind, true, true],
      );
    }
    assert.equal(records.length, 5);
  });

  it("is put below the loaded ones without a request for those between", async () => {
    const ncp = new FakeNcp({ [apiKeysPath]: pagesOf(2_500) });
    const inventory = ncp.inventory();
    await inventory.apiKeys.load();
    const asked = () => ncp.requests.filter((path) => path === apiKeysPath).length;
    const before = asked();
    const record = apiKeyRecord("name of key-2345", { apiKeyId: "key-2345" });
    assert.equal(await bringIntoRows(inventory, record), true);
    const rows = saidBelow(inventory, "apiKeys");
    assert.deepEqual(
      [asked() - before, rows.length, rows.slice(-3)],
      [1, 102, ["apiKey key-99", "apiKey key-2345", "more, 101 of 2500"]],
    );
  });

  it("is there once when its page comes later", async () => {
    const ncp = new FakeNcp({ [apiKeysPath]: pagesOf(150) });
    const inventory = ncp.inventory();
    await bringIntoRows(inventory, apiKeyRecord("name of key-120", { apiKeyId: "key-120" }));
    await bringIntoRows(inventory, apiKeyRecord("name of key-120", { apiKeyId: "key-120" }));
    await inventory.apiKeys.loadMore();
    const rows = saidBelow(inventory, "apiKeys");
    assert.deepEqual(
      [rows.length, rows.filter((row) => row === "apiKey key-120").length],
      [150, 1],
    );
  });

  it("waits for a read under way, so that neither undoes the other", async () => {
    const ncp = new FakeNcp({ [apiKeysPath]: pagesOf(2_500) });
    const inventory = ncp.inventory();
    await inventory.apiKeys.load();
    ncp.answers[apiKeysPath] = pagesOf(2_600);
    const reading = inventory.apiKeys.reload();
    const record = apiKeyRecord("name of key-2345", { apiKeyId: "key-2345" });
    await bringIntoRows(inventory, record);
    await reading;
    assert.deepEqual([hasRow(inventory, record), inventory.apiKeys.value?.total], [true, 2_600]);
  });

  it("has a list read again that had failed", async () => {
    const ncp = new FakeNcp({ [apiKeysPath]: serverError });
    const inventory = ncp.inventory();
    await inventory.apiKeys.load();
    ncp.answers[apiKeysPath] = apiKeyPage(["a"]);
    assert.equal(await bringIntoRows(inventory, apiKeyRecord("a", { apiKeyId: "a" })), true);
  });

  it("has no row when it is gone by now, or its list cannot be read", async () => {
    const gone = new FakeNcp({
      [subAccountsPath]: subAccountPage(["0c1f-kim"]),
      [`${subAccountsPath}/0c1f-kim/access-keys`]: accessKeyList("other"),
    });
    const refused = new FakeNcp({
      [authKeysPath]: serverError,
      [apiKeysPath]: noPermission,
      [subAccountsPath]: noPermission,
    });
    const records = [authKeyRecord("laptop"), accessKeyRecord("gone")];
    const answers: boolean[] = [];
    for (const ncp of [gone, refused]) {
      const inventory = ncp.inventory();
      for (const record of [...records, ...(ncp === refused ? [apiKeyRecord("a")] : [])]) {
        answers.push(await bringIntoRows(inventory, record));
      }
    }
    assert.deepEqual(answers, [false, false, false, false, false]);
  });

  it("is reached below a sub account that was named by its ID where none may be listed", async () => {
    const ncp = new FakeNcp({
      [subAccountsPath]: noPermission,
      [`${subAccountsPath}/lee/access-keys`]: accessKeyList("k1"),
    });
    const inventory = ncp.inventory({ subAccountIds: ["lee"] });
    const record = accessKeyRecord("k1", { subAccountId: "lee", subAccount: undefined });
    assert.deepEqual(
      [await bringIntoRows(inventory, record), hasRow(inventory, record)],
      [true, true],
    );
  });
});
