import assert from "node:assert/strict";
import type { Place } from "../../../src/inventory/inventory.ts";
import {
  accessKeyList,
  apiKeyPage,
  apiKeysPath,
  authKeyList,
  authKeysPath,
  FakeNcp,
  noPermission,
  serverError,
  subAccountPage,
  subAccountsPath,
} from "../support/fakeNcp.ts";

function detailOf(apiKeyId: string) {
  const primaryKey = `value of ${apiKeyId}`.padStart(40, "-");
  return { json: { apiKeyId, apiKeyName: "name", isEnabled: true, primaryKey, secondaryKey: "s" } };
}

const accessKeysPath = (id: string) => `${subAccountsPath}/${id}/access-keys`;

function ncpWithKeys(): FakeNcp {
  return new FakeNcp({
    [authKeysPath]: authKeyList({ title: "laptop" }),
    [apiKeysPath]: apiKeyPage(["a", "b"]),
    [`${apiKeysPath}/a`]: detailOf("a"),
    [`${apiKeysPath}/b`]: detailOf("b"),
    [subAccountsPath]: subAccountPage(["kim"]),
    [accessKeysPath("kim")]: accessKeyList("key"),
  });
}

/** An inventory with everything open, and what changes in it from then on. */
async function opened(ncp: FakeNcp) {
  const inventory = ncp.inventory();
  await inventory.refresh();
  await Promise.all([
    inventory.valuesOf("a").load(),
    inventory.valuesOf("b").load(),
    inventory.accessKeysOf("kim").load(),
  ]);
  ncp.requests.length = 0;
  const changes: Place[] = [];
  inventory.onDidChange((place) => changes.push(place));
  return { inventory, changes };
}

