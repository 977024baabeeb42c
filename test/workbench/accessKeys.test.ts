import assert from "node:assert/strict";
import { fewest } from "../sandbox/keyHistory.ts";
import { accessKeyRow, openSignedInScene, type Scene } from "../support/scene/scene.ts";

describe("Access keys of a sub account", () => {
  let scene: Scene;

  before(async () => {
    scene = await openSignedInScene({
      prepare(_home, { state }) {
        const [owner, newcomer] = state.subAccounts;
        newcomer!.accessKeys = [];
        owner!.active = true;
        owner!.canAPIGatewayAccess = true;
        owner!.accessKeys = [{ ...owner!.accessKeys[0]!, active: false }];
      },
    });
  });

  after(() => scene.close());

  afterEach(() => scene.sandbox.clearFaults());

  const owner = () => scene.sandbox.state.subAccounts[0]!;
  const ownerRow = () => new RegExp(owner().loginId);
  const path = () => `/api/v1/sub-accounts/${owner().subAccountId}/access-keys`;
  /** The one that is there from the start. */
  const first = () => owner().accessKeys.at(-1)!;
  const states = () => owner().accessKeys.map(({ active }) => active);
  const writes = () => scene.sandbox.requests.filter(({ method }) => method !== "GET").length;
  const command = (title: string, key = first()) =>
    scene.workbench.tree.contextMenu(accessKeyRow(key.accessKey), title);

  it("is made from the row that says that there is none", async () => {
    const { workbench, sandbox } = scene;
    const newcomer = sandbox.state.subAccounts[1]!;
    const row = new RegExp(newcomer.loginId);
    await workbench.tree.expandRow(row);
    const { label } = await workbench.tree.waitForRow("No access key");
    assert.equal(label, "No access key. Create Access Key");
    await workbench.screenshot("no-access-key");
    await workbench.tree.clickRow("No access key");
    const { message } = await workbench.dialog.read();
    assert.equal(message, `Create an access key for ${newcomer.loginId}?`);
    await workbench.dialog.press("Create");
    await workbench.dialog.press("Copy Secret Key");
    await workbench.dialog.press("Close");
    await workbench.tree.waitForRow(accessKeyRow(newcomer.accessKeys[0]!.accessKey));
    await workbench.tree.collapseRow(row);
  });

  it("hands the secret key of a new access key over, and never shows it", async () => {
    const { workbench } = scene;
    await workbench.tree.contextMenu(ownerRow(), "Create Access Key…");
    await workbench.screenshot("create-access-key");
    await workbench.dialog.press("Create");
    const offered = await workbench.dialog.read();
    await workbench.screenshot("new-access-key");
    const [made] = owner().accessKeys;
    assert.ok(made);
    assert.match(offered.detail, /The clipboard is cleared 30 s after the secret key is copied/);
    assert.equal(offered.message, `The access key ${made.accessKey} was created.`);
    assert.equal(JSON.stringify(offered).includes(made.secretKey), false);
    await workbench.dialog.press("Close");
    const loss = await workbench.dialog.read();
    assert.match(loss.message, /^Close without the secret key of /);
    await workbench.dialog.press("Cancel");
    await workbench.dialog.press("Copy Secret Key");
    await workbench.waitForClipboard(made.secretKey);
    await workbench.dialog.press("Close");
  });

  it("offers to delete an access key whose secret was lost with the answer", async () => {
    const { workbench, sandbox } = scene;
    owner().accessKeys = [first()];
    sandbox.addFault({ kind: "loseAnswer", method: "POST", path: path(), times: 1 });
    await workbench.tree.contextMenu(ownerRow(), "Create Access Key…");
    await workbench.dialog.press("Create");
    const lost = /was created, but its secret key was lost on the way/;
    await workbench.notifications.waitFor(lost);
    await workbench.screenshot("secret-lost");
    assert.equal(owner().accessKeys.length, 2);
    const { accessKey } = owner().accessKeys[0]!;
    await workbench.notifications.press(lost, "Delete It");
    await workbench.waitForStatusBar(`${accessKey} was deleted.`);
    await workbench.tree.expandRow(ownerRow());
    await workbench.tree.waitForRows(
      "one access key",
      (rows) => rows.filter(({ level }) => level === 3).length === 1,
    );
    assert.equal(owner().accessKeys.length, 1);
  });

  it("is switched on and off by its commands, and back again from the message of each", async () => {
    const { workbench, sandbox } = scene;
    await command("Activate Access Key");
    await workbench.tree.waitForRow(/\w+ active/);
    assert.deepEqual(states(), [true]);
    await workbench.notifications.waitFor(`${first().accessKey} is active.`);
    await workbench.screenshot("activated-access-key");
    await workbench.notifications.press(/ is active\.$/, "Undo");
    await workbench.tree.waitForRow(/\w+ inactive/);
    assert.deepEqual(states(), [false]);
    await command("Activate Access Key");
    await workbench.tree.waitForRow(/\w+ active/);
    await workbench.notifications.clear();

    sandbox.resetRequests();
    await command("Deactivate Access Key…");
    const asked = await workbench.dialog.read();
    await workbench.screenshot("deactivate-access-key");
    assert.match(asked.detail, /are refused until the key is activated again/);
    await workbench.dialog.press("Cancel");
    assert.deepEqual([states(), writes()], [[true], 0]);

    await command("Deactivate Access Key…");
    await workbench.dialog.press("Deactivate");
    await workbench.tree.waitForRow(/\w+ inactive/);
    assert.deepEqual(states(), [false]);
    await workbench.notifications.press(/ is inactive\.$/, "Undo");
    await workbench.tree.waitForRow(/\w+ active/);
    assert.deepEqual(states(), [true]);
    await workbench.notifications.clear();
  });

  it("stays as it is when switching it off or deleting it fails", async () => {
    const { workbench, sandbox } = scene;
    for (const method of ["PUT", "DELETE"]) {
      sandbox.addFault({ kind: "status", status: 500, method, path: path(), times: 1 });
    }
    await command("Deactivate Access Key…");
    await workbench.dialog.press("Deactivate");
    await workbench.notifications.waitFor(/^Switching off failed\. Sub Account reports a fault/);
    assert.deepEqual(states(), [true]);

    await command("Delete Access Key…");
    const asked = await workbench.dialog.read();
    assert.equal(asked.message, `Delete the access key ${first().accessKey}?`);
    assert.match(asked.detail, /This cannot be undone/);
    await workbench.dialog.press("Delete");
    const failed = /^Deleting failed\. Sub Account reports a fault/;
    await workbench.notifications.waitFor(failed);
    await workbench.screenshot("delete-access-key-failed");
    assert.deepEqual(states(), [true]);
    await workbench.tree.waitForRow(/\w+ active/);
    await workbench.notifications.clear();
  });

  it("signs in with a new one at once", async () => {
    const { workbench } = scene;
    await workbench.tree.contextMenu(ownerRow(), "Create Access Key…");
    await workbench.dialog.press("Create");
    await workbench.dialog.press("Sign In With It");
    await workbench.waitForStatusBar(new RegExp(`Signed in to ${owner().loginId}`));
    await workbench.waitForViewTitle(new RegExp(owner().loginId));
    // The rows of the account before stand there until those of this one, which has no such key.
    await workbench.tree.waitForRow(/^Needs an API key/);
    await workbench.screenshot("signed-in-with-new-key");
    assert.deepEqual(states(), [true, true]);
  });

  it("deletes another one for good, and leaves it when that is not confirmed", async () => {
    const { workbench } = scene;
    const { accessKey } = first();
    await workbench.tree.expandRow(ownerRow());
    await command("Delete Access Key…");
    await workbench.dialog.press("Cancel");
    assert.deepEqual(states(), [true, true]);
    await command("Delete Access Key…");
    const asked = await workbench.dialog.read();
    assert.doesNotMatch(asked.detail, /signs in with this access key/);
    await workbench.dialog.press("Delete");
    await workbench.tree.waitForNoRow(accessKeyRow(accessKey));
    assert.deepEqual(states(), [true]);
  });

  it("is replaced for the account that signs with it, in a rotation that goes on with the new one", async () => {
    const { workbench, sandbox } = scene;
    const label = owner().loginId;
    const { accessKey: old } = first();
    sandbox.history.restart();
    await command("Rotate Access Key…");
    await workbench.dialog.press("Create");
    const asked = await workbench.dialog.read();
    await workbench.screenshot("rotate-own-key");
    const { accessKey } = owner().accessKeys[0]!;
    assert.equal(asked.message, `Use the new access key ${accessKey} here?`);
    assert.ok(asked.detail.startsWith(`“${label}” signs in with ${old}.`), asked.detail);
    await workbench.dialog.press("Use the New One");
    const inUse = await workbench.dialog.read();
    await workbench.screenshot("rotate-own-key-in-use");
    assert.match(inUse.detail, /^VS Code signs in with it now\./);
    await workbench.dialog.press("Close");
    const off = await workbench.dialog.read();
    assert.equal(off.message, `Deactivate the old access key ${old} now?`);
    assert.doesNotMatch(off.detail, /signs in with this access key/);
    await workbench.dialog.press("Deactivate");
    const done = `${old} is inactive and ${accessKey} takes its place.`;
    await workbench.notifications.press(new RegExp(`^${done}`), "Delete…");
    await workbench.dialog.press("Delete");
    await workbench.tree.expandRow(ownerRow());
    await workbench.tree.waitForRow(accessKeyRow(accessKey));
    await workbench.tree.waitForNoRow(accessKeyRow(old));
    await workbench.screenshot("rotated-own-key");
    assert.deepEqual(
      { states: states(), fewest: fewest(sandbox.history.accessKeys(owner().subAccountId)) },
      { states: [true], fewest: 1 },
    );
    await workbench.notifications.clear();
  });

  it("warns of the very key that signs the requests, and shows what follows", async () => {
    const { workbench } = scene;
    await command("Deactivate Access Key…");
    const asked = await workbench.dialog.read();
    await workbench.screenshot("deactivate-own-key");
    const label = owner().loginId;
    assert.ok(asked.detail.includes(`“${label}” signs in with this access key`), asked.detail);
    await workbench.dialog.press("Cancel");
    assert.deepEqual(states(), [true]);

    const { accessKey } = first();
    await command("Delete Access Key…");
    await workbench.dialog.press("Delete");
    await workbench.waitForStatusBar(`${accessKey} was deleted.`);
    await workbench.tree.waitForNoRow(accessKeyRow(accessKey));
    assert.deepEqual(states(), []);
    await workbench.runCommand("Ncloud Keys: Refresh");
    await workbench.tree.waitForRows("Groups that cannot be read any more", (rows) =>
      rows.some(({ description }) => description === "Sign In"),
    );
    await workbench.screenshot("own-key-deleted");
  });
});
