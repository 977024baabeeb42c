import assert from "node:assert/strict";
import { openSignedInScene, registerKey } from "../support/scene/scene.ts";
import type { Scene } from "../support/scene/scene.ts";
import { until } from "../support/workbench/until.ts";
import { changesOfApiKeys } from "./changes/apiKeys.ts";

describe("Changing keys", () => {
  let scene: Scene;

  before(async () => {
    scene = await openSignedInScene({
      sandbox: { authKeys: 3 },
      prepare(home, sandbox) {
        const line = home.addKeyPair("id_ed25519", "ed25519", "jiwoo@laptop");
        registerKey(sandbox, "my-laptop", line, 40);
      },
    });
  });

  after(() => scene.close());

  const titles = () => scene.sandbox.state.authKeys.map(({ title }) => title);
  const writes = () => scene.sandbox.requests.filter(({ method }) => method !== "GET").length;

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

  it("says that putting an auth key back failed, and does it at the second try", async () => {
    const { workbench, sandbox } = scene;
    const before = sandbox.state.authKeys.filter(({ title }) => title === "my-laptop");
    const request = { method: "POST", path: "/nsml/v1/auth-keys" };
    sandbox.addFault({ kind: "status", status: 500, ...request, times: 1 });
    await workbench.tree.contextMenu("my-laptop", "Delete Auth Key…");
    await workbench.dialog.press("Delete");
    await workbench.notifications.press("my-laptop was deleted from NSML.", "Undo");
    const failed = "Undoing failed. NSML reports a fault of its own. Try again in a moment.";
    const { buttons } = await workbench.notifications.waitFor(failed);
    await workbench.screenshot("undo-failed");
    assert.deepEqual([buttons, titles().includes("my-laptop")], [["Retry"], false]);
    await workbench.tree.waitForNoRow("my-laptop");
    await workbench.notifications.press(failed, "Retry");
    await workbench.tree.waitForSelection(["my-laptop"]);
    const now = sandbox.state.authKeys.filter(({ title }) => title === "my-laptop");
    assert.deepEqual(
      now.map(({ name }) => name),
      before.map(({ name }) => name),
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
    await workbench.tree.waitForSelection(["my-laptop"]);
    assert.equal(titles().filter((title) => title === "my-laptop").length, 1);
  });

  it("deletes several selected auth keys after one question, the second of which fails", async () => {
    const { workbench, sandbox } = scene;
    const [first, second, third] = titles().filter((title) => title !== "my-laptop");
    assert.ok(first !== undefined && second !== undefined && third !== undefined);
    const others = titles().filter((title) => ![first, second, third].includes(title));
    sandbox.addFault({
      kind: "status",
      status: 500,
      method: "DELETE",
      path: `/nsml/v1/auth-keys/title/${second}/`,
    });
    await deleteSelected(first, second, third, "ml-training");
    const asked = await workbench.dialog.read();
    await workbench.screenshot("delete-several");
    assert.match(asked.message, /^Delete 3 auth keys from NSML\?$/);
    assert.match(asked.detail, new RegExp(`^• ${first}\\s*• ${second}\\s*• ${third}`));
    assert.match(asked.detail, /1 more selected row is of another kind and stays as it is\./);
    await workbench.dialog.press("Delete");
    const said = `Deleted 2 of 3 auth keys. Fault at NAVER Cloud: ${second}.`;
    await workbench.notifications.waitFor(said);
    await workbench.screenshot("deleted-two-of-three");
    await workbench.notifications.press(said, "Show Details");
    const details = await until(
      workbench.page,
      "The details in an editor",
      () => workbench.page.locator(".editor-instance .view-lines").innerText(),
      (text) => text.includes("Done"),
    );
    await workbench.screenshot("deleted-details");
    for (const line of [`${first}: Done`, `${second}: Fault at`, `${third}: Done`]) {
      assert.ok(details.replaceAll("\u00a0", " ").includes(line), details);
    }
    await workbench.runCommand("View: Revert and Close Editor");
    sandbox.clearFaults();
    for (const title of [first, third]) await workbench.tree.waitForNoRow(title);
    await workbench.tree.waitForRow(second);
    assert.deepEqual(titles().sort(), [...others, second].sort());
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

  changesOfApiKeys(() => scene);
});
