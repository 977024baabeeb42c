import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Locator } from "playwright-core";
import { startSandbox, type Sandbox } from "../sandbox/sandbox.ts";
import { installTestExtension } from "../support/installTestExtension.ts";
import { makeTempFolder } from "../support/leftovers.ts";
import { startConnectProxy, type ConnectProxy } from "../support/proxy/connectProxy.ts";
import {
  chooseApiKeyForNsml,
  importAccount,
  openScene,
  registerKey,
  type Scene,
} from "../support/scene/scene.ts";
import { writeConfigure, type Home } from "../support/scene/home.ts";
import { readers } from "../support/scene/fileWatch.ts";
import { writtenReads, writtenTouches, type Touch } from "../support/scene/writtenLogs.ts";
import { until } from "../support/workbench/until.ts";
import { changeSetting } from "../support/workbench/userSettings.ts";

const link = "[x](command:runCounter.run)";
const icon = "$(trash)";
const marks = "a\u202eb\u0007c\u200bd";
const html = "<img src=x onerror=alert(1)>";
/** What `marks` looks like when every character that nobody can see is written out. */
const writtenOut = "a\\u{202e}b\\u{7}c\\u{200b}d";
const links = "a[href], a[data-href]";
const long = "long ".repeat(200);

/** The text without the joiners that keep it from being markup. */
const withoutJoiners = (text: string) => text.replaceAll("\u2060", "");

/** A hostile value for each of our settings. A new one has to be given one here. */
function everySetting(folder: string): Readonly<Record<string, unknown>> {
  const values = {
    "ncloudKeys.sshDirectory": folder,
    "ncloudKeys.keyAgeWarningDays": 1,
    "ncloudKeys.clipboardClearSeconds": 0,
    "ncloudKeys.languageModelTools": false,
  };
  const file = new URL("../../../package.json", import.meta.url);
  const { contributes } = JSON.parse(readFileSync(file, "utf8")) as {
    contributes: { configuration: { properties: object } };
  };
  assert.deepEqual(Object.keys(values), Object.keys(contributes.configuration.properties));
  return values;
}

