import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openSignedInScene, registerKey, type Scene } from "../support/scene/scene.ts";
import { findSshKeygen } from "../support/vscode/prerequisites.ts";

describe("Uploading a public key", () => {
  let scene: Scene;

  before(async () => {
    scene = await openSignedInScene({
      prepare(home, sandbox) {
        const line = home.addKeyPair("id_ed25519", "ed25519", "jiwoo@laptop");
        registerKey(sandbox, "my-laptop", line, 40);
        home.addKeyPair("id_rsa", "rsa-3072", "jiwoo@office");
        home.addKeyPair("work_key", "ecdsa-256", "");
        home.addFile(".ssh/old.pub", "ssh-dss AAAAB3NzaC1kc3MAAACBA old@host\n");
        home.addFile("project/README.md", "# A project\n");
      },
      folderOf: (home) => join(home.path, "project"),
    });
  });

  after(() => scene.close());

  const titles = () => scene.sandbox.state.authKeys.map(({ title }) => title);

  it("offers the keys of this computer, what is new first, each with its facts", async () => {
    const { workbench, sandbox } = scene;
    await workbench.tree.waitForRow(/my-laptop/);
    const [subAccount] = sandbox.state.subAccounts;
    await workbench.tree.expandRow(new RegExp(subAccount?.loginId ?? ""));
    await workbench.tree.waitForRow(/…\w{4} (in)?active · /);
    await workbench.screenshot("tree");
    await workbench.runCommand("Ncloud Keys: Upload SSH Public Key…");
    await workbench.quickPick.waitForItem("id_rsa.pub");
    await workbench.screenshot("upload-pick");
    const items = await workbench.quickPick.items();
    assert.deepEqual(
      items.map(({ label, section, description }) => [section, label, description]),
      [
        ["In ~/.ssh", "id_rsa.pub", "RSA 3072 · jiwoo@office · today"],
        ["", "work_key.pub", "ECDSA 256 · today"],
        ["Already in NSML", "id_ed25519.pub", "as “my-laptop” · Ed25519 · jiwoo@laptop · today"],
        ["Not accepted by NSML", "old.pub", ""],
        ["Other ways", "Browse…", ""],
        ["", "Paste…", ""],
        ["", "Generate a Key Pair…", ""],
      ],
    );
  });

  it("checks the title as it is typed, and refuses one that is in use", async () => {
    const { workbench } = scene;
    await workbench.quickPick.choose("work_key.pub");
    const asked = await workbench.inputBox.waitFor({ message: /Title of the ECDSA 256 key/ });
    assert.equal(asked.value, "work-key");
    await workbench.inputBox.type("work_key");
    await workbench.inputBox.waitFor({ message: /not “_”/ });
    await workbench.screenshot("upload-title");
    await workbench.inputBox.accept();
    await workbench.inputBox.type("my-laptop");
    await workbench.inputBox.waitFor({ message: /Another key has this title/ });
    await workbench.inputBox.cancel();
    assert.deepEqual(titles().includes("work-key"), false);
  });

  it("uploads from the palette, selects the new row and offers its ID", async () => {
    const { workbench } = scene;
    await workbench.runCommand("Ncloud Keys: Upload SSH Public Key…");
    await workbench.quickPick.waitForItem("id_rsa.pub");
    await workbench.quickPick.accept();
    await workbench.inputBox.waitFor({ message: /Title of the RSA 3072 key/ });
    await workbench.inputBox.accept();
    const done = "“jiwoo-office” is in NSML now.";
    const shown = await workbench.notifications.waitFor(done);
    const rows = await workbench.tree.waitForRows("the new row, selected", (all) =>
      all.some(({ text, selected }) => text === "jiwoo-office" && selected),
    );
    await workbench.screenshot("uploaded");
    await workbench.notifications.press(done, "Copy Key ID");
    await workbench.waitForClipboard("jiwoo-office");
    const row = rows.find(({ text }) => text === "jiwoo-office");
    assert.deepEqual(
      {
        isThere: titles().includes("jiwoo-office"),
        file: row?.description.split(" · ")[0],
        buttons: shown.buttons,
      },
      { isThere: true, file: "id_rsa.pub", buttons: ["Copy Key ID"] },
    );
  });

  it("says under which title a key is there already, and uploads nothing", async () => {
    const { workbench, sandbox } = scene;
    const before = titles();
    await workbench.tree.clickInlineAction("NSML Auth Keys", "Upload SSH Public Key…");
    await workbench.quickPick.choose("id_ed25519.pub");
    await workbench.notifications.waitFor("This key is in NSML already, as “my-laptop”.");
    assert.deepEqual(titles(), before);
    assert.equal(sandbox.requests.filter(({ method }) => method === "POST").length, 1);
    await workbench.notifications.clear();
  });

  it("recognises a private key under a .pub name and does not send it", async () => {
    const { workbench, sandbox, home } = scene;
    const path = join(home.path, "project", "secret.pub");
    execFileSync(findSshKeygen(), ["-q", "-t", "ed25519", "-N", "", "-f", path]);
    sandbox.resetRequests();
    await workbench.explorer.contextMenu("secret.pub", "Upload SSH Public Key…");
    await workbench.notifications.waitFor(
      /^secret\.pub cannot be uploaded\. This is a private key; it was not sent/,
    );
    await workbench.screenshot("upload-private-key");
    assert.deepEqual(
      sandbox.requests.filter(({ method }) => method === "POST"),
      [],
    );
    await workbench.notifications.clear();
  });

  it("says why a file of the list is refused, and asks for another", async () => {
    const { workbench } = scene;
    await workbench.openView();
    await workbench.runCommand("Ncloud Keys: Upload SSH Public Key…");
    await workbench.quickPick.choose("old.pub");
    await workbench.notifications.press(
      "old.pub cannot be uploaded. This is a DSA key. NSML does not take those.",
      "Choose Another Key",
    );
    await workbench.quickPick.waitForItem("old.pub");
    await workbench.quickPick.cancel();
  });

  it("removes a private key from the box it was pasted into, and says why", async () => {
    const { workbench, home } = scene;
    const text = readFileSync(join(home.path, "project", "secret.pub"), "utf8");
    await workbench.runCommand("Ncloud Keys: Upload SSH Public Key…");
    await workbench.quickPick.choose("Paste…");
    await workbench.inputBox.waitFor({ message: /Paste the public key/ });
    await workbench.inputBox.type(text);
    const removed = /^This is a private key, so it was removed from this box/;
    const box = await workbench.inputBox.waitFor({ message: removed });
    assert.equal(box.value, "");
    await workbench.inputBox.type("ssh-rsa");
    await workbench.inputBox.waitFor({ message: /damaged|not an SSH public key/ });
    await workbench.inputBox.cancel();
  });

  it("uploads a .pub file from the Explorer", async () => {
    const { workbench } = scene;
    await workbench.explorer.contextMenu("secret.pub.pub", "Upload SSH Public Key…");
    await workbench.inputBox.waitFor({ message: /Title of the Ed25519 key/ });
    await workbench.inputBox.type("from-explorer");
    await workbench.inputBox.accept();
    await workbench.notifications.waitFor("“from-explorer” is in NSML now.");
    assert.ok(titles().includes("from-explorer"));
    await workbench.notifications.clear();
  });

  it("uploads the .pub files that are dropped on the tree, one after the other", async () => {
    const { workbench, home } = scene;
    await workbench.openView();
    const lines = ["ed25519", "ecdsa-256"].map((kind, index) => ({
      name: `dropped-${index}.pub`,
      text: `${home.addKeyPair(`dropped_${index}`, kind as "ed25519", `dropped-${index}`)}\n`,
    }));
    await workbench.tree.drop(lines);
    await workbench.inputBox.waitFor({ message: /Title of the Ed25519 key/ });
    await workbench.inputBox.accept();
    await workbench.inputBox.waitFor({ message: /Title of the ECDSA 256 key/ });
    await workbench.inputBox.accept();
    await workbench.notifications.waitFor("“dropped-1” is in NSML now.");
    assert.ok(titles().includes("dropped-0") && titles().includes("dropped-1"));
    await workbench.notifications.clear();
  });

  it("uploads the public key of the clipboard, which is in the box already", async () => {
    const { workbench, home } = scene;
    const line = home.addKeyPair("copied", "ed25519", "copied");
    await workbench.writeClipboard(`${line}\n`);
    await workbench.runCommand("Ncloud Keys: Upload SSH Public Key…");
    await workbench.quickPick.waitForItem("copied.pub");
    // The pick draws the items in sight alone.
    await workbench.quickPick.type("Paste…");
    await workbench.quickPick.choose("Paste…");
    const box = await workbench.inputBox.waitFor({ message: /Paste the public key/ });
    assert.equal(box.value, line);
    await workbench.inputBox.accept();
    await workbench.inputBox.waitFor({ message: /Title of the Ed25519 key/ });
    await workbench.inputBox.type("from-clipboard");
    await workbench.inputBox.accept();
    await workbench.notifications.waitFor("“from-clipboard” is in NSML now.");
    assert.ok(titles().includes("from-clipboard"));
    await workbench.notifications.clear();
    await workbench.writeClipboard("");
  });

  it("counts a key as created whose answer was lost, and never makes two", async () => {
    const { workbench, sandbox } = scene;
    sandbox.addFault({ kind: "loseAnswer", method: "POST", path: "/nsml/v1/auth-keys", times: 1 });
    await workbench.openView();
    await workbench.runCommand("Ncloud Keys: Upload SSH Public Key…");
    await workbench.quickPick.choose("work_key.pub");
    await workbench.inputBox.waitFor({ message: /Title of the ECDSA 256 key/ });
    await workbench.inputBox.accept();
    await workbench.notifications.waitFor("“work-key” is in NSML now.");
    assert.equal(titles().filter((title) => title === "work-key").length, 1);
  });
});
