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
  notSubscribed,
  refusal,
  serverError,
  subAccountPage,
  subAccountsPath,
} from "../support/fakeNcp.ts";
import { groupRow, said, saidBelow, saidOnceRead } from "../support/saidRows.ts";

describe("the rows that stand for a state", () => {
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
    const [kim] = childRows(inventory, groupRow(inventory, "subAccounts"));
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
});
