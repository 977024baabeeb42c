import assert from "node:assert/strict";
import type { GroupName, Inventory } from "../../../src/inventory/inventory.ts";
import type { Row } from "../../../src/inventory/row.ts";
import { childRows } from "../../../src/inventory/rows.ts";
import {
  accessKeyList,
  apiKeyPage,
  apiKeysPath,
  authKeyList,
  authKeysPath,
  FakeNcp,
  noPermission,
  notSubscribed,
  refusal,
  serverError,
  subAccountPage,
  subAccountsPath,
} from "../support/fakeNcp.ts";

/** A row in words: what it is, and what it says. */
function said(row: Row): string {
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

function groupRow(inventory: Inventory, group: GroupName): Row {
  return childRows(inventory, undefined).find(
    (row) => row.kind === "group" && row.group === group,
  )!;
}

function saidBelow(inventory: Inventory, group: GroupName): string[] {
  return childRows(inventory, groupRow(inventory, group)).map(said);
}

/** What a group says once it was read. */
async function saidOnceRead(inventory: Inventory, group: GroupName): Promise<string[]> {
  groupRow(inventory, group);
  await Promise.all([inventory[group].load(), inventory.localKeys.load()]);
  return saidBelow(inventory, group);
}

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
        { path: "/id.pub", fileName: "id.pub", fingerprint, type: "ssh-rsa", bits: 3072 },
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

  it("say so where there is no key", async () => {
    const ncp = new FakeNcp({
      [subAccountsPath]: subAccountPage(["kim"]),
      [`${subAccountsPath}/kim/access-keys`]: accessKeyList(),
    });
    const inventory = ncp.inventory();
    const seen = [
      await saidOnceRead(inventory, "authKeys"),
      await saidOnceRead(inventory, "apiKeys"),
    ];
    await saidOnceRead(inventory, "subAccounts");
    const [kim] = subAccountRows(inventory);
    childRows(inventory, kim);
    await inventory.accessKeysOf("kim").load();
    seen.push(childRows(inventory, kim).map(said));
    const without = new FakeNcp().inventory();
    seen.push(await saidOnceRead(without, "subAccounts"));
    assert.deepEqual(seen, [
      ["notice noAuthKeys"],
      ["notice noApiKeys"],
      ["notice noAccessKeys"],
      ["notice noSubAccounts"],
    ]);
  });

  it("say why NSML has nothing to show", async () => {
    const withAnswer = (answer: ReturnType<typeof refusal>) =>
      new FakeNcp({ [authKeysPath]: answer }).inventory();
    const seen = [
      saidBelow(
        new FakeNcp().inventory({ credentials: { zone: { kind: "financial" } } }),
        "authKeys",
      ),
      saidBelow(new FakeNcp().inventory({ credentials: { nsmlApiKey: undefined } }), "authKeys"),
      await saidOnceRead(withAnswer(notSubscribed), "authKeys"),
      await saidOnceRead(withAnswer(refusal(404, "300", "URL not found.")), "authKeys"),
      await saidOnceRead(withAnswer(noPermission), "authKeys"),
      await saidOnceRead(withAnswer(refusal(401, "200", "Authentication Failed")), "authKeys"),
    ];
    assert.deepEqual(seen, [
      ["notice nsmlNotInZone"],
      ["notice nsmlNeedsApiKey"],
      ["notice nsmlNotAvailable"],
      ["notice nsmlNotAvailable"],
      ["failure noPermission"],
      ["failure wrongCredentials"],
    ]);
  });

  it("say that API Gateway was never opened, and fail on anything else", async () => {
    const withAnswer = (answer: ReturnType<typeof refusal>) =>
      saidOnceRead(new FakeNcp({ [apiKeysPath]: answer }).inventory(), "apiKeys");
    assert.deepEqual(
      [await withAnswer(refusal(404, "300", "tenant not found")), await withAnswer(noPermission)],
      [["notice apiGatewayNotInUse"], ["failure noPermission"]],
    );
  });

  it("are the sub accounts that were named where they may not be listed", async () => {
    const ncp = new FakeNcp({ [subAccountsPath]: noPermission });
    const inventory = ncp.inventory({ subAccountIds: ["kim", "lee", "kim"] });
    const seen = [saidBelow(inventory, "subAccounts")];
    seen.push(await saidOnceRead(inventory, "subAccounts"));
    const refreshing = inventory.refreshGroup("subAccounts");
    seen.push(saidBelow(inventory, "subAccounts"));
    await refreshing;
    ncp.answers[subAccountsPath] = serverError;
    await inventory.refreshGroup("subAccounts");
    seen.push(saidBelow(inventory, "subAccounts"));
    const named = ["subAccount kim (named)", "subAccount lee (named)"];
    assert.deepEqual(seen, [
      [...named, "loading"],
      [...named, "notice mayNotListSubAccounts"],
      [...named, "loading"],
      [...named, "failure server"],
    ]);
  });

  it("stay while they are read again, below a failure of that, and come back after it", async () => {
    const ncp = new FakeNcp({
      [authKeysPath]: authKeyList({ title: "laptop" }),
      [apiKeysPath]: apiKeyPage(["a"]),
      [subAccountsPath]: subAccountPage(["kim"]),
    });
    const inventory = ncp.inventory();
    const groups = ["authKeys", "apiKeys", "subAccounts"] as const;
    for (const group of groups) await saidOnceRead(inventory, group);
    const seen = () => groups.map((group) => saidBelow(inventory, group).join(", "));
    const answers = { ...ncp.answers };
    for (const path of [authKeysPath, apiKeysPath, subAccountsPath])
      ncp.answers[path] = serverError;
    const refreshing = inventory.refresh();
    const meanwhile = seen();
    await refreshing;
    const failed = seen();
    Object.assign(ncp.answers, answers);
    await inventory.refresh();
    const keys = ["authKey laptop", "apiKey a", "subAccount kim"];
    assert.deepEqual(
      { meanwhile, failed, afterwards: seen() },
      { meanwhile: keys, failed: keys.map((key) => `failure server, ${key}`), afterwards: keys },
    );
  });

  it("stay above the failure of a page that was to be added", async () => {
    const ncp = new FakeNcp({
      [apiKeysPath]: ({ searchParams }) =>
        searchParams.get("offset") === "0" ? apiKeyPage(["a"], 2) : serverError,
    });
    const inventory = ncp.inventory();
    await saidOnceRead(inventory, "apiKeys");
    await inventory.apiKeys.loadMore();
    assert.deepEqual(saidBelow(inventory, "apiKeys"), [
      "apiKey a",
      "more, 1 of 2",
      "failure server",
    ]);
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
    const [kim] = subAccountRows(inventory);
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

function subAccountRows(inventory: Inventory): readonly Row[] {
  return childRows(inventory, groupRow(inventory, "subAccounts"));
}
