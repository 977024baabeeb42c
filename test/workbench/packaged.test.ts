import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeTempFolder } from "../support/leftovers.ts";
import {
  chooseApiKeyForNsml,
  importAccount,
  openScene,
  type Scene,
} from "../support/scene/scene.ts";
import { writtenReads, writtenTouches } from "../support/scene/writtenLogs.ts";

const checkout = fileURLToPath(new URL("../../../", import.meta.url));

describe("The package, installed", () => {
  let scene: Scene;
  const record = makeTempFolder("ncloud-keys-reads-");
  const reads = join(record.path, "reads.txt");

  before(async () => {
    scene = await openScene({
      workbench: { vsix: join(checkout, "out", "ncloud-keys.vsix"), env: writtenReads(reads) },
      prepare: (home) => home.addKeyPair("id_ed25519", "ed25519", "jiwoo@laptop"),
    });
  });

  after(async () => {
    await scene.close();
    record.remove();
  });

  it("imports the account and shows its keys", async () => {
    await importAccount(scene);
    await chooseApiKeyForNsml(scene);
    const [authKey] = scene.sandbox.state.authKeys;
    await scene.workbench.tree.waitForRow(authKey?.title ?? "");
  });

  it("uploads a public key of this computer", async () => {
    const { workbench, sandbox } = scene;
    await workbench.tree.clickInlineAction("NSML Auth Keys", "Upload SSH Public Key…");
    await workbench.quickPick.choose("id_ed25519.pub");
    await workbench.inputBox.waitFor({ message: /Title of the Ed25519 key/ });
    await workbench.inputBox.type("my-laptop");
    await workbench.inputBox.accept();
    await workbench.tree.waitForRow(/^my-laptop .*id_ed25519\.pub/);
    assert.ok(sandbox.state.authKeys.some(({ title }) => title === "my-laptop"));
  });

  it("copies a key ID", async () => {
    const { workbench } = scene;
    await workbench.tree.selectRow(/^my-laptop/);
    await workbench.press("Control+c");
    await workbench.waitForClipboard("my-laptop");
    await workbench.screenshot("packaged");
  });

  it("runs from where it was installed, with nothing of the checkout's build", () => {
    const paths = new Set(writtenTouches(reads).map(({ path }) => path));
    const installed = [...paths].filter((path) => /ncloud-keys\.ncloud-keys-[\d.]+\//.test(path));
    assert.ok(installed.length > 0);
    assert.deepEqual(
      [...paths].filter((path) => path.startsWith(join(checkout, "dist"))),
      [],
    );
  });
});
