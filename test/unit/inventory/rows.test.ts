import assert from "node:assert/strict";
import { childRows } from "../../../src/inventory/rows.ts";
import {
  accessKeyList,
  apiKeyPage,
  apiKeysPath,
  authKeyList,
  authKeysPath,
  FakeNcp,
  noPermission,
  subAccountPage,
  subAccountsPath,
} from "../support/fakeNcp.ts";
import { groupRow, said, saidOnceRead } from "../support/saidRows.ts";

describe("the rows of the sidebar", () => {
  it("begin with three groups, which are all read at once", async () => {
    const ncp = new FakeNcp();
    const inventory = ncp.inventory();
    const groups = childRows(inventory, undefined);
    const below = groups.map((group) => childRows(inventory, group).map(said));
    await Promise.all(
      [inventory.authKeys, inventory.apiKeys, inventory.subAccounts].map((r) => r.load()),
    );
    assert.deepEqual(
      { ids: groups.map(({ id }) => id), below, requests: ncp.requests },
      {
        ids: ["account/authKeys", "account/apiKeys", "account/subAccounts"],
        below: [["loading"], ["loading"], ["loading"]],
        requests: [authKeysPath, apiKeysPath, subAccountsPath],
      },
    );
  });

  it("are the keys, once they were read", async () => {
    const ncp = new FakeNcp({
      [authKeysPath]: authKeyList({ title: "laptop" }, { title: "desk" }),
      [apiKeysPath]: apiKeyPage(["a", "b"], 12),
      [subAccountsPath]: subAccountPage(["kim", "lee"], 7, true),
    });
    const fingerprint = "fingerprint of desk";
    const inventory = ncp.inventory({
      localKeys: [
        {
          path: "/id.pub",
          fileName: "id.pub",
          fingerprint,
          sha256Fingerprint: "SHA256:desk",
          type: "ssh-rsa",
          bits: 3072,
        },
      ],
    });
    assert.deepEqual(
      [
        await saidOnceRead(inventory, "authKeys"),
        await saidOnceRead(inventory, "apiKeys"),
        await saidOnceRead(inventory, "subAccounts"),
      ],
      [
        ["authKey laptop", "authKey desk in id.pub"],
        ["apiKey a", "apiKey b", "more, 2 of 12"],
        ["subAccount kim", "subAccount lee", "more, 2 of 7"],
      ],
    );
  });

  it("are the values of an API key, masked and read when they are opened", async () => {
    const values = { primaryKey: "p".repeat(36) + "1234", secondaryKey: "short" };
    const detail = { apiKeyId: "a", apiKeyName: "name", isEnabled: true, ...values };
    const ncp = new FakeNcp({
      [apiKeysPath]: apiKeyPage(["a"]),
      [`${apiKeysPath}/a`]: { json: detail },
    });
    const inventory = ncp.inventory();
    await saidOnceRead(inventory, "apiKeys");
    const before = ncp.requests.length;
    const [row] = childRows(inventory, groupRow(inventory, "apiKeys"));
    const seen = [childRows(inventory, row).map(said)];
    await inventory.valuesOf("a").load();
    seen.push(childRows(inventory, row).map(said));
    assert.deepEqual(
      { seen, requests: ncp.requests.slice(before) },
      {
        seen: [["loading"], ["primary ••••1234", "secondary ••••"]],
        requests: [`${apiKeysPath}/a`],
      },
    );
  });

  it("are the access keys of a sub account, or why there are none to see", async () => {
    const ncp = new FakeNcp({
      [subAccountsPath]: subAccountPage(["kim"]),
      [`${subAccountsPath}/kim/access-keys`]: accessKeyList("first", "second"),
    });
    const inventory = ncp.inventory();
    await saidOnceRead(inventory, "subAccounts");
    const [kim] = childRows(inventory, groupRow(inventory, "subAccounts"));
    childRows(inventory, kim);
    await inventory.accessKeysOf("kim").load();
    const seen = [childRows(inventory, kim).map(said)];
    ncp.answers[`${subAccountsPath}/kim/access-keys`] = noPermission;
    await inventory.refreshGroup("subAccounts");
    seen.push(childRows(inventory, kim).map(said));
    const keys = ["accessKey first", "accessKey second"];
    assert.deepEqual(seen, [keys, ["failure noPermission", ...keys]]);
  });

  it("have nothing below them but groups, API keys and sub accounts", async () => {
    const ncp = new FakeNcp({ [authKeysPath]: authKeyList({ title: "laptop" }) });
    const inventory = ncp.inventory();
    await saidOnceRead(inventory, "authKeys");
    const [key] = childRows(inventory, groupRow(inventory, "authKeys"));
    assert.deepEqual(childRows(inventory, key), []);
  });

  it("of another account have nothing below them, and nothing is asked for them", async () => {
    const ncp = new FakeNcp({ [apiKeysPath]: apiKeyPage(["a"]) });
    const other = ncp.inventory({ accountId: "other" });
    await saidOnceRead(other, "apiKeys");
    const group = groupRow(other, "apiKeys");
    const rows = [group, ...childRows(other, group)];
    const requests = ncp.requests.length;
    const inventory = ncp.inventory();
    assert.deepEqual(
      [rows.map((row) => childRows(inventory, row)), ncp.requests.length - requests],
      [[[], []], 0],
    );
  });
});
