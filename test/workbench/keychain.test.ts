import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { importAccount, openScene, type Scene } from "../support/scene/scene.ts";
import { StoredSecrets } from "../support/workbench/storedSecrets.ts";

const firstRun = ["Import Account…"];

describe("A keychain in trouble", () => {
  let scene: Scene;
  let secrets: StoredSecrets;
  let stored: Record<string, string>;

  before(async () => {
    // What VS Code keeps of a secret is looked at from its very start.
    scene = await openScene({ workbench: {} });
    const { workbench } = scene;
    secrets = await StoredSecrets.of(workbench.page);
    await importAccount(scene);
    // A reload would lose what VS Code has not written yet.
    await workbench.waitForStoredState("the account", (state) => {
      const accounts = state["ncloudKeys.accounts"] as readonly unknown[] | undefined;
      return accounts?.length === 1;
    });
    stored = await secrets.read();
  });

  after(() => scene.close());

  /** The entries of our accounts, as they are stored now. */
  async function records(): Promise<Readonly<Record<string, string>>> {
    const all = Object.entries(await secrets.read());
    return Object.fromEntries(all.filter(([key]) => key.includes("ncloudKeys.account.")));
  }

  async function reopen() {
    const { workbench } = scene;
    await workbench.reload();
    await workbench.openView();
    return workbench.welcome.read();
  }

  it("that cannot decrypt the credentials any more asks to sign in again", async () => {
    const { workbench } = scene;
    const key = secrets.mintedKey!;
    secrets.mint(randomBytes(32));
    const { texts, buttons } = await reopen();
    await workbench.screenshot("credentials-undecipherable");
    secrets.mint(key);
    assert.match(texts.join(" "), /^The credentials of this account are missing or damaged\./);
    assert.deepEqual(buttons, ["Sign In Again…"]);
  });

  it("that has forgotten the credentials asks to sign in again, and commands still work", async () => {
    const { workbench, sandbox } = scene;
    await secrets.write({});
    const asked = sandbox.requests.length;
    const { buttons } = await reopen();
    await workbench.screenshot("credentials-missing");
    await workbench.runCommand("Ncloud Keys: Rename Account…");
    await workbench.inputBox.waitFor({ title: "Rename Account" });
    await workbench.inputBox.cancel();
    await workbench.runCommand("Ncloud Keys: Sign In…");
    await workbench.quickPick.waitFor({ step: "1/4" });
    await workbench.quickPick.cancel();
    assert.deepEqual(buttons, ["Sign In Again…"]);
    assert.equal(sandbox.requests.length, asked);
  });

  it("with the record of a later version says so and keeps it, whatever is done", async () => {
    const { workbench } = scene;
    const later = Object.fromEntries(
      Object.entries(stored).map(([key, value]) => {
        const isOurs = key.includes("ncloudKeys.account.");
        return [key, isOurs ? JSON.stringify({ version: 99, sealed: value.length }) : value];
      }),
    );
    await secrets.write(later);
    const before = await records();
    const { texts, buttons } = await reopen();
    await workbench.screenshot("credentials-of-a-later-version");
    await workbench.runCommand("Ncloud Keys: Rename Account…");
    await workbench.inputBox.waitFor({ title: "Rename Account" });
    await workbench.inputBox.type("renamed");
    await workbench.inputBox.accept();
    await workbench.notifications.waitFor(/newer version/);
    await workbench.runCommand("Ncloud Keys: Import Account…");
    await workbench.quickPick.choose(/default/i);
    await workbench.tree.waitForRow(/^API Keys \d/);
    const now = await records();
    assert.match(texts.join(" "), /stored by a newer version of Ncloud Keys/);
    assert.notDeepEqual(buttons, firstRun);
    assert.deepEqual({ ...now, ...before }, now);
    assert.equal(Object.keys(now).length, 2);
  });

  it("that does not answer leaves the commands at work, and the keys come when it does", async () => {
    const { workbench } = scene;
    const key = secrets.mintedKey!;
    secrets.mintedKey = undefined;
    await workbench.reload();
    await workbench.openView();
    await workbench.runCommand("Ncloud Keys: Import Account…");
    await workbench.quickPick.waitForItem(/default/i);
    await workbench.quickPick.cancel();
    const whileWaiting = {
      rows: (await workbench.tree.rows()).length,
      welcome: await workbench.welcome.isShown(),
    };
    secrets.mint(key);
    await workbench.tree.waitForRow(/^API Keys \d/);
    assert.deepEqual(whileWaiting, { rows: 0, welcome: false });
  });
});