describe("the inventory of an account", () => {
  it("reads again what is open, and says nothing when there is no news", async () => {
    const ncp = ncpWithKeys();
    const { inventory, changes } = await opened(ncp);
    await inventory.refresh();
    assert.deepEqual(
      { requests: ncp.requests.sort(), changes },
      {
        requests: [
          apiKeysPath,
          `${apiKeysPath}/a`,
          `${apiKeysPath}/b`,
          subAccountsPath,
          accessKeysPath("kim"),
          authKeysPath,
        ],
        changes: [],
      },
    );
  });

  it("says where there is news, and nowhere else", async () => {
    const ncp = ncpWithKeys();
    const { inventory, changes } = await opened(ncp);
    ncp.answers[authKeysPath] = authKeyList({ title: "laptop" }, { title: "desk" });
    ncp.answers[`${apiKeysPath}/b`] = detailOf("c");
    ncp.answers[accessKeysPath("kim")] = noPermission;
    await inventory.refresh();
    const byKind = changes.sort((a, b) => a.kind.localeCompare(b.kind));
    assert.deepEqual(byKind, [
      { kind: "apiKey", apiKeyId: "b" },
      { kind: "group", group: "authKeys" },
      { kind: "subAccount", subAccountId: "kim" },
    ]);
  });

  it("keeps nothing of a value but its mask", async () => {
    const ncp = ncpWithKeys();
    const { inventory } = await opened(ncp);
    assert.deepEqual(inventory.valuesOf("a").value, { primary: "••••of a", secondary: "••••" });
  });

  it("forgets a row that is closed, and reads it anew when it is opened again", async () => {
    const ncp = ncpWithKeys();
    const { inventory } = await opened(ncp);
    inventory.close({ kind: "apiKey", apiKeyId: "a" });
    inventory.close({ kind: "subAccount", subAccountId: "kim" });
    inventory.close({ kind: "group", group: "apiKeys" });
    await inventory.refresh();
    const refreshed = ncp.requests.sort().join(" ");
    await inventory.valuesOf("a").load();
    assert.deepEqual(
      [refreshed, ncp.requests.at(-1), inventory.apiKeys.value?.items.length],
      [
        [apiKeysPath, `${apiKeysPath}/b`, subAccountsPath, authKeysPath].join(" "),
        `${apiKeysPath}/a`,
        2,
      ],
    );
  });

  it("asks no more for what was open in a row that is gone", async () => {
    const ncp = ncpWithKeys();
    const { inventory } = await opened(ncp);
    ncp.answers[apiKeysPath] = apiKeyPage(["b"]);
    ncp.answers[subAccountsPath] = subAccountPage([]);
    await inventory.refresh();
    ncp.requests.length = 0;
    await inventory.refresh();
    assert.deepEqual(ncp.requests.sort(), [
      apiKeysPath,
      `${apiKeysPath}/b`,
      subAccountsPath,
      authKeysPath,
    ]);
  });

  it("keeps what is open below a sub account that was named and is not listed", async () => {
    const ncp = ncpWithKeys();
    ncp.answers[accessKeysPath("named")] = accessKeyList("key");
    const inventory = ncp.inventory({ subAccountIds: ["named"] });
    const accessKeys = inventory.accessKeysOf("named");
    await Promise.all([inventory.refresh(), accessKeys.load()]);
    await inventory.refresh();
    assert.deepEqual(
      [inventory.accessKeysOf("named") === accessKeys, accessKeys.state.status],
      [true, "loaded"],
    );
  });

  it("takes over who was named, and says so once", async () => {
    const { inventory, changes } = await opened(ncpWithKeys());
    for (const ids of [["kim"], ["kim"], []]) inventory.setSubAccountIds(ids);
    assert.deepEqual(
      [changes, inventory.subAccountIds],
      [Array(2).fill({ kind: "group", group: "subAccounts" }), []],
    );
  });

  it("keeps what is open when a list could not be read", async () => {
    const ncp = ncpWithKeys();
    const { inventory } = await opened(ncp);
    ncp.answers[apiKeysPath] = serverError;
    ncp.answers[subAccountsPath] = serverError;
    await inventory.refresh();
    ncp.requests.length = 0;
    await inventory.refresh();
    assert.equal(ncp.requests.length, 6);
  });

  it("sends no more than six requests at a time for what is open", async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `key${index}`);
    let underWay = 0;
    let most = 0;
    const slowly = async () => {
      most = Math.max(most, ++underWay);
      await new Promise(setImmediate);
      underWay--;
      return detailOf("a");
    };
    const ncp = new FakeNcp({ [apiKeysPath]: apiKeyPage(ids) });
    for (const id of ids) ncp.answers[`${apiKeysPath}/${id}`] = slowly;
    const inventory = ncp.inventory();
    await inventory.apiKeys.load();
    for (const id of ids) await inventory.valuesOf(id).load();
    most = 0;
    await inventory.refreshGroup("apiKeys");
    assert.deepEqual([most, ncp.requests.length], [6, 42]);
  });

  it("does not ask NSML where there is none, or no API key for it", async () => {
    const ncp = new FakeNcp();
    const credentials = [{ zone: { kind: "government" } }, { nsmlApiKey: undefined }] as const;
    const seen: unknown[] = [];
    for (const changes of credentials) {
      const inventory = ncp.inventory({ credentials: changes });
      inventory.loadGroup("authKeys");
      await inventory.refreshGroup("authKeys");
      seen.push([inventory.nsml, inventory.authKeys.state.status]);
    }
    assert.deepEqual(
      [seen, ncp.requests],
      [
        [
          ["notInZone", "unloaded"],
          ["needsApiKey", "unloaded"],
        ],
        [],
      ],
    );
  });

  it("is at its end once it was disposed of, even for who still holds its rows", async () => {
    const ncp = ncpWithKeys();
    const { inventory, changes } = await opened(ncp);
    const refreshing = inventory.refresh();
    const values = inventory.valuesOf("a");
    const { length } = ncp.requests;
    inventory.dispose();
    await Promise.all([refreshing, values.reload(), inventory.valuesOf("a").load()]);
    await Promise.all([inventory.accessKeysOf("kim").load(), inventory.refresh()]);
    inventory.loadGroup("apiKeys");
    const states = [inventory.authKeys, inventory.apiKeys, inventory.subAccounts, values];
    assert.deepEqual(
      {
        states: states.map(({ state }) => state.status),
        changes,
        sent: ncp.requests.length - length,
      },
      { states: ["unloaded", "unloaded", "unloaded", "unloaded"], changes: [], sent: 0 },
    );
  });
});
