import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { md5OfBlob } from "../sandbox/sshKey.ts";
import { makeTempFolder } from "../support/leftovers.ts";
import { openSignedInScene, type Scene } from "../support/scene/scene.ts";
import { writtenLogs } from "../support/scene/writtenLogs.ts";
import { findSshKeygen } from "../support/vscode/prerequisites.ts";

const passphrase = "a passphrase of our own";

describe("Generating a key pair", () => {
  let scene: Scene;

  before(async () => {
    scene = await openSignedInScene({
      prepare: (home) => home.addFile(".ssh/id_ed25519_nsml", "a key of old\n"),
    });
  });

  after(() => scene.close());

  const inSsh = (name = "") => join(scene.home.path, ".ssh", name);
  const files = () => readdirSync(inSsh()).sort();
  const titles = () => scene.sandbox.state.authKeys.map(({ title }) => title);

  it("asks for the type first, with the best one under the cursor", async () => {
    const { workbench } = scene;
    await workbench.runCommand("Ncloud Keys: Generate SSH Key Pair and Upload…");
    await workbench.quickPick.waitFor({ placeholder: "Which type of key?", step: "1/5" });
    const items = await workbench.quickPick.waitForItems("Three types", (all) => all.length === 3);
    await workbench.screenshot("generate-type");
    assert.deepEqual(
      items.map(({ label, focused }) => [label, focused]),
      [
        ["Ed25519", true],
        ["RSA 4096", false],
        ["ECDSA 521", false],
      ],
    );
    await workbench.quickPick.accept();
  });

  it("proposes a free file name, and says as it is typed that one is taken", async () => {
    const { workbench } = scene;
    const asked = await workbench.inputBox.waitFor({ step: "2/5", message: /in ~\/\.ssh/ });
    assert.equal(asked.value, "id_ed25519_nsml_2");
    await workbench.inputBox.type("id_ed25519_nsml");
    const refused = await workbench.inputBox.waitFor({ message: /never overwritten/ });
    await workbench.screenshot("generate-file-name");
    assert.equal(refused.severity, "error");
    await workbench.inputBox.accept();
    await workbench.inputBox.type("my key");
    await workbench.inputBox.waitFor({ step: "2/5", message: /not “ ”/ });
    await workbench.inputBox.type("laptop_key");
    await workbench.inputBox.accept();
  });

  it("proposes a comment, and keeps what was typed on the way back and forth", async () => {
    const { workbench } = scene;
    const asked = await workbench.inputBox.waitFor({ step: "3/5" });
    assert.match(asked.value, /^[^@]+@.+$/);
    await workbench.inputBox.type("jiwoo@laptop");
    await workbench.inputBox.pressButton("Back");
    const name = await workbench.inputBox.waitFor({ step: "2/5" });
    await workbench.inputBox.type("laptop_key_2");
    await workbench.inputBox.pressButton("Back");
    await workbench.quickPick.waitFor({ step: "1/5" });
    await workbench.quickPick.accept();
    const again = await workbench.inputBox.waitFor({ step: "2/5" });
    await workbench.inputBox.accept();
    const comment = await workbench.inputBox.waitFor({ step: "3/5" });
    await workbench.screenshot("generate-comment");
    assert.deepEqual(
      [name.value, again.value, comment.value],
      ["laptop_key", "laptop_key_2", "jiwoo@laptop"],
    );
    await workbench.inputBox.accept();
  });

  it("asks for the passphrase twice, masked", async () => {
    const { workbench } = scene;
    const first = await workbench.inputBox.waitFor({ step: "4/5" });
    await workbench.inputBox.type("1234");
    await workbench.inputBox.waitFor({ message: "At least 5 characters." });
    await workbench.inputBox.type(passphrase);
    await workbench.inputBox.waitFor({ step: "4/5", message: /leave it empty for none/ });
    await workbench.screenshot("generate-passphrase");
    await workbench.inputBox.accept();
    const second = await workbench.inputBox.waitFor({ step: "5/5" });
    await workbench.inputBox.type("another passphrase");
    await workbench.inputBox.accept();
    await workbench.inputBox.waitFor({ message: /The two passphrases differ/ });
    await workbench.screenshot("generate-passphrases-differ");
    assert.deepEqual([first.masked, first.value, second.masked], [true, "", true]);
    await workbench.inputBox.type(passphrase);
    await workbench.inputBox.accept();
  });

  it("makes the pair and goes on to the upload", async () => {
    const { workbench, sandbox } = scene;
    const asked = await workbench.inputBox.waitFor({ message: /Title of the Ed25519 key/ });
    await workbench.screenshot("generate-title");
    assert.equal(asked.value, "jiwoo-laptop");
    await workbench.inputBox.accept();
    await workbench.notifications.waitFor("“jiwoo-laptop” is in NSML now.");
    const row = await workbench.tree.waitForRow(/^jiwoo-laptop laptop_key_2\.pub · /);
    await workbench.screenshot("generated");
    const [, blob = ""] = readFileSync(inSsh("laptop_key_2.pub"), "utf8").split(" ");
    const authKey = sandbox.state.authKeys.find(({ title }) => title === "jiwoo-laptop");
    assert.deepEqual(
      { isSelected: row.selected, md5: authKey?.name },
      { isSelected: true, md5: md5OfBlob(Buffer.from(blob, "base64")) },
    );
    await workbench.notifications.clear();
  });

  it("leaves a private key that only the passphrase opens, and the old file as it was", () => {
    const opens = (word: string) =>
      execFileSync(findSshKeygen(), ["-y", "-P", word, "-f", inSsh("laptop_key_2")], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      });
    assert.equal(opens(passphrase).trim(), readFileSync(inSsh("laptop_key_2.pub"), "utf8").trim());
    assert.throws(() => opens(""));
    assert.deepEqual(
      {
        files: files(),
        mode: (statSync(inSsh("laptop_key_2")).mode & 0o777).toString(8),
        old: readFileSync(inSsh("id_ed25519_nsml"), "utf8"),
      },
      {
        files: ["id_ed25519_nsml", "laptop_key_2", "laptop_key_2.pub"],
        mode: "600",
        old: "a key of old\n",
      },
    );
  });

  it("is one of the other ways in the pick of keys, from which Back leads to the pick", async () => {
    const { workbench } = scene;
    await workbench.runCommand("Ncloud Keys: Upload SSH Public Key…");
    await workbench.quickPick.waitForItem("Generate a Key Pair…");
    await workbench.screenshot("generate-in-upload-pick");
    await workbench.quickPick.choose("Generate a Key Pair…");
    await workbench.quickPick.waitFor({ step: "1/5" });
    await workbench.quickPick.pressButton("Back");
    await workbench.quickPick.choose("Generate a Key Pair…");
    await workbench.quickPick.waitFor({ step: "1/5" });
    await workbench.press("ArrowDown", "ArrowDown");
    await workbench.quickPick.accept();
    const { value } = await workbench.inputBox.waitFor({ step: "2/5" });
    await workbench.inputBox.accept();
    await workbench.inputBox.waitFor({ step: "3/5" });
    await workbench.inputBox.accept();
    await workbench.inputBox.waitFor({ step: "4/5" });
    await workbench.inputBox.accept();
    await workbench.inputBox.waitFor({ message: /Title of the ECDSA 521 key/ });
    await workbench.inputBox.type("without-passphrase");
    await workbench.inputBox.accept();
    await workbench.notifications.waitFor("“without-passphrase” is in NSML now.");
    await workbench.notifications.clear();
    assert.deepEqual(
      [value, files().includes("id_ecdsa_nsml.pub"), titles().includes("without-passphrase")],
      ["id_ecdsa_nsml", true, true],
    );
  });

  it("is in the context menu of the group, and ends quietly where the person leaves", async () => {
    const { workbench } = scene;
    const before = files();
    await workbench.tree.contextMenu("NSML Auth Keys", "Generate SSH Key Pair and Upload…");
    await workbench.quickPick.waitFor({ step: "1/5" });
    await workbench.quickPick.cancel();
    assert.deepEqual(files(), before);
  });
});

