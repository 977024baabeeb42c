import assert from "node:assert/strict";
import {
  chooseApiKeyForNsml,
  importAccount,
  openScene,
  registerKey,
} from "../support/scene/scene.ts";
import type { Scene } from "../support/scene/scene.ts";
import { changeSetting } from "../support/workbench/userSettings.ts";

describe("Changing keys", () => {
  let scene: Scene;

  before(async () => {
    scene = await openScene({
      prepare(home, sandbox) {
        const line = home.addKeyPair("id_ed25519", "ed25519", "jiwoo@laptop");
        registerKey(sandbox, "my-laptop", line, 40);
      },
    });
    await importAccount(scene);
    await chooseApiKeyForNsml(scene);
  });

  after(() => scene.close());

  const titles = () => scene.sandbox.state.authKeys.map(({ title }) => title);
  const writes = () => scene.sandbox.requests.filter(({ method }) => method !== "GET").length;
  const apiKey = (name: string) =>
    scene.sandbox.state.apiKeys.all().find((key) => key.apiKeyName === name);

  it("asks before an auth key is deleted, and leaves it when the person does not confirm", async () => {
    const { workbench, sandbox } = scene;
    sandbox.resetRequests();
    await workbench.tree.contextMenu("my-laptop", "Delete Auth Key…");
    const asked = await workbench.dialog.read();
    await workbench.screenshot("delete-auth-key");
    assert.equal(asked.message, "Delete the auth key my-laptop from NSML?");
    assert.match(asked.detail, /Logging in to NSML with a deleted key stops working/);
    await workbench.dialog.press("Cancel");
    assert.deepEqual(
      { there: titles().includes("my-laptop"), writes: writes() },
      { there: true, writes: 0 },
    );
  });

  it("deletes an auth key, and puts it back from the message", async () => {
    const { workbench } = scene;
    await workbench.tree.contextMenu("my-laptop", "Delete Auth Key…");
    await workbench.dialog.press("Delete");
    await workbench.notifications.waitFor("my-laptop was deleted from NSML.");
    await workbench.tree.waitForNoRow("my-laptop");
    await workbench.screenshot("deleted-auth-key");
    assert.equal(titles().includes("my-laptop"), false);
    await workbench.notifications.press("my-laptop was deleted from NSML.", "Undo");
    await workbench.tree.waitForRow("my-laptop");
    assert.equal(titles().filter((title) => title === "my-laptop").length, 1);
  });

  it("deletes several selected auth keys after one question, one failure among them", async () => {
    const { workbench, sandbox } = scene;
    const [first, second] = titles().filter((title) => title !== "my-laptop");
    assert.ok(first !== undefined && second !== undefined);
    sandbox.addFault({
      kind: "status",
      status: 500,
      method: "DELETE",
      path: `/nsml/v1/auth-keys/title/${second}/`,
    });
    await workbench.tree.selectRow(first);
    await workbench.tree.selectRow(second, { add: true });
    await workbench.tree.focus();
    await workbench.press("Delete");
    const asked = await workbench.dialog.read();
    await workbench.screenshot("delete-several");
    assert.match(asked.message, /^Delete 2 auth keys from NSML\?$/);
    assert.ok(asked.detail.includes(first) && asked.detail.includes(second));
    await workbench.dialog.press("Delete");
    const summary = await workbench.notifications.waitFor(/^Delete: 1 of 2 done\./);
    await workbench.screenshot("deleted-one-of-two");
    assert.ok(summary.message.includes(`${second}: Fault at NAVER Cloud`), summary.message);
    sandbox.clearFaults();
    await workbench.tree.waitForNoRow(first);
    assert.deepEqual([titles().includes(first), titles().includes(second)], [false, true]);
    await workbench.notifications.clear();
  });

  it("makes an API key from its name and description, and shows it", async () => {
    const { workbench } = scene;
    await workbench.tree.clickInlineAction(/^API Keys/, "Create API Key…");
    await workbench.inputBox.waitFor({ title: "Create API Key", step: "1/2" });
    await workbench.inputBox.type("a name of more than twenty");
    await workbench.inputBox.waitFor({ message: /At most 20 characters, 26 now/ });
    await workbench.inputBox.type("batch-jobs");
    await workbench.inputBox.accept();
    await workbench.inputBox.waitFor({ step: "2/2" });
    await workbench.inputBox.type("nightly");
    await workbench.inputBox.accept();
    await workbench.notifications.waitFor("The API key batch-jobs was created.");
    await workbench.tree.waitForRows("the new row, selected", (rows) =>
      rows.some(({ text, selected }) => text === "batch-jobs" && selected),
    );
    await workbench.screenshot("created-api-key");
    await workbench.notifications.press("The API key batch-jobs was created.", "Copy Primary Key");
    const made = apiKey("batch-jobs");
    assert.ok(made);
    await workbench.waitForClipboard(
      scene.sandbox.state.apiKeys.valuesOf(made.apiKeyId).primaryKey,
    );
    await workbench.waitForStatusBar(/Primary key copied; the clipboard is cleared in 30 s/);
    assert.equal(made.apiKeyDescription, "nightly");
  });

  it("renames an API key and keeps the rest of it", async () => {
    const { workbench } = scene;
    await workbench.tree.contextMenu("batch-jobs", "Edit API Key…");
    const name = await workbench.inputBox.waitFor({ title: "Edit API Key", step: "1/2" });
    assert.equal(name.value, "batch-jobs");
    await workbench.inputBox.type("nightly-jobs");
    await workbench.inputBox.accept();
    const description = await workbench.inputBox.waitFor({ step: "2/2" });
    assert.equal(description.value, "nightly");
    await workbench.inputBox.accept();
    await workbench.tree.waitForRow("nightly-jobs");
    const { apiKeyDescription, isEnabled } = apiKey("nightly-jobs")!;
    assert.deepEqual(
      { apiKeyDescription, isEnabled },
      { apiKeyDescription: "nightly", isEnabled: true },
    );
  });

  it("warns that the API key to be disabled is the one NSML requests carry", async () => {
    const { workbench } = scene;
    await workbench.tree.contextMenu("ml-training", "Disable API Key…");
    const asked = await workbench.dialog.read();
    await workbench.screenshot("disable-nsml-key");
    assert.match(asked.detail, /“default” sends this API key to NSML/);
    await workbench.dialog.press("Cancel");
    assert.equal(apiKey("ml-training")?.isEnabled, true);
  });

  it("disables an API key and enables it again from the message", async () => {
    const { workbench } = scene;
    await workbench.tree.contextMenu("nightly-jobs", "Disable API Key…");
    await workbench.dialog.press("Disable");
    await workbench.tree.waitForRow(/^nightly-jobs .*disabled/);
    assert.equal(apiKey("nightly-jobs")?.isEnabled, false);
    await workbench.notifications.press(/^nightly-jobs \(\w+\) is disabled\.$/, "Undo");
    await workbench.tree.waitForRows("the key enabled again", (rows) =>
      rows.some(
        ({ text, description }) => text === "nightly-jobs" && !description.includes("disabled"),
      ),
    );
    assert.equal(apiKey("nightly-jobs")?.isEnabled, true);
    await workbench.notifications.clear();
  });

  it("regenerates the value that NSML requests carry, and goes on with the new one", async () => {
    const { workbench, sandbox } = scene;
    const id = apiKey("ml-training")!.apiKeyId;
    const before = sandbox.state.apiKeys.valuesOf(id).primaryKey;
    await workbench.tree.contextMenu("ml-training", "Regenerate API Key…");
    const items = await workbench.quickPick.waitForItems("Two values", (all) => all.length === 2);
    await workbench.screenshot("regenerate-pick");
    assert.match(items[0]?.description ?? "", /“default” sends it to NSML/);
    await workbench.quickPick.choose(/Primary key/);
    const asked = await workbench.dialog.read();
    assert.match(asked.detail, /the new one is stored for it in the same step/);
    await workbench.dialog.press("Regenerate");
    await workbench.notifications.waitFor("ml-training has a new value.");
    assert.notEqual(sandbox.state.apiKeys.valuesOf(id).primaryKey, before);
    await workbench.runCommand("Ncloud Keys: Refresh");
    await workbench.tree.waitForRow("my-laptop");
    await workbench.notifications.clear();
  });

  it("hands the secret key of a new access key over, and never shows it", async () => {
    const { workbench, sandbox } = scene;
    const [owner] = sandbox.state.subAccounts;
    assert.ok(owner);
    owner.accessKeys.length = 1;
    await workbench.tree.contextMenu(new RegExp(owner.loginId), "Create Access Key…");
    await workbench.screenshot("create-access-key");
    await workbench.dialog.press("Create");
    const offered = await workbench.dialog.read();
    await workbench.screenshot("new-access-key");
    const [made] = owner.accessKeys;
    assert.ok(made);
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

  it("takes a secret off the clipboard again after the time that is set", async () => {
    const { workbench, sandbox } = scene;
    await changeSetting(workbench, "ncloudKeys.clipboardClearSeconds", 1);
    await workbench.tree.contextMenu("ml-training", "Copy Secondary Key");
    await workbench.waitForStatusBar(/Secondary key copied; the clipboard is cleared in 1 s/);
    await workbench.waitForClipboard("");
    const id = apiKey("ml-training")!.apiKeyId;
    const { secondaryKey } = sandbox.state.apiKeys.valuesOf(id);
    await changeSetting(workbench, "ncloudKeys.clipboardClearSeconds", 0);
    await workbench.tree.contextMenu("ml-training", "Copy Secondary Key");
    await workbench.waitForStatusBar(/Secondary key copied$/);
    await workbench.waitForClipboard(secondaryKey);
  });

  it("deletes an API key for good after its name was read", async () => {
    const { workbench } = scene;
    await workbench.tree.contextMenu("nightly-jobs", "Delete API Key…");
    const asked = await workbench.dialog.read();
    assert.match(asked.message, /^Delete the API key nightly-jobs \(\w+\)\?$/);
    await workbench.dialog.press("Delete");
    await workbench.tree.waitForNoRow("nightly-jobs");
    assert.equal(apiKey("nightly-jobs"), undefined);
  });

  it("offers to delete an access key whose secret was lost with the answer", async () => {
    const { workbench, sandbox } = scene;
    const owner = sandbox.state.subAccounts[0]!;
    owner.accessKeys.length = 1;
    const path = `/api/v1/sub-accounts/${owner.subAccountId}/access-keys`;
    sandbox.addFault({ kind: "loseAnswer", method: "POST", path, times: 1 });
    await workbench.tree.contextMenu(new RegExp(owner.loginId), "Create Access Key…");
    await workbench.dialog.press("Create");
    const lost = /was created, but its secret key was lost on the way/;
    await workbench.notifications.waitFor(lost);
    await workbench.screenshot("secret-lost");
    assert.equal(owner.accessKeys.length, 2);
    await workbench.notifications.press(lost, "Delete It");
    await workbench.tree.expandRow(new RegExp(owner.loginId));
    await workbench.tree.waitForRows(
      "one access key",
      (rows) => rows.filter(({ level }) => level === 3).length === 1,
    );
    assert.equal(owner.accessKeys.length, 1);
  });
});
