import assert from "node:assert/strict";
import { openSignedInScene, registerKey, type Scene } from "../support/scene/scene.ts";
import { watchPage, everSeen } from "../support/workbench/everSeen.ts";

describe("Find Key", () => {
  let scene: Scene;
  let sha256 = "";

  before(async () => {
    scene = await openSignedInScene({
      sandbox: { apiKeys: 1_250, subAccounts: 120, authKeys: 2 },
      prepare(home, sandbox) {
        const line = home.addKeyPair("id_ed25519", "ed25519", "jiwoo@laptop");
        registerKey(sandbox, "my-laptop", line, 40);
      },
    });
  });

  after(() => scene.close());

  async function open(query: string, workbench = scene.workbench): Promise<void> {
    await workbench.runCommand("Ncloud Keys: Find Key…");
    await workbench.quickPick.waitFor({ placeholder: /^Name, ID, fingerprint/ });
    await workbench.quickPick.type(query);
  }

  it("shows at most 200 hits and says how many there are", async () => {
    const { workbench, sandbox } = scene;
    await open("");
    const keys = sandbox.state.subAccounts.flatMap(({ accessKeys }) => accessKeys).length;
    const all = new Intl.NumberFormat("en").format(3 + 1_250 + 120 + keys);
    await workbench.quickPick.waitFor({ title: `Find Key · 200 of ${all}` });
    await workbench.screenshot("find-many");
    await workbench.quickPick.type("ml");
    await workbench.quickPick.waitForItems("hits for what is typed", (items) =>
      items.every(({ label, description, detail }) => /ml/i.test(label + description + detail)),
    );
    await workbench.quickPick.cancel();
  });

  it("jumps to an API key that is far beyond the loaded page", async () => {
    const { workbench, sandbox } = scene;
    const oldest = sandbox.state.apiKeys.all().at(-1)!;
    await open(oldest.apiKeyId);
    await workbench.quickPick.waitForItem(oldest.apiKeyName);
    await workbench.screenshot("find-one");
    await workbench.quickPick.accept();
    const row = await workbench.tree.waitForRow(
      new RegExp(`^${escaped(oldest.apiKeyName)} (.* · )?${oldest.apiKeyId}`),
    );
    await workbench.tree.waitForRows("the row selected", (rows) =>
      rows.some(({ description, selected }) => selected && description === row.description),
    );
    await workbench.screenshot("find-jumped");
    // Where Find leaves the keyboard, the next key works on the row.
    await workbench.press("Control+c");
    await workbench.waitForClipboard(oldest.apiKeyId);
  });

  it("opens the sub account an access key belongs to", async () => {
    const { workbench, sandbox } = scene;
    const owner = sandbox.state.subAccounts.findLast(({ accessKeys }) => accessKeys.length > 0)!;
    const { accessKey } = owner.accessKeys[0]!;
    await open(accessKey);
    const item = await workbench.quickPick.waitForItem(accessKey);
    assert.match(item.description, new RegExp(`^access key .* ${escaped(owner.loginId)} `));
    await workbench.quickPick.accept();
    await workbench.tree.waitForRows("the access key selected", (rows) =>
      rows.some(
        ({ label, selected, level }) => selected && level === 3 && label.startsWith(accessKey),
      ),
    );
    await workbench.screenshot("find-access-key");
  });

  it("finds a key of this computer by the fingerprint ssh-keygen prints, and copies its ID", async () => {
    const { workbench } = scene;
    await open("id_ed25519.pub");
    const { detail } = await workbench.quickPick.waitForItem("my-laptop");
    sha256 = detail;
    assert.match(sha256, /^SHA256:[\w+/]{43}$/);
    await workbench.quickPick.type(sha256);
    await workbench.quickPick.waitForItems("one hit", (items) => items.length === 1);
    await workbench.screenshot("find-sha256");
    await workbench.quickPick.pressItemButton("my-laptop", "Copy Key ID");
    await workbench.waitForClipboard("my-laptop");
    await workbench.waitForStatusBar("Key ID copied");
    await workbench.quickPick.cancel();
  });

  it("says when nothing matches", async () => {
    const { workbench } = scene;
    await open("no such key");
    await workbench.quickPick.waitForItem("No key has this in it");
    await workbench.screenshot("find-nothing");
    // There is nothing to choose, and the pick stays.
    await workbench.quickPick.accept();
    await workbench.quickPick.waitFor({ title: "Find Key" });
    await workbench.quickPick.cancel();
  });

  it("shows what is there while the rest is on its way, and stops asking when it is left", async () => {
    const { workbench, sandbox } = scene;
    const fault = sandbox.addFault({ kind: "hang", path: /access-keys$/ });
    await open("my-laptop");
    await workbench.quickPick.waitForItem("my-laptop");
    await workbench.quickPick.type("ncp_iam_");
    await workbench.quickPick.waitForItem("Reading the keys of the account…");
    await workbench.screenshot("find-loading");
    const before = sandbox.requests.length;
    await workbench.quickPick.cancel();
    await sandbox.idle();
    assert.equal(sandbox.requests.length, before);
    fault.remove();
  });

  it("says what could not be read beside what was found", async () => {
    const { workbench, sandbox } = scene;
    const fault = sandbox.addFault({ kind: "status", status: 500, path: "/api/v1/api-keys" });
    await open("my-laptop");
    await workbench.quickPick.waitFor({ title: "Find Key · not everything could be read" });
    await workbench.quickPick.waitForItem("API Keys could not be read: Fault at NAVER Cloud");
    await workbench.quickPick.waitForItem("my-laptop");
    await workbench.screenshot("find-gap");
    await workbench.quickPick.cancel();
    fault.remove();
  });

  it("is in the view's menu", async () => {
    const { workbench } = scene;
    assert.ok((await workbench.viewMenuItems()).includes("Find Key…"));
  });

  it("never shows a value of a key", async () => {
    const { workbench, sandbox } = scene;
    await watchPage(workbench.page);
    await open("a");
    await workbench.quickPick.waitForItems("hits", (items) => items.length > 3);
    await workbench.quickPick.cancel();
    const seen = await everSeen(workbench.page);
    const secrets = [
      sandbox.secretKey,
      ...sandbox.state.apiKeys
        .all()
        .slice(0, 50)
        .flatMap(({ apiKeyId }) => {
          const { primaryKey, secondaryKey } = sandbox.state.apiKeys.valuesOf(apiKeyId);
          return [primaryKey, secondaryKey];
        }),
    ];
    assert.deepEqual(
      secrets.filter((secret) => seen.includes(secret)),
      [],
    );
  });

  it("jumps to a key before the view was ever looked at", async () => {
    const { sandbox, home } = scene;
    const fresh = await scene.workbench.newWindow(home.path);
    const before = await fresh.waitForViewTitle(/Explorer/);
    const { apiKeyId, apiKeyName } = sandbox.state.apiKeys.all()[700]!;
    await open(apiKeyId, fresh);
    await fresh.quickPick.waitForItem(apiKeyName);
    await fresh.quickPick.accept();
    const rows = await fresh.tree.waitForRows("the row selected", (rows) =>
      rows.some(({ description, selected }) => selected && description.includes(apiKeyId)),
    );
    const after = await fresh.viewTitle();
    await fresh.screenshot("find-first-look");
    await fresh.close();
    assert.deepEqual(
      { before, after, selected: rows.filter(({ selected }) => selected).length },
      { before: "Explorer", after: "Ncloud Keys", selected: 1 },
    );
  });
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
