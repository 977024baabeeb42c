import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RequestMatch } from "../../sandbox/requestMatch.ts";
import type { Scene } from "../../support/scene/scene.ts";
import { until } from "../../support/workbench/until.ts";
import { faultsOnView, korean, noFaults } from "./screen.ts";

/** What is done to keys beyond the first steps, in a window that is open already. */
export function managingKeysInKorean(scene: () => Scene): void {
  /** Takes a picture of what is on view, which has to be whole and in Korean. */
  async function see(name: string): Promise<void> {
    await scene().workbench.screenshot(`ko-${name}`);
    assert.deepEqual(await faultsOnView(scene()), noFaults, name);
  }

  /** Looks at what is said while NCP has not answered a request yet. */
  async function seeWhile(
    request: RequestMatch,
    begin: () => Promise<void>,
    progress: string,
    name: string,
  ): Promise<void> {
    const { workbench, sandbox } = scene();
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const hold = sandbox.addFault({ kind: "hold", until: held, ...request });
    await begin();
    await workbench.notifications.waitFor(progress);
    await workbench.screenshotNow(`ko-${name}`);
    assert.deepEqual(await faultsOnView(scene()), noFaults, name);
    hold.remove();
    release();
    // VS Code leaves it for most of a second after its end.
    await workbench.notifications.waitForNone(progress);
  }

  /** Runs a command by the title it has in Korean. */
  const run = (title: string) => scene().workbench.runCommand(`Ncloud Keys: ${title}`);
  const titles = () => scene().sandbox.state.authKeys.map(({ title }) => title);

  it("rotates an auth key, from the first question to the last word", async () => {
    const { workbench, home } = scene();
    const { quickPick, inputBox, dialog, notifications } = workbench;
    home.addKeyPair("id_1", "ecdsa-521", "jiwoo@desk");
    await workbench.tree.contextMenu("jiwoo-laptop", "NSML 인증키 교체…");
    await quickPick.waitForItem("id_1.pub");
    await see("rotate-pick");
    await quickPick.choose("id_1.pub");
    const title = korean("Title of the {0} key in NSML; it is the key's ID there", "ECDSA 521");
    await inputBox.waitFor({ message: new RegExp(`^${title}`) });
    await see("rotate-title");
    await seeWhile(
      { method: "POST" },
      () => inputBox.accept(),
      korean("Uploading “{0}” to NSML…", "jiwoo-desk"),
      "rotate-uploading",
    );
    const asked = await dialog.read();
    await see("rotate-delete-old");
    assert.equal(asked.message, korean("Delete the old auth key {0} now?", "jiwoo-laptop"));
    await seeWhile(
      { method: "DELETE" },
      () => dialog.press(korean("Delete")),
      korean("Deleting {0}…", "jiwoo-laptop"),
      "rotate-deleting",
    );
    await notifications.waitFor(korean("{0} was deleted from NSML.", "jiwoo-laptop"));
    await workbench.tree.waitForNoRow("jiwoo-laptop");
    await see("rotated");
    assert.deepEqual(
      ["jiwoo-laptop", "jiwoo-desk"].map((name) => titles().includes(name)),
      [false, true],
    );
    await notifications.clear();
  });

  it("generates a key pair, and says what is wrong with an answer", async () => {
    const { workbench } = scene();
    const { quickPick, inputBox, notifications } = workbench;
    await run("SSH 키 쌍 생성 후 업로드…");
    await quickPick.waitFor({ placeholder: korean("Which type of key?"), step: "1/5" });
    await see("generate-type");
    await quickPick.accept();
    await inputBox.waitFor({ step: "2/5" });
    await see("generate-file-name");
    await inputBox.type("id_1");
    const taken = korean("A file of this name is there already, and is never overwritten.");
    await inputBox.waitFor({ message: taken });
    await see("generate-file-name-taken");
    await inputBox.type("id_2");
    await inputBox.accept();
    await inputBox.waitFor({ step: "3/5" });
    await inputBox.type("jiwoo@home");
    await see("generate-comment");
    await inputBox.accept();
    await inputBox.waitFor({ step: "4/5" });
    await see("generate-passphrase");
    await inputBox.type("1234");
    await inputBox.waitFor({ message: korean("At least {0} characters.", "5") });
    await see("generate-passphrase-short");
    await inputBox.type("12345");
    await inputBox.accept();
    await inputBox.waitFor({ step: "5/5" });
    await see("generate-passphrase-again");
    await inputBox.type("54321");
    await inputBox.accept();
    const differ = korean("The two passphrases differ. Type it again, or go back.");
    await inputBox.waitFor({ message: differ });
    await see("generate-passphrases-differ");
    await inputBox.type("12345");
    await inputBox.accept();
    const title = korean("Title of the {0} key in NSML; it is the key's ID there", "Ed25519");
    await inputBox.waitFor({ message: new RegExp(`^${title}`) });
    await workbench.waitForStatusBar(korean("Generated {0}", "~/.ssh/id_2.pub"));
    await see("generate-title");
    await inputBox.accept();
    await notifications.waitFor(korean("“{0}” is in NSML now.", "jiwoo-home"));
    await see("generated");
    assert.ok(titles().includes("jiwoo-home"));
    await notifications.clear();
  });

  it("finds a key of the account, and goes to its row by the keyboard", async () => {
    const { workbench, sandbox } = scene();
    const { quickPick } = workbench;
    await run("키 찾기…");
    const placeholder = korean("Name, ID, fingerprint, login ID or file name");
    await quickPick.waitFor({ title: korean("Find Key"), placeholder });
    const { loginId, accessKeys } = sandbox.state.subAccounts.find(
      (one) => one.accessKeys.length > 0,
    )!;
    await quickPick.type(loginId);
    await quickPick.waitForItem(accessKeys[0]!.accessKey);
    await see("find-access-key");
    await quickPick.type("jiwoo-");
    await quickPick.waitForItem("jiwoo-home");
    await see("find");
    await quickPick.type("nothing has this");
    await quickPick.waitForItem(korean("No key has this in it"));
    await see("find-nothing");
    await quickPick.type("jiwoo-home");
    await quickPick.waitForItems("The one hit", ([first]) => first?.label === "jiwoo-home");
    await quickPick.accept();
    await workbench.tree.waitForSelection(["jiwoo-home"]);
    await workbench.screenshot("ko-found");
  });

  it("exports the keys to a CSV file", async () => {
    const { workbench, sandbox, home } = scene();
    const { quickPick, notifications } = workbench;
    const file = join(home.path, "keys.csv");
    await run("키 목록 내보내기…");
    await quickPick.waitFor({ title: korean("Export Key Inventory"), step: "1/2" });
    await see("export-format");
    await quickPick.chooseByKeyboard("CSV");
    await quickPick.waitFor({ placeholder: korean("Where to?"), step: "2/2" });
    await see("export-destination");
    await quickPick.chooseByKeyboard(korean("A file…"));
    await until(
      workbench.page,
      "the suggested path",
      async () => (await quickPick.read())?.value ?? "",
      (value) => /ncloud-keys-[\d-]+\.csv$/.test(value),
    );
    await workbench.screenshot("ko-export-file");
    const { title } = await quickPick.waitFor();
    await quickPick.type(file);
    await quickPick.accept();
    const { authKeys, apiKeys, subAccounts } = sandbox.state;
    const count =
      authKeys.length + apiKeys.size + subAccounts.flatMap(({ accessKeys }) => accessKeys).length;
    const said = korean("{0} keys were exported to {1}.", String(count), "keys.csv");
    const { buttons } = await notifications.waitFor(said);
    await see("exported");
    assert.deepEqual(
      { title, buttons, isThere: readFileSync(file, "utf8").includes("jiwoo-home") },
      { title: korean("Export Key Inventory"), buttons: [korean("Open")], isThere: true },
    );
    await notifications.clear();
  });
}
