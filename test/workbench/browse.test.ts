import assert from "node:assert/strict";
import {
  accessKeyRow,
  chooseApiKeyForNsml,
  importAccount,
  openScene,
  registerKey,
} from "../support/scene/scene.ts";
import type { Scene } from "../support/scene/scene.ts";

describe("Browsing the keys", () => {
  let scene: Scene;

  before(async () => {
    scene = await openScene({
      sandbox: { apiKeys: 104, subAccounts: 3, authKeys: 2 },
      prepare(home, sandbox) {
        const line = home.addKeyPair("id_ed25519", "ed25519", "jiwoo@laptop");
        registerKey(sandbox, "my-laptop", line, 40);
      },
    });
  });

  after(() => scene.close());

  it("imports the account of ~/.ncloud/configure with two clicks", async () => {
    const { workbench, sandbox } = scene;
    await workbench.welcome.press("Import Account…");
    const source = await workbench.quickPick.waitForItem("default");
    await workbench.screenshot("import");
    assert.deepEqual(
      { description: source.description, detail: source.detail },
      {
        description: sandbox.accessKeyId,
        detail: `Custom origin ${sandbox.origin} · from ~/.ncloud/configure`,
      },
    );
    await workbench.quickPick.choose("default");
    await workbench.tree.waitForRow("API Keys");
    await workbench.waitForStatusBar("Signed in to default");
  });

  it("leads to the API key that NSML needs, and marks the key of this computer", async () => {
    const { workbench } = scene;
    const needed = await workbench.tree.waitForRow(/Needs an API key/);
    assert.equal(
      needed.label,
      "Needs an API key. NSML asks for an API key beside the signature. Choose one of the account's. Choose API Key",
    );
    await chooseApiKeyForNsml(scene);
    const row = await workbench.tree.waitForRow(/my-laptop/);
    assert.match(row.description, /^id_ed25519\.pub · \d{4}-\d\d-\d\d$/);
    assert.match(row.label, /^my-laptop, auth key of this computer/);
  });

  it("pages the API keys by a hundred", async () => {
    const { workbench } = scene;
    await workbench.tree.collapseRow("NSML Auth Keys");
    await workbench.tree.focus();
    await workbench.press("End");
    // The last row in sight belongs to the sub accounts below.
    await workbench.tree.collapseRow("Sub Account Access Keys");
    const more = await workbench.tree.waitForRow(/^Load More/);
    assert.equal(more.description, "100 of 104");
    await workbench.tree.clickRow("Load More");
    await workbench.tree.waitForNoRow("Load More");
    await workbench.press("End");
    await workbench.tree.waitForRow("Sub Account Access Keys");
    await workbench.tree.expandRow("Sub Account Access Keys");
  });

  it("shows an API key's values masked, and only when its row is opened", async () => {
    const { workbench, sandbox } = scene;
    await workbench.press("Home");
    const [apiKey] = sandbox.state.apiKeys.page(0, 1);
    assert.ok(apiKey);
    const path = new RegExp(`/api-keys/${apiKey.apiKeyId}$`);
    const before = sandbox.requests.filter((request) => path.test(request.path)).length;
    sandbox.resetRequests();
    await workbench.tree.expandRow(apiKey.apiKeyName);
    const primary = await workbench.tree.waitForRow(/^Primary key/);
    const secondary = await workbench.tree.waitForRow(/^Secondary key/);
    const values = sandbox.state.apiKeys.valuesOf(apiKey.apiKeyId);
    assert.deepEqual(
      {
        before,
        after: sandbox.requests.filter((request) => path.test(request.path)).length,
        primary: primary.description,
        secondary: secondary.description,
      },
      {
        // Once for the value that NSML requests carry.
        before: 1,
        after: 1,
        primary: `••••${values.primaryKey.slice(-4)}`,
        secondary: `••••${values.secondaryKey.slice(-4)}`,
      },
    );
    await workbench.screenshot("api-key-detail");
    await workbench.tree.collapseRow(apiKey.apiKeyName);
    // A value that was changed meanwhile, and that a row opened again has to show.
    sandbox.state.apiKeys.regenerate(apiKey.apiKeyId, "secondaryKey");
    const changed = sandbox.state.apiKeys.valuesOf(apiKey.apiKeyId).secondaryKey;
    await workbench.tree.expandRow(apiKey.apiKeyName);
    await workbench.tree.waitForRow(new RegExp(`^Secondary key ••••${changed.slice(-4)}$`));
    await workbench.tree.collapseRow(apiKey.apiKeyName);
    await workbench.tree.collapseRow("API Keys");
  });

  it("shows the access keys of a sub account with their state and age", async () => {
    const { workbench, sandbox } = scene;
    const subAccount = sandbox.state.subAccounts.find(({ accessKeys }) => accessKeys.length > 0);
    assert.ok(subAccount);
    await workbench.tree.expandRow(new RegExp(`\\b${subAccount.loginId}\\b`));
    const id = subAccount.accessKeys[0]?.accessKey ?? "";
    const row = await workbench.tree.waitForRow(accessKeyRow(id));
    assert.ok(row.label.startsWith(`${id}, access key, `));
    assert.match(
      row.description,
      /^((old|of no use to its owner) · )*(active|inactive) · (today|\d+ (day|month|year)s?)$/,
    );
    await workbench.tree.expandRow("NSML Auth Keys");
    await workbench.tree.expandRow("API Keys");
  });

  it("keeps what is expanded and selected over a refresh", async () => {
    const { workbench } = scene;
    await workbench.tree.selectRow(/my-laptop/);
    const before = await workbench.tree.rows();
    const next = scene.sandbox.nextRequest({ path: "/nsml/v1/auth-keys" });
    await workbench.runCommand("Ncloud Keys: Refresh");
    await next;
    await scene.sandbox.idle();
    assert.deepEqual(await workbench.tree.rows(), before);
  });

  it("says above the rows that this computer's clock is off, for as long as it is", async () => {
    const { workbench, sandbox } = scene;
    const { switches } = sandbox.state;
    const refresh = async () => {
      await workbench.runCommand("Ncloud Keys: Refresh");
      await sandbox.idle();
    };
    await workbench.tree.waitForMessage("");
    switches.clockOffset = 10 * 60_000;
    await refresh();
    await workbench.tree.waitForMessage(
      "The clock of this computer is 10 minutes behind NAVER Cloud's.",
    );
    await workbench.screenshot("clock-off");
    switches.clockOffset = 0;
    await refresh();
    await workbench.tree.waitForMessage("");
  });

  it("is still signed in after the window was reloaded", async () => {
    const { workbench } = scene;
    await workbench.reload();
    await workbench.openView();
    await workbench.tree.waitForRow(/my-laptop/);
  });
});

