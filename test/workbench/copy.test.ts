import assert from "node:assert/strict";
import { importAccount, openScene, openSignedInScene, type Scene } from "../support/scene/scene.ts";

describe("Copying", () => {
  let scene: Scene;

  before(async () => {
    scene = await openSignedInScene({ sandbox: { apiKeys: 3, authKeys: 3, subAccounts: 1 } });
  });

  after(() => scene.close());

  const expandedRows = async () => {
    const rows = await scene.workbench.tree.rows();
    return rows.map(({ text, expanded }) => [text, expanded]);
  };

  it("copies a key ID by the row's own icon and says so in the status bar", async () => {
    const { workbench, sandbox } = scene;
    const [apiKey] = sandbox.state.apiKeys.page(0, 1);
    await workbench.tree.clickInlineAction(apiKey?.apiKeyName ?? "", "Copy Key ID");
    await workbench.waitForClipboard(apiKey?.apiKeyId ?? "");
    await workbench.waitForStatusBar("Key ID copied");
  });

  it("copies by the keyboard alone, from the row an arrow key moved to", async () => {
    const { workbench, sandbox } = scene;
    const [first, second] = sandbox.state.authKeys;
    await workbench.tree.selectRow(first?.title ?? "");
    await workbench.press("ArrowDown", "Control+c");
    await workbench.waitForClipboard(second?.title ?? "");
  });

  it("only copies: the row the keyboard is on neither opens, closes nor does what it leads to", async () => {
    const { workbench, sandbox } = scene;
    const [apiKey] = sandbox.state.apiKeys.page(0, 1);
    const { apiKeyId = "", apiKeyName = "" } = apiKey ?? {};
    await workbench.tree.selectRow(sandbox.state.authKeys[0]?.title ?? "");
    const before = await expandedRows();
    sandbox.resetRequests();
    await workbench.tree.moveFocusTo(apiKeyName);
    for (let times = 0; times < 3; times++) {
      await workbench.writeClipboard("");
      await workbench.press("Control+c");
      await workbench.waitForClipboard(apiKeyId);
      await workbench.tree.waitForSelection([apiKeyName]);
    }
    await workbench.tree.moveFocusTo("API Keys");
    await workbench.press("Control+c");
    await workbench.notifications.waitFor(/^There is no key to copy from here/);
    await workbench.notifications.clear();
    await workbench.tree.waitForSelection(["API Keys"]);
    assert.deepEqual(
      { expanded: await expandedRows(), requests: sandbox.requests },
      { expanded: before, requests: [] },
    );
  });

  it("copies the row that was found by typing", async () => {
    const { workbench, sandbox } = scene;
    const [first, , third] = sandbox.state.authKeys;
    await workbench.tree.selectRow(first?.title ?? "");
    await workbench.page.keyboard.type(third?.title.slice(0, 4) ?? "");
    await workbench.tree.waitForFocus(third?.title ?? "");
    await workbench.press("Control+c");
    await workbench.waitForClipboard(third?.title ?? "");
  });

  it("copies the row that was found in the find box, and in the box what is typed there", async () => {
    const { workbench, sandbox } = scene;
    const [first, second] = sandbox.state.authKeys;
    const typed = second?.title.slice(0, -1) ?? "";
    await workbench.tree.selectRow(first?.title ?? "");
    await workbench.tree.find(typed);
    await workbench.tree.waitForFocus(second?.title ?? "");
    await workbench.press("Control+a", "Control+c");
    await workbench.waitForClipboard(typed);
    // The box stays open, and the keyboard goes from it to the row.
    await workbench.press("Enter");
    await workbench.tree.waitForKeyboard();
    await workbench.press("Control+c");
    await workbench.waitForClipboard(second?.title ?? "");
    await workbench.press("Escape");
  });

  it("copies several rows, one per line", async () => {
    const { workbench, sandbox } = scene;
    const [first, second] = sandbox.state.authKeys;
    await workbench.tree.selectRow(first?.title ?? "");
    await workbench.tree.selectRow(second?.title ?? "", { add: true });
    await workbench.press("Control+c");
    await workbench.waitForClipboard(`${first?.title}\n${second?.title}`);
    await workbench.waitForStatusBar("2 key IDs copied");
  });

  it("copies the secret of the row whose icon was clicked, whatever is selected with it", async () => {
    const { workbench, sandbox } = scene;
    const [first, second] = sandbox.state.apiKeys.page(0, 2);
    assert.ok(first && second);
    const masked = ({ apiKeyId }: typeof first) =>
      new RegExp(
        `^Primary key ••••${sandbox.state.apiKeys.valuesOf(apiKeyId).primaryKey.slice(-4)}$`,
      );
    for (const { apiKeyName } of [first, second]) await workbench.tree.expandRow(apiKeyName);
    await workbench.tree.selectRow(masked(first));
    await workbench.tree.selectRow(masked(second), { add: true });
    await workbench.tree.clickInlineAction(masked(second), "Copy Primary Key");
    await workbench.waitForClipboard(sandbox.state.apiKeys.valuesOf(second.apiKeyId).primaryKey);
    await workbench.waitForStatusBar(new RegExp(`Primary key of ${second.apiKeyName} copied; `));
    await workbench.screenshot("copy-value-of-two");
    for (const { apiKeyName } of [first, second]) await workbench.tree.collapseRow(apiKeyName);
    await workbench.tree.selectRow(first.apiKeyName);
    // The click opens the row as well. While its values come, the editor draws the rows anew.
    await workbench.tree.waitForRow(masked(first));
    await workbench.tree.selectRow(second.apiKeyName, { add: true });
    const offered = await workbench.tree.contextMenuItems(second.apiKeyName);
    assert.deepEqual(
      offered.filter((item) => /^(Copy .* Key|Edit|Rotate|Regenerate|Choose)\b/.test(item)),
      [],
    );
    assert.ok(offered.includes("Copy Key ID") && offered.includes("Delete API Key…"));
  });

  it("copies name, fingerprint and JSON from the context menu", async () => {
    const { workbench, sandbox } = scene;
    const third = sandbox.state.authKeys[2];
    assert.ok(third);
    await workbench.tree.contextMenu(third.title, "Copy Fingerprint");
    await workbench.waitForClipboard(third.fingerprint);
    await workbench.tree.contextMenu(third.title, "Copy Name");
    await workbench.waitForClipboard(third.name);
    await workbench.tree.contextMenu(third.title, "Copy as JSON");
    const copied = await workbench.waitForClipboard(/^\{/);
    assert.deepEqual(JSON.parse(copied), third);
  });

  it("asks which keys from the palette, one or several", async () => {
    const { workbench, sandbox } = scene;
    const [first, second] = sandbox.state.apiKeys.page(0, 2);
    await workbench.runCommand("Ncloud Keys: Copy Key ID");
    await workbench.quickPick.choose(first?.apiKeyName ?? "");
    await workbench.quickPick.choose(second?.apiKeyName ?? "");
    await workbench.screenshot("copy-from-palette");
    await workbench.quickPick.accept();
    await workbench.waitForClipboard(`${first?.apiKeyId}\n${second?.apiKeyId}`);
  });

  it("says in the pick which service cannot be reached", async () => {
    const { workbench, sandbox } = scene;
    const fault = sandbox.addFault({ kind: "status", status: 500, path: "/api/v1/api-keys" });
    await workbench.tree.clickInlineAction("API Keys", "Refresh");
    await workbench.tree.waitForRow(/Fault at NAVER Cloud/);
    await workbench.runCommand("Ncloud Keys: Copy Key ID");
    await workbench.quickPick.waitForItems("the reason", (items) =>
      items.some(
        ({ section }) => section === "API Gateway: API Gateway reports a fault of its own.",
      ),
    );
    await workbench.quickPick.cancel();
    fault.remove();
  });

  it("reads everything again from the view's title, whatever row has the focus", async () => {
    const { workbench, sandbox } = scene;
    await workbench.tree.selectRow(sandbox.state.authKeys[0]?.title ?? "");
    const read = sandbox.nextRequest({ path: "/api/v1/sub-accounts" });
    await workbench.clickViewAction("Refresh");
    await read;
    await workbench.tree.waitForNoRow(/Fault at NAVER Cloud/);
  });
});

describe("Copying from what is not all in view", () => {
  let scene: Scene;

  before(async () => {
    scene = await openScene({ sandbox: { apiKeys: 3, limitCap: 2, subAccounts: 2 } });
    await importAccount(scene);
  });

  after(() => scene.close());

  it("does not do what the row leads to that the keyboard is on", async () => {
    const { workbench } = scene;
    await workbench.tree.focus();
    await workbench.press("Home");
    await workbench.tree.waitForFocus("NSML Auth Keys");
    await workbench.tree.moveFocusTo("Needs an API key");
    await workbench.press("Control+c");
    await workbench.notifications.waitFor(/^There is no key to copy from here/);
    assert.equal(await workbench.quickPick.read(), undefined);
  });

  it("offers the access keys of a sub account that was never opened", async () => {
    const { workbench, sandbox } = scene;
    const subAccount = sandbox.state.subAccounts.find(({ accessKeys }) => accessKeys.length > 0);
    const id = subAccount?.accessKeys[0]?.accessKey ?? "";
    await workbench.runCommand("Ncloud Keys: Copy Key ID");
    // As who was told that this key has leaked.
    const { description } = await workbench.quickPick.waitForItem(/^ncp_iam_/);
    assert.match(description, /^access key · (in)?active$/);
    await workbench.quickPick.type(id);
    await workbench.quickPick.waitForItems("the key alone", (items) => items.length === 1);
    await workbench.quickPick.accept();
    await workbench.waitForClipboard(id);
  });

  it("keeps what was checked while more is loaded, and not what has the same name", async () => {
    const { workbench, sandbox } = scene;
    const { apiKeys } = sandbox.state;
    const [first, second] = apiKeys.all();
    assert.ok(first && second);
    apiKeys.put({ ...second, apiKeyName: first.apiKeyName });
    await workbench.tree.clickInlineAction("API Keys", "Refresh");
    await workbench.tree.waitForRows("Two keys of one name", (rows) => {
      return rows.filter(({ text }) => text === first.apiKeyName).length === 2;
    });
    await workbench.runCommand("Ncloud Keys: Copy Key ID");
    await workbench.quickPick.waitForItem(/^ncp_iam_/);
    await workbench.quickPick.choose(first.apiKeyName);
    await workbench.quickPick.pressButton("Load More");
    await workbench.quickPick.waitForItem(apiKeys.all()[2]?.apiKeyName ?? "");
    await workbench.quickPick.accept();
    await workbench.waitForClipboard(first.apiKeyId);
  });

  it("says that it was not the value that was copied from a value's row", async () => {
    const { workbench, sandbox } = scene;
    const [apiKey] = sandbox.state.apiKeys.all();
    const { apiKeyId = "" } = apiKey ?? {};
    await workbench.tree.expandRow(new RegExp(apiKeyId));
    await workbench.tree.selectRow(/^Primary key/);
    await workbench.press("Control+c");
    await workbench.waitForClipboard(apiKeyId);
    await workbench.waitForStatusBar("API key ID copied, not the value");
  });
});
