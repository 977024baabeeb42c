import assert from "node:assert/strict";
import { fewest, fewestKept, fewestOf } from "../sandbox/keyHistory.ts";
import {
  accessKeyRow,
  openSignedInScene,
  registerKey,
  type Scene,
} from "../support/scene/scene.ts";

describe("Rotating keys", () => {
  let scene: Scene;

  before(async () => {
    scene = await openSignedInScene({
      prepare(home, sandbox) {
        registerKey(sandbox, "old-laptop", home.addKeyPair("id_rsa", "rsa-3072", "old"), 400);
        home.addKeyPair("id_ed25519", "ed25519", "new-laptop");
        const owner = sandbox.state.subAccounts[0]!;
        owner.active = true;
        owner.canAPIGatewayAccess = true;
        const [first] = owner.accessKeys;
        owner.accessKeys = [
          { ...first!, active: true },
          { ...first!, accessKey: "ncp_iam_SECONDSECONDSECONDSE", active: true },
        ];
      },
    });
  });

  after(() => scene.close());

  const owner = () => scene.sandbox.state.subAccounts[0]!;
  const titles = () => scene.sandbox.state.authKeys.map(({ title }) => title);
  const path = () => `/api/v1/sub-accounts/${owner().subAccountId}/access-keys`;
  const states = () => owner().accessKeys.map(({ active }) => active);
  const mlTraining = () =>
    scene.sandbox.state.apiKeys.all().find(({ apiKeyName }) => apiKeyName === "ml-training")!;
  let old: Scene["sandbox"]["state"]["authKeys"][number];

  it("leaves the old auth key and says so when another one cannot be uploaded", async () => {
    const { workbench, sandbox } = scene;
    sandbox.history.restart();
    const before = titles();
    old = sandbox.state.authKeys.find(({ title }) => title === "old-laptop")!;
    const request = { method: "POST", path: "/nsml/v1/auth-keys" };
    sandbox.addFault({ kind: "status", status: 500, ...request, times: 1 });
    await workbench.tree.contextMenu("old-laptop", "Rotate Auth Key…");
    await workbench.quickPick.choose("id_ed25519.pub");
    await workbench.inputBox.waitFor({ message: /Title of the Ed25519 key/ });
    await workbench.inputBox.accept();
    await workbench.notifications.waitFor(
      "Upload failed. NSML reports a fault of its own. Try again in a moment.",
    );
    await workbench.screenshot("rotate-auth-key-failed");
    await workbench.notifications.clear();
    await workbench.waitForStatusBar("Stopped; the auth key old-laptop was not touched");
    await workbench.screenshot("rotate-auth-key-stopped");
    assert.deepEqual(
      { titles: titles(), kept: fewestOf(sandbox.history.authKeys(), [old.name]) },
      { titles: before, kept: 1 },
    );
  });

  it("uploads another auth key before it offers to delete the old one", async () => {
    const { workbench } = scene;
    await workbench.tree.contextMenu("old-laptop", "Rotate Auth Key…");
    await workbench.quickPick.choose("id_ed25519.pub");
    await workbench.inputBox.waitFor({ message: /Title of the Ed25519 key/ });
    await workbench.inputBox.accept();
    const asked = await workbench.dialog.read();
    await workbench.screenshot("rotate-auth-key");
    assert.equal(asked.message, "Delete the old auth key old-laptop now?");
    assert.ok(titles().includes("new-laptop") && titles().includes("old-laptop"));
    await workbench.dialog.press("Cancel");
    await workbench.notifications.waitFor(
      "Stopped. Both new-laptop (new) and old-laptop (old) work now.",
    );
    await workbench.notifications.clear();
  });

  it("goes on with a key that is in NSML already, and deletes the old one", async () => {
    const { workbench, sandbox } = scene;
    await workbench.tree.contextMenu("old-laptop", "Rotate Auth Key…");
    await workbench.quickPick.choose("id_ed25519.pub");
    await workbench.dialog.press("Delete");
    await workbench.tree.waitForNoRow("old-laptop");
    assert.ok(titles().includes("new-laptop") && !titles().includes("old-laptop"));
    const added = sandbox.state.authKeys.find(({ title }) => title === "new-laptop")!;
    assert.equal(fewestOf(sandbox.history.authKeys(), [old.name, added.name]), 1);
    await workbench.notifications.clear();
  });

  it("makes room at the limit of active access keys, and never leaves the sub account without one", async () => {
    const { workbench, sandbox } = scene;
    sandbox.history.restart();
    await workbench.tree.expandRow(new RegExp(owner().loginId));
    await workbench.tree.waitForRow(/^SECO…/);
    const [old] = owner().accessKeys;
    const row = accessKeyRow(old!.accessKey);
    await workbench.tree.contextMenu(row, "Rotate Access Key…");
    await workbench.dialog.press("Create");
    const item = await workbench.quickPick.waitForItem(old!.accessKey);
    assert.match(item.description, /^active · .* old · the one to be rotated$/);
    await workbench.screenshot("rotate-make-room");
    await workbench.quickPick.choose("ncp_iam_SECONDSECONDSECONDSE");
    const room = await workbench.dialog.read();
    assert.match(room.message, /^Deactivate the access key ncp_iam_SECOND\w+ to make room\?$/);
    await workbench.dialog.press("Deactivate");
    const offered = await workbench.dialog.read();
    assert.match(offered.message, /^The access key ncp_iam_\w+ was created\.$/);
    await workbench.dialog.press("Copy Secret Key");
    await workbench.waitForClipboard(owner().accessKeys[0]!.secretKey);
    await workbench.dialog.press("Close");
    const off = await workbench.dialog.read();
    await workbench.screenshot("rotate-old-off");
    assert.equal(off.message, `Deactivate the old access key ${old!.accessKey} now?`);
    sandbox.addFault({ kind: "status", status: 500, method: "PUT", path: path(), times: 1 });
    await workbench.dialog.press("Deactivate");
    const failed =
      "Rotating failed. Sub Account reports a fault of its own. Try again in a moment.";
    await workbench.notifications.waitFor(failed);
    await workbench.screenshot("rotate-old-off-failed");
    assert.deepEqual(states(), [true, true, false]);
    await workbench.notifications.press(failed, "Retry");
    const done = /is inactive and \w+ takes its place.* ncp_iam_SECOND\w+ is inactive, too/;
    await workbench.notifications.waitFor(done);
    await workbench.screenshot("rotate-delete-old");
    await workbench.notifications.press(done, "Delete…");
    await workbench.dialog.press("Delete");
    await workbench.tree.waitForNoRow(row);
    await workbench.screenshot("rotated-access-key");
    assert.deepEqual(
      { states: states(), fewest: fewest(sandbox.history.accessKeys(owner().subAccountId)) },
      { states: [true, false], fewest: 1 },
    );
    await workbench.notifications.clear();
  });

  it("says where things stand when a new access key cannot be made, and when the old one is to stay", async () => {
    const { workbench, sandbox } = scene;
    sandbox.history.restart();
    sandbox.addFault({ kind: "status", status: 500, method: "POST", path: path(), times: 1 });
    const [before] = owner().accessKeys;
    await workbench.tree.contextMenu(accessKeyRow(before!.accessKey), "Rotate Access Key…");
    await workbench.dialog.press("Create");
    const failed = /^Rotating failed\. Sub Account reports a fault/;
    await workbench.notifications.waitFor(failed);
    await workbench.screenshot("rotate-failed");
    assert.deepEqual(states(), [true, false]);
    await workbench.notifications.press(failed, "Retry");
    await workbench.dialog.press("Copy Secret Key");
    await workbench.dialog.press("Close");
    const off = await workbench.dialog.read();
    assert.equal(off.message, `Deactivate the old access key ${before!.accessKey} now?`);
    await workbench.dialog.press("Cancel");
    const [added] = owner().accessKeys;
    await workbench.notifications.waitFor(
      `Stopped. Both ${added!.accessKey} (new) and ${before!.accessKey} (old) are active now.`,
    );
    await workbench.tree.waitForRow(accessKeyRow(added!.accessKey));
    await workbench.screenshot("rotate-access-key-stopped");
    assert.deepEqual(
      { states: states(), kept: fewestKept(sandbox.history.accessKeys(owner().subAccountId)) },
      { states: [true, true, false], kept: 1 },
    );
    await workbench.notifications.clear();
  });

  it("leaves the primary value of an API key when renewing it fails, and when it is to stay", async () => {
    const { workbench, sandbox } = scene;
    const { apiKeyId } = mlTraining();
    const before = sandbox.state.apiKeys.valuesOf(apiKeyId);
    const now = () => sandbox.state.apiKeys.valuesOf(apiKeyId);
    sandbox.history.restart();
    await workbench.tree.contextMenu("ml-training", "Rotate API Key…");
    await workbench.dialog.press("Regenerate");
    const moved = /^The secondary key of ml-training is new\. Move everything to it/;
    await workbench.notifications.waitFor(moved);
    const { secondaryKey } = now();
    assert.notEqual(secondaryKey, before.secondaryKey);
    const request = { method: "PATCH", path: `/api/v1/api-keys/${apiKeyId}` };
    sandbox.addFault({ kind: "status", status: 500, ...request, times: 1 });
    await workbench.notifications.press(moved, "Regenerate Primary Key");
    await workbench.dialog.press("Regenerate");
    const failed =
      "Rotating failed. API Gateway reports a fault of its own. Try again in a moment.";
    await workbench.notifications.press(failed, "Retry");
    await workbench.notifications.press(moved, "Regenerate Primary Key");
    await workbench.dialog.press("Cancel");
    await workbench.notifications.waitFor(
      "Stopped. The secondary key of ml-training is new; the primary key is what it was.",
    );
    await workbench.screenshot("rotate-api-key-stopped");
    assert.deepEqual(
      { now: now(), kept: fewestKept(sandbox.history.apiKeyValues(apiKeyId)) },
      { now: { primaryKey: before.primaryKey, secondaryKey }, kept: 1 },
    );
    await workbench.notifications.clear();
  });

  it("renews the secondary value of an API key, and the primary once everything has moved over", async () => {
    const { workbench, sandbox } = scene;
    const key = mlTraining();
    const before = sandbox.state.apiKeys.valuesOf(key.apiKeyId);
    sandbox.history.restart();
    await workbench.tree.contextMenu("ml-training", "Rotate API Key…");
    assert.match((await workbench.dialog.read()).message, /^Regenerate the secondary key of/);
    await workbench.dialog.press("Regenerate");
    const moved = /^The secondary key of ml-training is new\. Move everything to it/;
    await workbench.notifications.waitFor(moved);
    await workbench.screenshot("rotate-api-key");
    await workbench.notifications.press(moved, "Copy Secondary Key");
    const { secondaryKey } = sandbox.state.apiKeys.valuesOf(key.apiKeyId);
    await workbench.waitForClipboard(secondaryKey);
    await workbench.notifications.press(moved, "Regenerate Primary Key");
    assert.match((await workbench.dialog.read()).detail, /“default” sends this value to NSML/);
    await workbench.dialog.press("Regenerate");
    await workbench.notifications.waitFor("Both values of ml-training are new.");
    const now = sandbox.state.apiKeys.valuesOf(key.apiKeyId);
    assert.ok(now.primaryKey !== before.primaryKey && now.secondaryKey !== before.secondaryKey);
    assert.equal(fewestKept(sandbox.history.apiKeyValues(key.apiKeyId)), 1);
    await workbench.runCommand("Ncloud Keys: Refresh");
    await workbench.tree.waitForRow("new-laptop");
  });
});
