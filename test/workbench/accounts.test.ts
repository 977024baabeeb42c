import assert from "node:assert/strict";
import { startSandbox, type Sandbox } from "../sandbox/sandbox.ts";
import { importAccount, openScene, type Scene } from "../support/scene/scene.ts";

describe("Several accounts", () => {
  let scene: Scene;
  let other: Sandbox;

  before(async () => {
    other = await startSandbox({ apiKeys: 1, subAccounts: 0, authKeys: 0, seed: "other" });
    scene = await openScene({
      workbench: {
        env: {
          NCLOUD_ACCESS_KEY_ID: other.accessKeyId,
          NCLOUD_SECRET_ACCESS_KEY: other.secretKey,
          NCLOUD_API_GW: other.origin,
        },
      },
    });
    await importAccount(scene);
  });

  after(async () => {
    await scene.close();
    await other.close();
  });

  it("imports a second one and shows whose keys are in view", async () => {
    const { workbench } = scene;
    await workbench.runCommand("Ncloud Keys: Import Account…");
    await workbench.quickPick.choose("Environment");
    await workbench.tree.waitForRow(/^API Keys 1$/);
    await workbench.waitForViewTitle(/Environment/);
    await workbench.tree.waitForRow(/No sub account/);
    await workbench.screenshot("second-account");
  });

  it("switches back without a row of the other account", async () => {
    const { workbench, sandbox } = scene;
    await workbench.runCommand("Ncloud Keys: Switch Account…");
    await workbench.quickPick.waitForItem("Environment");
    await workbench.quickPick.choose("default");
    await workbench.tree.waitForRow(/^API Keys 3$/);
    const [foreign] = other.state.apiKeys.page(0, 1);
    const rows = await workbench.tree.rows();
    assert.equal(
      rows.some(({ description }) => description.includes(foreign?.apiKeyId ?? "?")),
      false,
    );
    assert.ok(sandbox.requests.length > 0);
  });

  it("renames an account", async () => {
    const { workbench } = scene;
    await workbench.runCommand("Ncloud Keys: Rename Account…");
    await workbench.quickPick.choose("default");
    await workbench.inputBox.waitFor({ title: "Rename Account" });
    await workbench.inputBox.type("Environment");
    await workbench.inputBox.waitFor({ message: /Another account has this name/ });
    await workbench.inputBox.type("ML 팀");
    await workbench.inputBox.accept();
    await workbench.waitForStatusBar("Renamed to ML 팀");
    await workbench.waitForViewTitle(/ML 팀/);
  });

  it("removes all stored credentials after naming the accounts", async () => {
    const { workbench } = scene;
    await workbench.runCommand("Ncloud Keys: Remove All Stored Credentials…");
    const { detail } = await workbench.dialog.read();
    assert.match(detail, /• ML 팀[\s\S]*• Environment/);
    await workbench.screenshot("remove-all");
    await workbench.dialog.press("Remove All");
    await workbench.welcome.read();
    // VS Code writes what an extension stores a moment later.
    await workbench.waitForStoredState("no account", (state) => {
      const accounts = state["ncloudKeys.accounts"] as readonly unknown[] | undefined;
      return (accounts?.length ?? 0) === 0;
    });
    await workbench.reload();
    await workbench.openView();
    assert.deepEqual((await workbench.welcome.read()).buttons, ["Import Account…"]);
  });
});