describe("A hostile workspace", () => {
  let scene: Scene;
  let elsewhere: Sandbox;
  let proxy: ConnectProxy;
  const record = makeTempFolder("ncloud-keys-reads-");
  const reads = join(record.path, "reads.txt");
  const runs = join(record.path, "runs.txt");
  /** What the page was made to say in a dialog of the browser's. */
  const alerts: string[] = [];
  let clicked = 0;
  const hostileComment = `${link} ${icon} ${html}`;

  before(async () => {
    elsewhere = await startSandbox({ apiKeys: 1, authKeys: 0, subAccounts: 0 });
    // It takes note of whom it was asked for, and lets nobody through.
    proxy = await startConnectProxy({});
    scene = await openScene({
      sandbox: { apiKeys: 1, authKeys: 0, subAccounts: 1 },
      prepare(home, sandbox) {
        fillHome(home, sandbox);
        fillProject(home);
      },
      folderOf: (home) => join(home.path, "project"),
      workbench: {
        env: { ...writtenReads(reads), NCLOUD_KEYS_TEST_RUNS: runs },
        install: (extensionsDir) => installTestExtension("runCounter", extensionsDir),
      },
    });
    scene.workbench.page.on("dialog", (dialog) => {
      alerts.push(dialog.message());
      void dialog.dismiss();
    });
  });

  after(async () => {
    await scene.close();
    await elsewhere.close();
    await proxy.close();
    record.remove();
  });

  function fillHome(home: Home, sandbox: Sandbox): void {
    const line = home.addKeyPair("known", "ed25519", hostileComment);
    registerKey(sandbox, `${link}${icon}`, line, 3);
    const [type, blob] = home.addKeyPair("other", "ed25519", "x").split(" ");
    home.addFile(`.ssh/${link} ${icon}.pub`, `${type} ${blob} ${hostileComment}\n`);
    const [, third] = home.addKeyPair("third", "ed25519", "x").split(" ");
    home.addFile(".ssh/third.pub", `${type} ${third} ${long}\n`);
    home.addFile(`.ssh/${marks}.pub`, `${type} ${third} ${marks}\n`);
    home.addFile(`.ssh/lines.pub`, "x".repeat(1024 * 1024));
    const [apiKey] = sandbox.state.apiKeys.page(0, 1);
    sandbox.state.apiKeys.put({
      ...apiKey!,
      apiKeyName: `${link}${icon}`,
      apiKeyDescription: `${hostileComment} ${marks}`,
    });
    const [subAccount] = sandbox.state.subAccounts;
    subAccount!.name = `${html}${marks}`;
  }

  function fillProject(home: Home): void {
    const { origin, accessKeyId, secretKey } = elsewhere;
    const names = ["endpoint", "origin", "apiUrl", "apiGatewayUrl", "zone", "proxy", "secretKey"];
    const settings = {
      ...everySetting(join(home.path, "project", "keys")),
      ...Object.fromEntries(names.map((name) => [`ncloudKeys.${name}`, origin])),
      "http.proxy": proxy.url,
      "http.proxySupport": "override",
      "http.proxyStrictSSL": false,
    };
    home.addFile("project/.vscode/settings.json", JSON.stringify(settings));
    const variables = [
      `NCLOUD_API_GW=${origin}`,
      `NCLOUD_ACCESS_KEY_ID=${accessKeyId}`,
      `NCLOUD_SECRET_ACCESS_KEY=${secretKey}`,
    ];
    home.addFile("project/.env", variables.join("\n"));
    home.addFile("project/.ncloud/configure", `[DEFAULT]\nncloud_api_url = ${origin}\n`);
    mkdirSync(join(home.path, "project", "keys"));
    const planted = join(home.path, "project", "keys", "planted.pub");
    writeFileSync(planted, readFileSync(join(home.path, ".ssh", "known.pub")));
    home.addFile(`project/${link}.pub`, "-----BEGIN OPENSSH PRIVATE KEY-----\n");
  }

  /** What could do something in a piece of the page: links, pictures, and icons a text asked for. */
  async function lively(place: Locator): Promise<number> {
    return await place.locator(`${links}, img[src='x'], .codicon-trash`).count();
  }

  /** Clicks whatever shows a hostile text in a piece of the page, and the links that one became. */
  async function clickHostile(place: Locator): Promise<void> {
    const texts = place.getByText(/runCounter|trash|onerror/).or(place.locator(links));
    for (const text of await texts.all()) {
      // Not by the mouse, on whose way a hover closes.
      await text.dispatchEvent("click");
      clicked++;
    }
  }

  /** How often the command ran that the hostile texts name. */
  function countRuns(): number {
    return existsSync(runs) ? readFileSync(runs, "utf8").split("\n").length - 1 : 0;
  }

  it("has its credentials neither offered nor used", async () => {
    const { workbench } = scene;
    await workbench.welcome.press("Import Account…");
    await workbench.quickPick.waitForItem("default");
    const offered = await workbench.quickPick.items();
    await workbench.quickPick.cancel();
    await importAccount(scene);
    assert.deepEqual(
      offered.map(({ label, description }) => [label, description]),
      [["default", scene.sandbox.accessKeyId]],
    );
  });

  it("shows hostile names of the account as text, in the tree and in its hovers", async () => {
    const { workbench } = scene;
    await workbench.tree.clickRow(/Needs an API key/);
    await workbench.quickPick.waitForItem(/runCounter/);
    const [picked] = (await workbench.quickPick.items()).filter(({ label }) => label.includes("x"));
    const inPick = await lively(workbench.page.locator(".quick-input-list .label-name"));
    await workbench.quickPick.cancel();
    const apiKey = await workbench.tree.waitForRow(`${link}${icon}`);
    const subAccount = await workbench.tree.waitForRow(/onerror/);
    // A hover begins with the row's text alone; the facts are asked for when it opens.
    const tooltip = await until(
      workbench.page,
      "The facts of the API key",
      () => workbench.tree.tooltip(apiKey.text),
      (text) => text.includes("Description"),
    );
    const hover = workbench.page.locator(".workbench-hover-container");
    await clickHostile(hover);
    await clickHostile(workbench.page.locator(".customview-tree"));
    assert.deepEqual(
      {
        inPick,
        picked: withoutJoiners(picked?.label ?? ""),
        apiKey: apiKey.text,
        subAccount: subAccount.text,
        tooltip: [link, icon, writtenOut, html].map((text) => tooltip.includes(text)),
        lively: [await lively(hover), await lively(workbench.page.locator(".customview-tree"))],
      },
      {
        inPick: 0,
        picked: `${link}${icon}`,
        apiKey: `${link}${icon}`,
        subAccount: `${html}${writtenOut}`,
        tooltip: [true, true, true, true],
        lively: [0, 0],
      },
    );
  });

  it("shows hostile files as text when one is chosen for upload, and only those of ~/.ssh", async () => {
    const { workbench, sandbox } = scene;
    // Its name is too odd for a pattern of the page object: it is the account's only API key.
    const [apiKey] = sandbox.state.apiKeys.page(0, 1);
    sandbox.state.apiKeys.put({ ...apiKey!, apiKeyName: "ml-training" });
    await chooseApiKeyForNsml(scene);
    await workbench.runCommand("Ncloud Keys: Upload SSH Public Key…");
    await workbench.quickPick.waitForItem("known.pub");
    const items = await workbench.quickPick.items();
    const inPick = await lively(workbench.page.locator(".quick-input-list .monaco-icon-label"));
    await workbench.screenshot("hostile-files");
    const names = items.map(({ label }) => withoutJoiners(label));
    const hostile = items.find(({ label }) => label.includes("runCounter"));
    const known = items.find(({ label }) => label === "known.pub");
    const third = items.find(({ label }) => label === "third.pub");
    await workbench.quickPick.choose("known.pub");
    const { message } = await workbench.notifications.waitFor(/^This key is in NSML already/);
    const shown = workbench.page.locator(".notification-list-item-message:visible");
    await clickHostile(shown);
    const inMessage = await lively(shown);
    await workbench.notifications.clear();
    assert.deepEqual(
      {
        names: names.filter((name) => name.endsWith(".pub")).sort(),
        inPick,
        comment: [link, icon, html].map((text) =>
          withoutJoiners(hostile?.description ?? "").includes(text),
        ),
        refused: items.find(({ label }) => label.startsWith("a\\u{"))?.section,
        known: known?.section,
        cut: (third?.description.length ?? long.length) < 300,
        message: withoutJoiners(message),
        inMessage,
      },
      {
        names: [
          `${link} ${icon}.pub`,
          `${writtenOut}.pub`,
          "known.pub",
          "lines.pub",
          "other.pub",
          "third.pub",
        ].sort(),
        inPick: 0,
        comment: [true, true, true],
        refused: "Not accepted by NSML",
        known: "Already in NSML",
        cut: true,
        message: `This key is in NSML already, as “${link}${icon}”.`,
        inMessage: 0,
      },
    );
  });

  it("shows a hostile file name of the workspace as text when its file is refused", async () => {
    const { workbench } = scene;
    await workbench.explorer.contextMenu(`${link}.pub`, "Upload SSH Public Key…");
    const { message } = await workbench.notifications.waitFor(/cannot be uploaded/);
    const shown = workbench.page.locator(".notification-list-item-message:visible");
    await clickHostile(shown);
    const inMessage = await lively(shown);
    await workbench.notifications.clear();
    assert.deepEqual(
      { message: withoutJoiners(message).startsWith(`${link}.pub cannot be uploaded.`), inMessage },
      { message: true, inMessage: 0 },
    );
  });

  it("names no proxy: that is the person's own setting, which VS Code sees to", async () => {
    const { workbench, home, sandbox } = scene;
    // VS Code asks no proxy for this computer; this name is too long for any resolver but a proxy's.
    const host = `${"x".repeat(64)}.invalid`;
    const { accessKeyId, secretKey } = sandbox;
    writeConfigure(home, { accessKeyId, secretKey, origin: `https://${host}` }, "unknown");
    const importIt = async () => {
      await workbench.runCommand("Ncloud Keys: Import Account…");
      await workbench.quickPick.choose("unknown");
      await workbench.dialog.press("Use This Origin");
      const { message } = await workbench.notifications.waitFor(/^Import failed\./);
      await workbench.notifications.clear();
      return message;
    };
    const message = await importIt();
    const ofWorkspace = [...proxy.tunnels];
    await changeSetting(workbench, "http.proxy", proxy.url);
    const refused = await importIt();
    assert.deepEqual(
      {
        message: message.includes("could not be reached"),
        refused: refused.includes("The proxy gave no answer, or refused the request."),
        ofWorkspace,
        ofPerson: [...new Set(proxy.tunnels)],
      },
      { message: true, refused: true, ofWorkspace: [], ofPerson: [`${host}:443`] },
    );
  });

  it("has had nothing sent elsewhere, and nothing read that nobody chose", () => {
    const { home } = scene;
    const touches = writtenTouches(reads);
    const inHome = ({ path }: Touch) => relative(home.path, path).split(sep).join("/");
    const read = new Set(
      touches.filter(({ method }) => readers.includes(method)).map((touch) => inHome(touch)),
    );
    // VS Code lists the open folder and looks at what is in it, in processes of its own.
    const byExtensions = touches
      .filter(({ process, path }) => process === "extensionHost" && path.startsWith(home.path))
      .map((touch) => inHome(touch));
    const planted = ["project/.env", "project/.ncloud/configure", "project/keys/planted.pub"];
    const privateKeys = [".ssh/known", ".ssh/other", ".ssh/third"];
    const publicKeys = ["known", "other", "third", "lines", marks, `${link} ${icon}`];
    const asked = [
      ...[".ncloud/configure", ".ssh", `project/${link}.pub`],
      ...publicKeys.map((name) => `.ssh/${name}.pub`),
    ];
    console.log(
      `      ${touches.length} times a path was touched, ${read.size} files read by VS Code and ` +
        `its extensions, ${new Set(byExtensions).size} paths of the person's by extensions`,
    );
    assert.deepEqual(
      {
        unasked: [...planted, ...privateKeys].filter((path) => read.has(path)),
        byExtensions: [...new Set(byExtensions)].sort(),
        requests: elsewhere.requests.length,
        connections: elsewhere.connections,
      },
      { unasked: [], byExtensions: asked.sort(), requests: 0, connections: 0 },
    );
  });

  it("has had nothing run, whatever was clicked", async () => {
    const { workbench } = scene;
    const before = { clicked, runs: countRuns(), alerts: [...alerts] };
    console.log(`      ${clicked} hostile texts clicked, ${before.runs} runs`);
    // The same text where nobody sees to it: what it names is run, and counted.
    await workbench.runCommand("Run Counter: Show Link");
    await workbench.notifications.waitFor("x");
    const shown = workbench.page.locator(".notification-list-item-message:visible");
    const inMessage = await lively(shown);
    await clickHostile(shown);
    await until(
      workbench.page,
      "A run",
      () => Promise.resolve(countRuns()),
      (count) => count > 0,
    );
    await workbench.page.evaluate("alert(1)");
    assert.deepEqual(
      { before, inMessage, after: { runs: countRuns(), alerts } },
      {
        before: { clicked: 6, runs: 0, alerts: [] },
        inMessage: 1,
        after: { runs: 1, alerts: ["1"] },
      },
    );
  });
});
