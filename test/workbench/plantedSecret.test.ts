import assert from "node:assert/strict";
import { startSandbox, type Sandbox } from "../sandbox/sandbox.ts";
import { selfSignedCertificate } from "../sandbox/selfSignedCertificate.ts";
import { failures, underAnotherClock } from "../support/scene/failures.ts";
import {
  createApiKey,
  giveWords,
  regenerateApiKey,
  rotateApiKey,
  takeSecretKey,
} from "../support/scene/newSecrets.ts";
import { writeConfigure } from "../support/scene/home.ts";
import { newLeaks, plantLeaks } from "../support/scene/plantedLeaks.ts";
import {
  chooseApiKeyForNsml,
  importAccount,
  openScene,
  type Scene,
} from "../support/scene/scene.ts";
import { SecretWatch } from "../support/scene/secretWatch.ts";
import { echo } from "../support/scene/sentSecrets.ts";
import { readOwnLog, writtenLogs } from "../support/scene/writtenLogs.ts";
import { changeSetting } from "../support/workbench/userSettings.ts";

describe("Secrets", () => {
  let scene: Scene;
  /** An NCP whose certificate nobody trusts. */
  let distrusted: Sandbox;
  let watch: SecretWatch;

  before(async () => {
    distrusted = await startSandbox({ tls: selfSignedCertificate() });
    scene = await openScene({
      // So few that all rows are in sight at once, failures included.
      sandbox: { apiKeys: 2, subAccounts: 1, authKeys: 1 },
      workbench: { env: writtenLogs },
      prepare(home, { state }) {
        home.addKeyPair("id_ed25519", "ed25519", "jiwoo@laptop");
        const [owner] = state.subAccounts;
        owner!.active = true;
        owner!.canAPIGatewayAccess = true;
        owner!.accessKeys.length = 1;
      },
    });
    watch = new SecretWatch(scene, [distrusted]);
    await watch.watchPage();
  });

  afterEach(() => {
    scene.sandbox.clearFaults();
    watch.remember();
  });

  after(async () => {
    await scene.close();
    await distrusted.close();
  });

  /** Refreshes, and gives the titles of the failures that the groups then show. */
  async function refreshAndFail(wanted: RegExp): Promise<readonly string[]> {
    const { workbench, sandbox } = scene;
    await workbench.runCommand("Ncloud Keys: Refresh");
    const rows = await workbench.tree.waitForRows(`three failures ${String(wanted)}`, (rows) => {
      const failures = rows.filter(({ text, level }) => level === 2 && wanted.test(text));
      return failures.length >= 3;
    });
    await sandbox.idle();
    return rows.filter(({ text }) => wanted.test(text)).map(({ text }) => text);
  }

  it("would be found if they leaked", async () => {
    const { workbench, sandbox } = scene;
    // So that there is a log of ours to leak to.
    const refused = sandbox.addFault(echo(sandbox, 401));
    await workbench.welcome.press("Import Account…");
    await workbench.quickPick.choose(/default/i);
    await workbench.notifications.waitFor(/^Import failed\./);
    refused.remove();
    await workbench.notifications.clear();
    const leaks = newLeaks();
    const forget = watch.alsoLookFor(leaks);
    const planted = await plantLeaks(scene, leaks);
    const { found } = await watch.search();
    await planted.takeBack();
    console.log(`      ${planted.found.length} planted leaks`);
    forget();
    // VS Code may keep more of it, such as a history of the settings.
    const isPlanted = (text: string) => Object.keys(leaks).some((leak) => text.startsWith(leak));
    assert.deepEqual(
      {
        missed: planted.found.filter((text) => !found.includes(text)),
        others: found.filter((text) => !isPlanted(text)),
      },
      { missed: [], others: [] },
    );
    // The window's memory of what was planted goes with its page.
    await workbench.reload();
    await watch.watchPage();
    await workbench.openView();
  });

  it("are in use: an account is imported, and everything is opened", async () => {
    const { workbench, sandbox } = scene;
    await importAccount(scene);
    await chooseApiKeyForNsml(scene);
    const rows = sandbox.state.apiKeys.all().map(({ apiKeyName }) => apiKeyName);
    for (const name of rows) await workbench.tree.expandRow(name);
    for (const { loginId } of sandbox.state.subAccounts) {
      await workbench.tree.expandRow(new RegExp(`\\b${loginId}\\b`));
    }
    await workbench.tree.waitForRows("all values, masked, and nothing loading", (all) => {
      const masked = all.filter(({ description }) => /^••••\w{4}$/.test(description));
      const isDone = all.every(({ text }) => !text.includes("Loading"));
      return isDone && masked.length === 2 * rows.length;
    });
    // Once no row moves any more.
    for (const name of rows) await workbench.tree.tooltip(name);
    await workbench.tree.tooltip(/^Primary key/);
  });

  for (const [name, { fault, titles }] of Object.entries(failures)) {
    it(`stay hidden in ${name}`, async () => {
      const { workbench, sandbox } = scene;
      const added = sandbox.addFault(fault);
      const shown = await refreshAndFail(titles);
      added.remove();
      await workbench.runCommand("Ncloud Keys: Refresh");
      await workbench.tree.waitForNoRow(titles);
      assert.ok(shown.length >= 3 && added.hits >= 3);
    });
  }

  it("stay hidden in an error that repeats the request", async () => {
    const { workbench, sandbox } = scene;
    const added = sandbox.addFault(echo(sandbox, 500));
    await refreshAndFail(/^Fault at NAVER Cloud$/);
    await workbench.runCommand("Ncloud Keys: Test Connection");
    await workbench.notifications.waitFor(/Fault at NAVER Cloud/);
    added.remove();
    await workbench.runCommand("Ncloud Keys: Refresh");
    await workbench.tree.waitForNoRow(/^Fault at NAVER Cloud$/);
    await workbench.notifications.clear();
  });

  it("stay hidden in requests that are cancelled", async () => {
    const { workbench, sandbox } = scene;
    sandbox.addFault({ kind: "hang" });
    const asked = ["/nsml/", "/api/v1/api-keys", "/api/v1/sub-accounts"].map((path) =>
      sandbox.nextRequest({ path }),
    );
    await workbench.runCommand("Ncloud Keys: Test Connection");
    await Promise.all(asked);
    await workbench.notifications.press("Asking NAVER Cloud…", "Cancel");
    await workbench.notifications.waitForNoProgress();
    await sandbox.idle();
  });

  it("stay hidden, and are not sent, where the certificate is not trusted", async () => {
    const { workbench, home } = scene;
    writeConfigure(home, distrusted, "distrusted");
    await workbench.runCommand("Ncloud Keys: Import Account…");
    await workbench.quickPick.choose("distrusted");
    await workbench.notifications.waitFor(/^Import failed\. .* its certificate is not trusted\./);
    await workbench.notifications.clear();
    assert.deepEqual(distrusted.requests, []);
  });

  it("stay hidden in an upload, failed and done", async () => {
    const { workbench, sandbox } = scene;
    const refused = sandbox.addFault(echo(sandbox, 400, "POST"));
    await workbench.runCommand("Ncloud Keys: Upload SSH Public Key…");
    await workbench.quickPick.choose("id_ed25519.pub");
    await workbench.inputBox.waitFor({ message: /^Title of/ });
    await workbench.inputBox.accept();
    await workbench.notifications.waitFor(/^NSML refused the key or its title/);
    refused.remove();
    await workbench.notifications.press(/^NSML refused the key or its title/, "Show Log");
    const line = workbench.page.locator(".part.panel .view-line", { hasText: "POST" });
    await line.first().waitFor();
    await workbench.runCommand("Ncloud Keys: Upload SSH Public Key…");
    await workbench.quickPick.choose("id_ed25519.pub");
    await workbench.inputBox.waitFor({ message: /^Title of/ });
    await workbench.inputBox.accept();
    await workbench.notifications.press("“jiwoo-laptop” is in NSML now.", "Copy Key ID");
    await workbench.waitForClipboard("jiwoo-laptop");
    await watch.keepClipboard();
  });

  it("stay hidden in what is copied of a key", async () => {
    const { workbench, sandbox } = scene;
    const [apiKey] = sandbox.state.apiKeys.page(0, 1);
    await workbench.tree.contextMenu(apiKey!.apiKeyName, "Copy as JSON");
    await workbench.waitForClipboard(/^\{/);
    await watch.keepClipboard();
  });

  it("are on the clipboard when they are copied on purpose, and for no longer than is set", async () => {
    const { workbench } = scene;
    await changeSetting(workbench, "ncloudKeys.clipboardClearSeconds", 1);
    await watch.untilCleared(() => workbench.tree.contextMenu("ml-training", "Copy Secondary Key"));
  });

  it("stay hidden in a new API key, and in new values of it", async () => {
    const { sandbox, workbench } = scene;
    sandbox.addFault({ ...underAnotherClock, method: "POST", times: 1 });
    await giveWords(scene, "batch-jobs");
    await workbench.notifications.waitFor(/^Creating failed\. The clock of this computer is /);
    await workbench.notifications.clear();
    await watch.untilCleared(() => createApiKey(scene, "batch-jobs"));
    await watch.untilCleared(() => regenerateApiKey(scene, "batch-jobs"));
    await watch.untilCleared(() => rotateApiKey(scene, "batch-jobs"));
    await workbench.notifications.clear();
  });

  it("stay hidden in a new access key, and in one there may not be", async () => {
    const { workbench, sandbox } = scene;
    const { switches, subAccounts } = sandbox.state;
    const row = new RegExp(`\\b${subAccounts[0]!.loginId}\\b`);
    switches.mostActiveAccessKeys = 1;
    await workbench.tree.contextMenu(row, "Create Access Key…");
    await workbench.dialog.press("Create");
    await workbench.notifications.waitFor(/^Creating failed\. The limit of active access keys /);
    await workbench.notifications.clear();
    switches.mostActiveAccessKeys = 3;
    const create = async () => {
      await workbench.tree.contextMenu(row, "Create Access Key…");
      await takeSecretKey(scene);
    };
    await watch.untilCleared(create);
    const made = subAccounts[0]!.accessKeys[0]!.accessKey.replace("ncp_iam_", "").slice(0, 4);
    await watch.untilCleared(async () => {
      await workbench.tree.contextMenu(new RegExp(`^${made}…`), "Rotate Access Key…");
      await takeSecretKey(scene);
      await workbench.dialog.press("Cancel");
    });
    await workbench.notifications.clear();
    assert.equal(subAccounts[0]!.accessKeys.length, 3);
  });

  it("are nowhere to be found while the account is in use", async () => {
    const { found } = await watch.search();
    assert.deepEqual(found, []);
  });

  it("are nowhere to be found once the person has signed out", async () => {
    const { workbench, sandbox } = scene;
    await workbench.runCommand("Ncloud Keys: Sign Out…");
    await workbench.dialog.press("Sign Out");
    await workbench.welcome.read();
    const log = readOwnLog(workbench.files).filter((line) => /\] [A-Z]+ \//.test(line));
    const [refused, sent] = [true, false].map((isTls) =>
      log.filter((line) => line.includes(" ms tls ") === isTls),
    );
    const result = await watch.search();
    console.log(
      `      ${Object.keys(failures).length} ways in which reading failed, ` +
        `${result.bytes} bytes searched for ${result.secrets} secrets, ` +
        `${log.length} requests in the log among them`,
    );
    assert.deepEqual(
      {
        found: result.found,
        everyRequestLogged: sent!.length,
        certificateRefused: refused!.length > 0,
        secrets: result.secrets >= sandbox.requests.length,
      },
      {
        found: [],
        everyRequestLogged: sandbox.requests.length,
        certificateRefused: true,
        secrets: true,
      },
    );
  });
});
