import assert from "node:assert/strict";
import { openSignedInScene, registerKey } from "../support/scene/scene.ts";
import type { Scene } from "../support/scene/scene.ts";
import { until } from "../support/workbench/until.ts";
import { changeSetting } from "../support/workbench/userSettings.ts";

describe("Changing keys", () => {
  let scene: Scene;

  before(async () => {
    scene = await openSignedInScene({
      prepare(home, sandbox) {
        const line = home.addKeyPair("id_ed25519", "ed25519", "jiwoo@laptop");
        registerKey(sandbox, "my-laptop", line, 40);
      },
    });
  });

  after(() => scene.close());

  const titles = () => scene.sandbox.state.authKeys.map(({ title }) => title);
  const writes = () => scene.sandbox.requests.filter(({ method }) => method !== "GET").length;
  const apiKey = (name: string) =>
    scene.sandbox.state.apiKeys.all().find((key) => key.apiKeyName === name);

  /** Selects rows one by one, and presses the key for it. */
  async function deleteSelected(...rows: readonly string[]): Promise<void> {
    const { workbench } = scene;
    for (const [index, row] of rows.entries()) {
      await workbench.tree.selectRow(row, { add: index > 0 });
    }
    await workbench.tree.focus();
    await workbench.press("Delete");
  }

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
    await deleteSelected(first, second, "ml-training");
    const asked = await workbench.dialog.read();
    await workbench.screenshot("delete-several");
    assert.match(asked.message, /^Delete 2 auth keys from NSML\?$/);
    assert.ok(asked.detail.includes(first) && asked.detail.includes(second), asked.detail);
    assert.match(asked.detail, /1 more selected row is of another kind and stays as it is\./);
    await workbench.dialog.press("Delete");
    const said = `Deleted 1 of 2 auth keys. Fault at NAVER Cloud: ${second}.`;
    await workbench.notifications.waitFor(said);
    await workbench.screenshot("deleted-one-of-two");
    await workbench.notifications.press(said, "Show Details");
    const details = await until(
      workbench.page,
      "The details in an editor",
      () => workbench.page.locator(".editor-instance .view-lines").innerText(),
      (text) => text.includes("Done"),
    );
    await workbench.screenshot("deleted-details");
    assert.ok(details.replaceAll("\u00a0", " ").includes(`${second}: Fault at`), details);
    await workbench.runCommand("View: Revert and Close Editor");
    sandbox.clearFaults();
    await workbench.tree.waitForNoRow(first);
    assert.deepEqual([titles().includes(first), titles().includes(second)], [false, true]);
    await workbench.notifications.clear();
  });

  it("is cancelled between two keys, says what was done, and puts that back", async () => {
    const { workbench, sandbox, home } = scene;
    const others = ["laptop-a", "laptop-b", "laptop-c"];
    for (const name of others) {
      registerKey(sandbox, name, home.addKeyPair(name, "ed25519", name), 5);
    }
    await workbench.runCommand("Ncloud Keys: Refresh");
    await workbench.tree.waitForRow("laptop-a");
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const [first, second, third] = titles().filter((title) => others.includes(title));
    const path = `/nsml/v1/auth-keys/title/${second}/`;
    sandbox.addFault({ kind: "hold", until: held, method: "DELETE", path });
    const sent = sandbox.nextRequest({ method: "DELETE", path });
    await deleteSelected(first!, second!, third!);
    await workbench.dialog.press("Delete");
    await sent;
    const running = /^Deleting 3 keys…: 1 of 3/;
    await workbench.notifications.waitFor(running);
    await workbench.screenshotNow("delete-under-way");
    // Once the cancel has reached the extension, it looks what became of the key it was at.
    const looked = sandbox.nextRequest({ method: "GET", path: "/nsml/v1/auth-keys" });
    await workbench.notifications.press(running, "Cancel");
    await looked;
    release();
    const said = `Deleted 2 of 3 auth keys. Not tried: ${third}.`;
    await workbench.notifications.waitFor(said);
    await workbench.screenshot("delete-cancelled");
    assert.deepEqual(
      titles().filter((title) => others.includes(title)),
      [third],
    );
    sandbox.clearFaults();
    await workbench.notifications.press(said, "Undo");
    for (const title of others) await workbench.tree.waitForRow(title);
    assert.deepEqual(
      titles()
        .filter((title) => others.includes(title))
        .sort(),
      others,
    );
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

  it("begins with the value on whose row it was asked to regenerate", async () => {
    const { workbench } = scene;
    await workbench.tree.expandRow("ml-training");
    await workbench.tree.contextMenu(/^Secondary key/, "Regenerate API Key…");
    await workbench.quickPick.waitForItems("The cursor on the secondary key", (items) =>
      items.some(({ label, focused }) => focused && label === "Secondary key"),
    );
    await workbench.quickPick.cancel();
    await workbench.tree.collapseRow("ml-training");
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

  it("leaves an API key whose deletion is not confirmed, cancelled or failing", async () => {
    const { workbench, sandbox } = scene;
    const { apiKeyId } = apiKey("nightly-jobs")!;
    const request = { method: "DELETE", path: `/api/v1/api-keys/${apiKeyId}` };
    const begin = async (button: string) => {
      await workbench.tree.contextMenu("nightly-jobs", "Delete API Key…");
      await workbench.dialog.press(button);
    };
    sandbox.resetRequests();
    await begin("Cancel");
    assert.equal(writes(), 0);

    sandbox.addFault({ kind: "hang", ...request });
    const sent = sandbox.nextRequest(request);
    await begin("Delete");
    await sent;
    await workbench.notifications.press(/^Deleting nightly-jobs/, "Cancel");
    await workbench.waitForStatusBar(/Stopped; nothing was changed/);
    assert.ok(apiKey("nightly-jobs"));

    sandbox.clearFaults();
    sandbox.addFault({ kind: "status", status: 500, ...request });
    await begin("Delete");
    const failed = /^Deleting failed\. API Gateway reports a fault/;
    await workbench.notifications.waitFor(failed);
    await workbench.screenshot("delete-api-key-failed");
    assert.ok(apiKey("nightly-jobs"));
    await workbench.tree.waitForRow("nightly-jobs");
    sandbox.clearFaults();
    await workbench.notifications.clear();
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
});
