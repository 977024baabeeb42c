import assert from "node:assert/strict";
import { groupNames, type Inventory, type Place } from "../../../src/inventory/inventory.ts";
import { authKeyRowId, placeOfRow, rowIdOfPlace, type Row } from "../../../src/inventory/row.ts";
import { childRows } from "../../../src/inventory/rows.ts";
import {
  accessKeyList,
  apiKeyPage,
  apiKeysPath,
  authKeyList,
  authKeysPath,
  FakeNcp,
  serverError,
  subAccountPage,
  subAccountsPath,
} from "../support/fakeNcp.ts";

/** Texts that could be mistaken for one another, or for the ids of other rows. */
const hostileIds = [
  "a",
  "a/b",
  "a%2fb",
  "a%252fb",
  "%",
  "%25",
  "/",
  "//",
  "?",
  "?loading",
  "?failure",
  "?more",
  "?noApiKeys",
  "..",
  ".",
  "apiKeys",
  "account/authKeys",
  "\ud800",
  "\udc00",
  "\ud800\udc00",
  "\ufffd",
  "\u0000",
  "é",
  "e\u0301",
  "constructor",
  "__proto__",
  " ",
];

function everyRow(inventory: Inventory, parent?: Row): Row[] {
  return childRows(inventory, parent).flatMap((row) => [row, ...everyRow(inventory, row)]);
}

/** Opens every row there is, and waits until all is read. */
async function openAll(inventory: Inventory): Promise<readonly Row[]> {
  everyRow(inventory);
  await Promise.all(groupNames.map((group) => inventory[group].load()));
  const rows = everyRow(inventory);
  for (const row of rows) {
    const place = placeOfRow(row);
    if (place?.kind === "apiKey") await inventory.valuesOf(place.apiKeyId).load();
    if (place?.kind === "subAccount") await inventory.accessKeysOf(place.subAccountId).load();
  }
  return everyRow(inventory);
}

/** The ids that more than one row has. */
function twice(rows: readonly Row[]): string[] {
  const seen = new Set<string>();
  return rows.flatMap(({ id }) => (seen.size === seen.add(id).size ? [id] : []));
}

const ids = [...hostileIds, ...hostileIds];
/** Twice the same, twice the same title, and two that are the same when they are joined. */
const authKeys = [
  ...ids.map((title) => ({ title, name: "name" })),
  ...hostileIds.map((title) => ({ title, name: "another" })),
  { title: "a/b", name: "c" },
  { title: "a", name: "b/c" },
];

/** What cannot stand in an address is not asked for: `.`, `..` and halves of surrogate pairs. */
function isInAddress(id: string): boolean {
  return !/^\.{1,2}$|\p{Surrogate}/u.test(id);
}

function hostileNcp(): FakeNcp {
  const ncp = new FakeNcp({
    [authKeysPath]: authKeyList(...authKeys),
    [apiKeysPath]: apiKeyPage(ids, 1000),
    [subAccountsPath]: subAccountPage(ids, 1000, true),
  });
  for (const id of new Set(ids)) {
    if (isInAddress(id)) {
      const path = `${subAccountsPath}/${encodeURIComponent(id)}/access-keys`;
      ncp.answers[new URL(`https://ncp${path}`).pathname] = accessKeyList(...ids);
      ncp.answers[new URL(`https://ncp${apiKeysPath}/${encodeURIComponent(id)}`).pathname] =
        serverError;
    }
  }
  return ncp;
}

describe("the id of a row", () => {
  it("is no other row's, whatever a server sends and however often", async () => {
    const rows = await openAll(hostileNcp().inventory());
    const count = (kind: Row["kind"]) => rows.filter((row) => row.kind === kind).length;
    assert.deepEqual(
      {
        twice: twice(rows),
        authKeys: count("authKey"),
        apiKeys: count("apiKey"),
        subAccounts: count("subAccount"),
        accessKeys: count("accessKey"),
      },
      {
        twice: [],
        authKeys: 2 * hostileIds.length + 2,
        apiKeys: hostileIds.length,
        subAccounts: hostileIds.length,
        accessKeys: hostileIds.filter(isInAddress).length * hostileIds.length,
      },
    );
  });

  it("stays the same across a refresh, and for an inventory of the same account", async () => {
    const inventory = hostileNcp().inventory();
    const before = (await openAll(inventory)).map(({ id }) => id);
    await inventory.refresh();
    const after = everyRow(inventory).map(({ id }) => id);
    const anew = (await openAll(hostileNcp().inventory())).map(({ id }) => id);
    assert.deepEqual({ after, anew }, { after: before, anew: before });
  });

  it("is no row's of another account", async () => {
    const mine = await openAll(hostileNcp().inventory());
    const theirs = await openAll(hostileNcp().inventory({ accountId: "other" }));
    assert.deepEqual(twice([...mine, ...theirs]), []);
  });

  it("leads from what changed in the inventory to the row it is shown below", async () => {
    const inventory = hostileNcp().inventory();
    const rows = await openAll(inventory);
    const wrong = rows.filter((row) => {
      const place: Place | undefined = placeOfRow(row);
      return place && rowIdOfPlace(inventory.accountId, place) !== row.id;
    });
    assert.deepEqual(wrong, []);
  });

  it("of an auth key is known before its row is there", async () => {
    const inventory = hostileNcp().inventory();
    const rows = await openAll(inventory);
    const wrong = rows.filter(
      (row) => row.kind === "authKey" && authKeyRowId("account", row.authKey) !== row.id,
    );
    assert.deepEqual(wrong, []);
  });
});
