import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startSandbox, type Sandbox } from "../sandbox/sandbox.ts";
import {
  chooseApiKeyForNsml,
  importAccount,
  openScene,
  type Scene,
} from "../support/scene/scene.ts";
import { readLogs, writtenLogs } from "../support/scene/writtenLogs.ts";
import { everSeen, watchPage } from "../support/workbench/everSeen.ts";

const authKeys = "/nsml/v1/auth-keys";
const uploading = "Uploading “jiwoo-laptop” to NSML…";
const uploaded = "“jiwoo-laptop” is in NSML now.";
const cancelled = "Upload cancelled; nothing was uploaded";

const ids = (sandbox: Sandbox) => sandbox.state.apiKeys.all().map(({ apiKeyId }) => apiKeyId);

describe("Races", () => {
  let scene: Scene;
  let other: Sandbox;
  const consoleLines: string[] = [];

  before(async () => {
    other = await startSandbox({ apiKeys: 2, subAccounts: 1, authKeys: 0, seed: "other" });
    scene = await openScene({
      sandbox: { apiKeys: 3, subAccounts: 1, authKeys: 2 },
      prepare: (home) => home.addKeyPair("id_ed25519", "ed25519", "jiwoo@laptop"),
      workbench: {
        env: {
          ...writtenLogs,
          NCLOUD_ACCESS_KEY_ID: other.accessKeyId,
          NCLOUD_SECRET_ACCESS_KEY: other.secretKey,
          NCLOUD_API_GW: other.origin,
        },
      },
    });
    const { page } = scene.workbench;
    page.on("console", (message) => consoleLines.push(message.text()));
    await watchPage(page);
    await importAccount(scene);
    await chooseApiKeyForNsml(scene);
  });

  afterEach(async () => {
    scene.sandbox.clearFaults();
    await scene.sandbox.idle();
  });

  after(async () => {
    await scene.close();
    await other.close();
  });

  /** Holds the answers to come back until `release`; what they say was true when they were asked. */
  function hold(sandbox: Sandbox, path: string | RegExp, times: number, method = "GET") {
    let release: (value?: unknown) => void = () => undefined;
    const until = new Promise((resolve) => (release = resolve));
    sandbox.addFault({ kind: "hold", until, path, method, times });
    return release;
  }

  /** The API keys in view, by their IDs, which stand last behind their names. */
  async function shownApiKeys(): Promise<readonly string[]> {
    const rows = await scene.workbench.tree.rows();
    return rows
      .filter(({ label }) => label.includes(" API key, "))
      .map(({ description }) => description.split(" · ").at(-1)!);
  }

  async function waitForApiKeys(wanted: readonly string[]): Promise<void> {
    await scene.workbench.tree.waitForRows(`the API keys ${wanted.join()}`, (rows) => {
      const shown = rows.flatMap(({ label, description }) =>
        label.includes(" API key, ") ? [description.split(" · ").at(-1)] : [],
      );
      return shown.join() === wanted.join();
    });
  }

  let marks = 0;

  /**
   * Waits until a change that comes after all the others is in view: what a late answer did to the
   * tree would have been drawn before it.
   */
  async function drawLater(sandbox: Sandbox): Promise<void> {
    await sandbox.idle();
    const mark = `later-${++marks}`;
    sandbox.state.subAccounts[0]!.name = mark;
    await scene.workbench.tree.clickInlineAction("Sub Account Access Keys", "Refresh");
    await scene.workbench.tree.waitForRow(mark);
  }

  async function chooseFile(): Promise<void> {
    const { workbench } = scene;
    await workbench.runCommand("Ncloud Keys: Upload SSH Public Key…");
    await workbench.quickPick.choose("id_ed25519.pub");
  }

  /** Goes as far as the title of a key that NSML does not have; what was asked by then is not counted. */
  async function prepareUpload(): Promise<void> {
    const { workbench, sandbox } = scene;
    await workbench.notifications.clear();
    const left = sandbox.state.authKeys.findIndex(({ title }) => title === "jiwoo-laptop");
    if (left !== -1) sandbox.state.authKeys.splice(left, 1);
    await chooseFile();
    await workbench.inputBox.waitFor({ message: /^Title of/ });
    sandbox.resetRequests();
  }

  /** Goes on until a request of the upload has reached NSML. */
  async function uploadUntil(method: string): Promise<void> {
    const asked = scene.sandbox.nextRequest({ method, path: authKeys });
    await scene.workbench.inputBox.accept();
    await asked;
  }

  /** How often the key is in NSML, and how often it was sent. */
  function uploads(): readonly number[] {
    const { state, requests } = scene.sandbox;
    return [
      state.authKeys.filter(({ title }) => title === "jiwoo-laptop").length,
      requests.filter(({ method }) => method === "POST").length,
    ];
  }

  it("lets a refresh during a refresh win, whichever is answered last", async () => {
    const { workbench, sandbox } = scene;
    const all = ids(sandbox);
    const release = hold(sandbox, "/api/v1/api-keys?", 1);
    const first = sandbox.nextRequest({ path: "/api/v1/api-keys?" });
    await workbench.runCommand("Ncloud Keys: Refresh");
    await first;
    const removed = all[1]!;
    sandbox.state.apiKeys.delete(removed);
    await workbench.runCommand("Ncloud Keys: Refresh");
    const left = all.filter((id) => id !== removed);
    await waitForApiKeys(left);
    release();
    await drawLater(sandbox);
    assert.deepEqual(await shownApiKeys(), left);
  });

  it("asks once for each of two refreshes at once, and doubles no key", async () => {
    const { workbench, sandbox } = scene;
    const { page } = workbench;
    const group = page.locator(".customview-tree [role=treeitem]", { hasText: /^API Keys/ });
    await group.hover();
    const icon = group.locator(".actions .action-label[aria-label^=Refresh]");
    await icon.waitFor();
    const all = ids(sandbox);
    sandbox.resetRequests();
    const next = sandbox.nextRequest({ path: "/api/v1/api-keys?" });
    await icon.dblclick();
    await next;
    await drawLater(sandbox);
    const asked = sandbox.requests.filter(({ path }) => path.startsWith("/api/v1/api-keys?"));
    assert.deepEqual(
      { shown: await shownApiKeys(), once: asked.length <= 2 },
      { shown: all, once: true },
    );
  });

  it("survives the opening of a row that a refresh has just removed", async () => {
    const { workbench, sandbox } = scene;
    const [kept, removed] = sandbox.state.apiKeys.all();
    const release = hold(sandbox, `/api/v1/api-keys/${removed!.apiKeyId}`, 1);
    const detail = sandbox.nextRequest({ path: `/api/v1/api-keys/${removed!.apiKeyId}` });
    await workbench.tree.expandRow(removed!.apiKeyName);
    await detail;
    sandbox.state.apiKeys.delete(removed!.apiKeyId);
    await workbench.runCommand("Ncloud Keys: Refresh");
    await waitForApiKeys([kept!.apiKeyId]);
    release();
    await drawLater(sandbox);
    assert.deepEqual(await shownApiKeys(), [kept!.apiKeyId]);
  });

  it("sends no key when the upload is cancelled while NSML is asked what it has", async () => {
    const { workbench, sandbox } = scene;
    await prepareUpload();
    const release = hold(sandbox, authKeys, 1);
    await uploadUntil("GET");
    await workbench.notifications.press(uploading, "Cancel");
    await workbench.notifications.waitForNone(uploading);
    await workbench.waitForStatusBar(cancelled);
    release();
    await drawLater(sandbox);
    assert.deepEqual(uploads(), [0, 0]);
  });

  it("finds no key when the upload is cancelled before NSML took it", async () => {
    const { workbench, sandbox } = scene;
    await prepareUpload();
    sandbox.addFault({ kind: "hang", path: authKeys, method: "POST", times: 1 });
    await uploadUntil("POST");
    await workbench.notifications.press(uploading, "Cancel");
    await workbench.notifications.waitForNone(uploading);
    await workbench.waitForStatusBar(cancelled);
    assert.deepEqual(uploads(), [0, 1]);
  });

  it("finds the key when the upload is cancelled after NSML took it", async () => {
    const { workbench, sandbox } = scene;
    await prepareUpload();
    const release = hold(sandbox, authKeys, 1, "POST");
    await uploadUntil("POST");
    await workbench.notifications.press(uploading, "Cancel");
    await workbench.notifications.waitFor(uploaded);
    release();
    await workbench.tree.waitForRow("jiwoo-laptop");
    assert.deepEqual(uploads(), [1, 1]);
  });

  it("finds the key when the upload is cancelled while NSML is asked for it", async () => {
    const { workbench, sandbox } = scene;
    await prepareUpload();
    const answer = hold(sandbox, authKeys, 1, "POST");
    await uploadUntil("POST");
    const looking = sandbox.nextRequest({ method: "GET", path: authKeys });
    const release = hold(sandbox, authKeys, 1);
    answer();
    await looking;
    await workbench.notifications.press(uploading, "Cancel");
    release();
    await workbench.notifications.waitFor(uploaded);
    assert.deepEqual(uploads(), [1, 1]);
  });

  it("makes one key of a file that is uploaded twice at once", async () => {
    const { workbench, sandbox } = scene;
    await prepareUpload();
    const release = hold(sandbox, authKeys, 1);
    await uploadUntil("GET");
    await chooseFile();
    await workbench.notifications.waitFor("This key is being uploaded already.");
    release();
    await workbench.notifications.waitFor(uploaded);
    await sandbox.idle();
    assert.deepEqual(uploads(), [1, 1]);
  });

  it("shows no row of the account before when it is switched during a load", async () => {
    const { workbench, sandbox } = scene;
    const release = hold(sandbox, "/", 3);
    const asked = sandbox.nextRequest({ path: "/api/v1/api-keys?" });
    await workbench.runCommand("Ncloud Keys: Refresh");
    await asked;
    await workbench.runCommand("Ncloud Keys: Import Account…");
    await workbench.quickPick.choose("Environment");
    await waitForApiKeys(ids(other));
    release();
    await sandbox.idle();
    await drawLater(other);
    assert.deepEqual(await shownApiKeys(), ids(other));
  });

  it("stays signed out when answers arrive after the sign-out", async () => {
    const { workbench } = scene;
    const release = hold(other, "/api/v1/api-keys?", 1);
    const asked = other.nextRequest({ path: "/api/v1/api-keys?" });
    await workbench.runCommand("Ncloud Keys: Refresh");
    await asked;
    await workbench.runCommand("Ncloud Keys: Remove All Stored Credentials…");
    await workbench.dialog.press("Remove All");
    await workbench.welcome.read();
    release();
    await other.idle();
    // A question to the extension and its answer in the window come after the late answer.
    await workbench.runCommand("Ncloud Keys: Switch Account…");
    await workbench.notifications.waitFor("No credentials are stored on this computer.");
    assert.deepEqual(await workbench.tree.rows(), []);
  });

  it("leaves no complaint of VS Code behind", async () => {
    const { workbench } = scene;
    const planted = [
      "Element with id planted is already registered",
      "rejected promise not handled within 1 second: planted",
    ];
    const text = planted.join("\n");
    await workbench.page.evaluate(`console.error(${JSON.stringify(text)})`);
    await workbench.page.evaluate(`(async () => {
      document.body.append(${JSON.stringify(text)});
      await new Promise((resolve) => setTimeout(resolve));
      document.body.lastChild.remove();
    })()`);
    writeFileSync(join(workbench.files, "server", "data", "logs", "planted.log"), text);
    const complaint =
      /Element with id .* already registered|unhandled ?rejection|not handled within|unknown tree item/i;
    const complaintsIn = (texts: Iterable<string>) =>
      [...texts].flatMap((text) => text.split("\n")).filter((line) => complaint.test(line));
    assert.deepEqual(
      {
        window: complaintsIn([await everSeen(workbench.page)]),
        console: complaintsIn(consoleLines),
        logs: complaintsIn(readLogs(workbench.files).values()),
      },
      { window: planted, console: planted, logs: planted },
    );
  });
});
