import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { startSandbox, type Sandbox } from "../sandbox/sandbox.ts";
import { openSignedInScene, type Scene } from "../support/scene/scene.ts";
import { installTestExtension } from "../support/installTestExtension.ts";
import { until } from "../support/workbench/until.ts";

describe("Export Key Inventory", () => {
  let scene: Scene;
  let other: Sandbox;

  before(async () => {
    other = await startSandbox({ apiKeys: 2, subAccounts: 1, authKeys: 0, seed: "other" });
    scene = await openSignedInScene({
      sandbox: { apiKeys: 250, subAccounts: 3, authKeys: 2 },
      workbench: {
        install: (extensionsDir) => installTestExtension("assistant", extensionsDir),
        env: {
          NCLOUD_ACCESS_KEY_ID: other.accessKeyId,
          NCLOUD_SECRET_ACCESS_KEY: other.secretKey,
          NCLOUD_API_GW: other.origin,
        },
      },
    });
  });

  after(async () => {
    await scene.close();
    await other.close();
  });

  async function choose(...labels: readonly string[]): Promise<void> {
    const { workbench } = scene;
    await workbench.runCommand("Ncloud Keys: Export Key Inventory…");
    for (const [index, label] of labels.entries()) {
      await workbench.quickPick.waitFor({ step: `${index + 1}/${labels.length}` });
      await workbench.quickPick.choose(label);
    }
  }

  /** The dialog writes its own suggestion into the box first, over what came before. */
  async function saveAs(file: string): Promise<void> {
    const { page, quickPick } = scene.workbench;
    await until(
      page,
      "the suggested path",
      async () => (await quickPick.read())?.value ?? "",
      (value) => /ncloud-keys-[\d-]+\.csv$/.test(value),
    );
    await quickPick.type(file);
    await quickPick.accept();
  }

  function keyCount({ state }: Sandbox): number {
    const accessKeys = state.subAccounts.flatMap((subAccount) => subAccount.accessKeys);
    return state.authKeys.length + state.apiKeys.all().length + accessKeys.length;
  }

  it("opens a document with every key in a new editor", async () => {
    const { workbench, sandbox } = scene;
    await workbench.runCommand("Ncloud Keys: Export Key Inventory…");
    await workbench.quickPick.waitForItem("Markdown");
    await workbench.screenshot("export-format");
    await workbench.quickPick.choose("Markdown");
    await workbench.quickPick.choose("A new editor, not saved yet");
    await workbench.notifications.waitFor(
      `${keyCount(sandbox)} keys were exported to a new editor.`,
    );
    await workbench.page
      .locator(".editor-instance .view-lines")
      .getByText("Key Inventory")
      .waitFor();
    await workbench.screenshot("export-markdown");
    await workbench.notifications.clear();
  });

  it("writes a CSV file, and overwrites it only when the dialog was told to", async () => {
    const { workbench, sandbox, home } = scene;
    const file = join(home.path, "keys.csv");
    await choose("CSV", "A file…");
    await saveAs(file);
    await workbench.notifications.waitFor(`${keyCount(sandbox)} keys were exported to keys.csv.`);
    await workbench.screenshot("export-csv");
    const text = readFileSync(file, "utf8");
    assert.equal(text.split("\r\n").length, 1 + keyCount(sandbox) + 3 + 1);
    await workbench.notifications.press(/keys\.csv/, "Open");
    await workbench.page.getByRole("tab", { name: "keys.csv" }).waitFor();
    await workbench.notifications.clear();

    await choose("CSV", "A file…");
    await saveAs(file);
    await workbench.quickPick.waitFor({ title: /^keys\.csv already exists/ });
    await workbench.screenshot("export-overwrite");
    // The first Escape is an answer to the question, the second one leaves the dialog.
    await workbench.press("Escape");
    await workbench.quickPick.waitFor({ title: "Export Key Inventory" });
    await workbench.quickPick.cancel();
    assert.equal(readFileSync(file, "utf8"), text);
  });

  it("says what is missing, and can be cancelled", async () => {
    const { workbench, sandbox, home } = scene;
    const fault = sandbox.addFault({ kind: "status", status: 500, path: "/api/v1/sub-accounts" });
    await choose("JSON", "A new editor, not saved yet");
    const { severity } = await workbench.notifications.waitFor(
      /List of sub accounts could not be read: Fault at NAVER Cloud\.$/,
    );
    assert.equal(severity, "warning");
    await workbench.screenshot("export-gap");
    fault.remove();
    await workbench.notifications.clear();

    const hang = sandbox.addFault({ kind: "hang", path: "/api/v1/sub-accounts" });
    const file = join(home.path, "never.csv");
    await choose("CSV", "A file…");
    await saveAs(file);
    await workbench.notifications.waitFor(/Reading the keys for the export.*252 so far/);
    await workbench.screenshot("export-progress");
    await workbench.notifications.press(/Reading the keys for the export/, "Cancel");
    await workbench.waitForStatusBar("Export cancelled");
    await sandbox.idle();
    hang.remove();
    assert.equal(existsSync(file), false);
  });

  it("exports all accounts when there are several", async () => {
    const { workbench, sandbox } = scene;
    await workbench.runCommand("Ncloud Keys: Import Account…");
    await workbench.quickPick.choose("Environment");
    await workbench.tree.waitForRow(/^API Keys 2$/);
    await choose("Markdown", "All 2 accounts", "A new editor, not saved yet");
    const all = keyCount(sandbox) + keyCount(other);
    await workbench.notifications.waitFor(new RegExp(`^${all} keys were exported`));
    await workbench.screenshot("export-all");
  });

  it("asks before an assistant is told, and tells it nothing when the person declines", async () => {
    const { workbench, sandbox } = scene;
    await workbench.writeClipboard("as before");
    sandbox.resetRequests();
    await workbench.runCommand("Assistant: Check Key Health");
    const asked = await workbench.dialog.read();
    await workbench.screenshot("assistant-asks");
    assert.match(asked.message, /^Check the health of Ncloud keys/);
    assert.match(asked.detail, /and no secret value/);
    await workbench.dialog.press("Cancel");
    await workbench.notifications.waitFor(/^No answer/);
    assert.deepEqual([await workbench.readClipboard(), sandbox.requests.length], ["as before", 0]);
    await workbench.notifications.clear();

    await workbench.runCommand("Assistant: Check Key Health");
    const { buttons } = await workbench.dialog.read();
    await workbench.dialog.press(buttons.find((button) => button !== "Cancel")!);
    const answer = await workbench.waitForClipboard(/"needCare"/);
    assert.equal((JSON.parse(answer) as { account: string }).account, "Environment");
  });
});
