import assert from "node:assert/strict";
import type { Scene } from "../../support/scene/scene.ts";
import { changeSetting } from "../../support/workbench/userSettings.ts";

/** What is done to API keys, in a window that is open already. */
export function changesOfApiKeys(scene: () => Scene): void {
  const writes = () => scene().sandbox.requests.filter(({ method }) => method !== "GET").length;
  const apiKey = (name: string) =>
    scene()
      .sandbox.state.apiKeys.all()
      .find((key) => key.apiKeyName === name);

  it("makes an API key from its name and description, and shows it", async () => {
    const { workbench } = scene();
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
      scene().sandbox.state.apiKeys.valuesOf(made.apiKeyId).primaryKey,
    );
    await workbench.waitForStatusBar(
      /Primary key of batch-jobs copied; the clipboard is cleared in 30 s/,
    );
    assert.equal(made.apiKeyDescription, "nightly");
  });

  it("renames an API key and keeps the rest of it", async () => {
    const { workbench } = scene();
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
    const { workbench } = scene();
    await workbench.tree.contextMenu("ml-training", "Disable API Key…");
    const asked = await workbench.dialog.read();
    await workbench.screenshot("disable-nsml-key");
    assert.match(asked.detail, /“default” sends this API key to NSML/);
    await workbench.dialog.press("Cancel");
    assert.equal(apiKey("ml-training")?.isEnabled, true);
  });

  it("disables an API key at the second try, and enables it again from the message", async () => {
    const { workbench, sandbox } = scene();
    const path = `/api/v1/api-keys/${apiKey("nightly-jobs")!.apiKeyId}`;
    sandbox.addFault({ kind: "status", status: 500, method: "PUT", path, times: 1 });
    await workbench.tree.contextMenu("nightly-jobs", "Disable API Key…");
    await workbench.dialog.press("Disable");
    const failed =
      "Switching off failed. API Gateway reports a fault of its own. Try again in a moment.";
    await workbench.notifications.waitFor(failed);
    await workbench.screenshot("disable-api-key-failed");
    const { description } = await workbench.tree.waitForRow(/^nightly-jobs /);
    assert.doesNotMatch(description, /disabled/);
    assert.equal(apiKey("nightly-jobs")?.isEnabled, true);
    await workbench.notifications.press(failed, "Retry");
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

  it("keeps both values of an API key when regenerating one is not confirmed, or fails", async () => {
    const { workbench, sandbox } = scene();
    const { apiKeyId } = apiKey("ml-training")!;
    const { primaryKey, secondaryKey } = sandbox.state.apiKeys.valuesOf(apiKeyId);
    await workbench.tree.expandRow("ml-training");
    await workbench.tree.contextMenu(/^Secondary key/, "Regenerate API Key…");
    await workbench.quickPick.waitForItems("The cursor on the secondary key", (items) =>
      items.some(({ label, focused }) => focused && label === "Secondary key"),
    );
    sandbox.resetRequests();
    await workbench.quickPick.accept();
    const asked = await workbench.dialog.read();
    assert.equal(asked.message, "Regenerate the secondary key of ml-training?");
    await workbench.dialog.press("Cancel");
    await workbench.tree.collapseRow("ml-training");
    assert.equal(writes(), 0);

    const path = `/api/v1/api-keys/${apiKeyId}`;
    sandbox.addFault({ kind: "status", status: 500, method: "PATCH", path, times: 1 });
    await workbench.tree.contextMenu("ml-training", "Regenerate API Key…");
    await workbench.quickPick.choose(/Primary key/);
    await workbench.dialog.press("Regenerate");
    const { buttons } = await workbench.notifications.waitFor(
      "Regenerating failed. API Gateway reports a fault of its own. Try again in a moment.",
    );
    await workbench.screenshot("regenerate-failed");
    assert.deepEqual(
      { buttons, writes: writes(), good: sandbox.history.apiKeyValues(apiKeyId).at(-1)?.keys },
      { buttons: ["Retry"], writes: 1, good: [primaryKey, secondaryKey] },
    );
    await workbench.notifications.clear();
  });

  it("regenerates the value that NSML requests carry, and goes on with the new one", async () => {
    const { workbench, sandbox } = scene();
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

  it("takes a secret off the clipboard again after the time that is set", async () => {
    const { workbench, sandbox } = scene();
    await changeSetting(workbench, "ncloudKeys.clipboardClearSeconds", 1);
    await workbench.tree.contextMenu("ml-training", "Copy Secondary Key");
    await workbench.waitForStatusBar(
      /Secondary key of ml-training copied; the clipboard is cleared in 1 s/,
    );
    await workbench.waitForClipboard("");
    const id = apiKey("ml-training")!.apiKeyId;
    const { secondaryKey } = sandbox.state.apiKeys.valuesOf(id);
    await changeSetting(workbench, "ncloudKeys.clipboardClearSeconds", 0);
    await workbench.tree.contextMenu("ml-training", "Copy Secondary Key");
    await workbench.waitForStatusBar(/Secondary key of ml-training copied$/);
    await workbench.waitForClipboard(secondaryKey);
  });

  it("leaves an API key whose deletion is not confirmed, cancelled or failing", async () => {
    const { workbench, sandbox } = scene();
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
    const { workbench } = scene();
    await workbench.tree.contextMenu("nightly-jobs", "Delete API Key…");
    const asked = await workbench.dialog.read();
    assert.match(asked.message, /^Delete the API key nightly-jobs \(\w+\)\?$/);
    await workbench.dialog.press("Delete");
    await workbench.tree.waitForNoRow("nightly-jobs");
    assert.equal(apiKey("nightly-jobs"), undefined);
  });

  it("disables several API keys that are checked, and undoes what it changed of them, in part", async () => {
    const { workbench, sandbox } = scene();
    const { apiKeys } = sandbox.state;
    const [model] = apiKeys.all();
    // The newest comes first, in the pick and in what follows from it.
    const names = ["stage-a", "stage-b", "stage-off"] as const;
    for (const name of names.toReversed()) {
      const isEnabled = name !== "stage-off";
      apiKeys.put({ ...model!, apiKeyId: name.replace("-", ""), apiKeyName: name, isEnabled });
    }
    const states = () => names.map((name) => apiKey(name)?.isEnabled);
    const waitForDisabled = (...disabled: readonly string[]) =>
      workbench.tree.waitForRows(`Disabled: ${disabled.join(", ")}`, (rows) => {
        const ours = rows.filter(({ text }) => names.some((name) => name === text));
        const off = ours.filter(({ description }) => description.startsWith("disabled"));
        return ours.length === 3 && off.map(({ text }) => text).join() === disabled.join();
      });
    const puts = () => sandbox.requests.filter(({ method }) => method === "PUT");
    await workbench.runCommand("Ncloud Keys: Refresh");
    await workbench.tree.waitForRow(/^stage-off .*disabled/);
    await workbench.runCommand("Ncloud Keys: Disable API Key…");
    const { description } = await workbench.quickPick.waitForItem("stage-off");
    assert.equal(description, "disabled · stageoff");
    for (const name of names) await workbench.quickPick.choose(name);
    await workbench.screenshot("disable-several-pick");
    await workbench.quickPick.accept();
    const asked = await workbench.dialog.read();
    await workbench.screenshot("disable-several");
    assert.equal(asked.message, "Disable 3 API keys?");
    await workbench.dialog.press("Disable");
    const said = "Disabled 2 of 3 API keys. No change needed: stage-off (stageoff).";
    const { severity, buttons } = await workbench.notifications.waitFor(said);
    await waitForDisabled(...names);
    await workbench.screenshot("disabled-several");
    assert.deepEqual(
      { severity, buttons, states: states() },
      { severity: "info", buttons: ["Undo", "Show Details"], states: [false, false, false] },
    );

    const path = `/api/v1/api-keys/${apiKey("stage-b")!.apiKeyId}`;
    sandbox.addFault({ kind: "status", status: 500, method: "PUT", path, times: 1 });
    sandbox.resetRequests();
    await workbench.notifications.press(said, "Undo");
    await workbench.notifications.waitFor(
      "Enabled 1 of 2 API keys. Fault at NAVER Cloud: stage-b (stageb).",
    );
    await waitForDisabled("stage-b", "stage-off");
    await workbench.screenshot("enabled-in-part");
    assert.deepEqual(
      { states: states(), puts: puts().length },
      { states: [true, false, false], puts: 2 },
    );
    await workbench.notifications.clear();
  });
}