describe("Browsing when not all is well", () => {
  let scene: Scene;

  before(async () => {
    scene = await openScene({ sandbox: { nsmlSubscribed: false, deny: ["subAccount"] } });
    await importAccount(scene);
  });

  after(() => scene.close());

  it("shows a quiet row where the account has no NSML", async () => {
    const { workbench } = scene;
    await chooseApiKeyForNsml(scene);
    const row = await workbench.tree.waitForRow(/^Not available/);
    assert.equal(row.level, 2);
  });

  it("takes a sub account by its ID from who may not list them", async () => {
    const { workbench } = scene;
    await workbench.tree.clickRow("No permission to list");
    await workbench.inputBox.waitFor({ title: "Add Sub Account ID" });
    await workbench.inputBox.type("../evil");
    await workbench.inputBox.waitFor({ message: /letters, digits and - only/ });
    await workbench.inputBox.type("2b141960-0000-0000-0000-000000000000");
    await workbench.inputBox.accept();
    await workbench.tree.waitForRow("2b141960-0000-0000-0000-000000000000");
    await workbench.screenshot("not-available");
  });

  it("shows one group's outage as a row with Retry, while the others work", async () => {
    const { workbench, sandbox } = scene;
    const fault = sandbox.addFault({ kind: "status", status: 500, path: "/api/v1/api-keys" });
    await workbench.tree.clickInlineAction("API Keys", "Refresh");
    const failure = await workbench.tree.waitForRow(/Fault at NAVER Cloud/);
    await workbench.screenshot("group-down");
    const rows = await workbench.tree.rows();
    assert.deepEqual(
      {
        action: failure.description,
        oldRowsStay: rows.some(({ text }) => text === "ml-training"),
        others: rows.filter(({ text }) => text === "Fault at NAVER Cloud").length,
      },
      { action: "Retry", oldRowsStay: true, others: 1 },
    );
    fault.remove();
    await workbench.tree.clickInlineAction(/Fault at NAVER Cloud/, "Retry");
    await workbench.tree.waitForNoRow(/Fault at NAVER Cloud/);
  });

  it("names the field of an answer that has the wrong shape", async () => {
    const { workbench, sandbox } = scene;
    const fault = sandbox.addFault({
      kind: "wrongShape",
      json: { apiKeys: [{ apiKeyId: 7 }], total: 1 },
      path: "/api/v1/api-keys",
    });
    await workbench.tree.clickInlineAction("API Keys", "Refresh");
    const failure = await workbench.tree.waitForRow(/Answer not understood/);
    fault.remove();
    assert.match(failure.label, /apiKeys\[0\]\.apiKeyId/);
  });

  it("says nothing of the clock above the welcome view", async () => {
    const { workbench, sandbox } = scene;
    sandbox.state.switches.clockOffset = -3 * 3_600_000;
    await workbench.runCommand("Ncloud Keys: Refresh");
    await workbench.tree.waitForMessage(/3 hours ahead/);
    await workbench.runCommand("Ncloud Keys: Sign Out…");
    await workbench.dialog.press("Sign Out");
    const { buttons } = await workbench.welcome.read();
    await workbench.tree.waitForMessage("");
    assert.deepEqual(buttons, ["Import Account…"]);
  });
});