describe("Generating a key pair where ssh-keygen is missing, hangs, and fails", () => {
  let scene: Scene;
  const bin = makeTempFolder("ncloud-keys-bin-");

  before(async () => {
    // VS Code asks the login shell for the rest of the environment unless a shell has started it.
    const env = { ...writtenLogs, PATH: bin.path, VSCODE_CLI: "1" };
    scene = await openSignedInScene({ workbench: { env } });
  });

  after(async () => {
    await scene.close();
    bin.remove();
  });

  it("says so, and how to get it", async () => {
    const { workbench } = scene;
    await workbench.runCommand("Ncloud Keys: Generate SSH Key Pair and Upload…");
    const shown = await workbench.notifications.waitFor(/^ssh-keygen was not found\. Install/);
    await workbench.screenshot("generate-not-installed");
    assert.deepEqual([shown.severity, shown.buttons], ["error", ["Retry"]]);
  });

  /** An `ssh-keygen` that runs this. */
  function install(program: string): void {
    const file = join(bin.path, "ssh-keygen");
    writeFileSync(file, `#!${process.execPath}\n${program}\n`, { mode: 0o755 });
  }

  /** Answers each question as it is proposed. */
  async function answerAll(): Promise<void> {
    const { workbench } = scene;
    await workbench.quickPick.waitFor({ step: "1/5" });
    await workbench.quickPick.accept();
    for (const step of ["2/5", "3/5", "4/5"]) {
      await workbench.inputBox.waitFor({ step });
      await workbench.inputBox.accept();
    }
  }

  it("goes on once it is there, ends it when that is wanted, and leaves nothing", async () => {
    const { workbench, home } = scene;
    install("setInterval(() => undefined, 1000);");
    await workbench.notifications.press(/^ssh-keygen was not found/, "Retry");
    await answerAll();
    await workbench.notifications.waitFor("Generating id_ed25519_nsml…");
    await workbench.screenshot("generate-progress");
    await workbench.notifications.press("Generating id_ed25519_nsml…", "Cancel");
    await workbench.waitForStatusBar("Cancelled; no key was generated");
    assert.deepEqual(readdirSync(join(home.path, ".ssh")), []);
  });

  it("says that it failed, has its reason in the log, and leaves nothing", async () => {
    const { workbench, home, sandbox } = scene;
    install('console.error("no entropy"); process.exitCode = 1;');
    sandbox.resetRequests();
    await workbench.runCommand("Ncloud Keys: Generate SSH Key Pair and Upload…");
    await answerAll();
    const failed = "ssh-keygen failed and no key was generated; the log has its reason.";
    const { severity, buttons } = await workbench.notifications.waitFor(failed);
    await workbench.screenshot("generate-failed");
    await workbench.notifications.press(failed, "Show Log");
    const reason = "ssh-keygen ended with 1: no entropy";
    const line = workbench.page.locator(".part.panel .view-line", { hasText: reason });
    await line.waitFor();
    await workbench.screenshot("generate-failed-log");
    const posts = sandbox.requests.filter(({ method }) => method === "POST");
    assert.deepEqual(
      { severity, buttons, left: readdirSync(join(home.path, ".ssh")), posts },
      { severity: "error", buttons: ["Show Log"], left: [], posts: [] },
    );
  });
});
