import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Fault } from "../sandbox/faults.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import {
  chooseApiKeyForNsml,
  importAccount,
  openScene,
  type Scene,
} from "../support/scene/scene.ts";
import { SecretSearch } from "../support/scene/secretSearch.ts";
import { readOwnLog, writtenLogs } from "../support/scene/writtenLogs.ts";
import { everSeen, storedInPage, watchPage } from "../support/workbench/everSeen.ts";

/** Which headers of a request nobody but NCP may read. */
const secretHeaders = ["x-ncp-apigw-signature-v2", "x-ncp-apigw-api-key"] as const;

/** Everything in this run that would let somebody else in. */
function secretsOf(sandbox: Sandbox): readonly (readonly [string, string])[] {
  const values = sandbox.state.apiKeys.all().flatMap(({ apiKeyId }) => {
    const { primaryKey, secondaryKey } = sandbox.state.apiKeys.valuesOf(apiKeyId);
    return [
      [`the primary key of ${apiKeyId}`, primaryKey],
      [`the secondary key of ${apiKeyId}`, secondaryKey],
    ] as const;
  });
  const sent = sandbox.requests.flatMap(({ method, path, headers }) =>
    secretHeaders.flatMap((name) => {
      const value = headers[name];
      return typeof value === "string" ? [[`${name} of ${method} ${path}`, value] as const] : [];
    }),
  );
  return [["the secret key", sandbox.secretKey], ...values, ...sent];
}

/** An answer that repeats, in its body and in its headers, all that the request carried. */
function echo(sandbox: Sandbox, status: number, method?: string): Fault {
  // The fault strikes right after the request was written down.
  const sent = () => sandbox.requests.at(-1)!.headers;
  return {
    kind: "status",
    status,
    ...(method !== undefined && { method }),
    get body() {
      const [signature = "", apiKey = ""] = secretHeaders.map((name) => String(sent()[name] ?? ""));
      return {
        error: {
          errorCode: status === 401 ? "200" : apiKey === "" ? signature : apiKey,
          message: `Refused: ${signature}, ${apiKey}`,
          details: JSON.stringify(sent()),
        },
      };
    },
    get headers() {
      const [signature = "", apiKey = ""] = secretHeaders.map((name) => String(sent()[name] ?? ""));
      return {
        "x-ncp-trace-id": apiKey === "" ? signature : apiKey,
        "x-ncp-request-id": signature,
      };
    },
  };
}

const gateway = (errorCode: string, message: string) => ({ error: { errorCode, message } });

describe("Secrets", () => {
  let scene: Scene;
  const consoleLines: string[] = [];
  const clipboard: string[] = [];

  before(async () => {
    scene = await openScene({
      // So few that all rows are in sight at once, failures included.
      sandbox: { apiKeys: 2, subAccounts: 1, authKeys: 1 },
      workbench: { env: writtenLogs },
      prepare: (home) => home.addKeyPair("id_ed25519", "ed25519", "jiwoo@laptop"),
    });
    scene.workbench.page.on("console", (message) => consoleLines.push(message.text()));
    await watchPage(scene.workbench.page);
  });

  afterEach(() => scene.sandbox.clearFaults());
  after(() => scene.close());

  /** Looks for every secret in all that a person or a file has seen since the window is open. */
  async function search(): Promise<SecretSearch> {
    const { workbench, sandbox, home } = scene;
    const found = new SecretSearch();
    for (const [name, secret] of secretsOf(sandbox)) found.lookFor(name, secret);
    found.searchText("the window", await everSeen(workbench.page));
    found.searchText("the profile", await storedInPage(workbench.page));
    found.searchText("the console", consoleLines.join("\n"));
    clipboard.push(await workbench.readClipboard());
    found.searchText("the clipboard", clipboard.join("\n"));
    found.searchFolder("VS Code's files", workbench.files);
    found.searchFolder("the home folder", home.path, [".ncloud/configure"]);
    return found;
  }

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
    const { workbench, sandbox, home } = scene;
    const { secretKey } = sandbox;
    const { page, files } = workbench;
    const planted = join(files, "server", "data", "logs", "planted.log");
    writeFileSync(planted, `GET / ${Buffer.from(`key:${secretKey}`).toString("base64")}\n`);
    const inHome = home.addFile("planted.txt", secretKey.slice(3, 28));
    // On view for no longer than one turn of the page's event loop.
    await page.evaluate(`(async () => {
      const planted = document.createElement("a");
      planted.title = ${JSON.stringify(secretKey)};
      document.body.append(planted);
      localStorage.setItem("planted", planted.title);
      await new Promise((resolve) => setTimeout(resolve));
      planted.remove();
    })()`);
    const { found } = await search();
    await page.evaluate(`localStorage.removeItem("planted")`);
    for (const path of [planted, inHome]) rmSync(path);
    assert.deepEqual(found, [
      "the secret key in base64 in VS Code's files: server/data/logs/planted.log",
      "the secret key in the home folder: planted.txt",
      "the secret key in the profile",
      "the secret key in the window",
    ]);
    // The window's memory of what was planted goes with its page.
    await workbench.reload();
    await watchPage(page);
    await workbench.openView();
  });

  it("are in use: an account is imported, and everything is opened", async () => {
    const { workbench, sandbox } = scene;
    const refused = sandbox.addFault(echo(sandbox, 401));
    await workbench.welcome.press("Import Account…");
    await workbench.quickPick.choose(/default/i);
    await workbench.notifications.waitFor(/^Import failed\./);
    refused.remove();
    await workbench.notifications.clear();
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

  const failures: readonly (readonly [string, Fault | "echo", RegExp])[] = [
    [
      "a wrong key",
      { kind: "status", status: 401, body: gateway("200", "Authentication Failed") },
      /not accepted$/,
    ],
    [
      "a missing permission",
      { kind: "status", status: 401, body: gateway("210", "Permission Denied") },
      /^(No permission|Not available|No permission to list)$/,
    ],
    [
      "too many requests",
      { kind: "status", status: 429, headers: { "retry-after": "60" } },
      /^Too many requests$/,
    ],
    ["a fault of the server", { kind: "status", status: 500 }, /^Fault at NAVER Cloud$/],
    ["half a body", { kind: "truncatedJson" }, /^Answer not understood$/],
    ["a reset connection", { kind: "reset" }, /^No connection$/],
    ["an answer of another shape", { kind: "wrongShape" }, /^Answer not understood$/],
    [
      "a wrong key under a clock that is off",
      {
        kind: "status",
        status: 401,
        headers: { date: new Date(Date.now() - 600_000).toUTCString() },
        body: gateway("200", "Authentication Failed"),
      },
      /not accepted$/,
    ],
    ["a proxy that wants a password", { kind: "status", status: 407 }, /^Proxy refused$/],
    ["a redirect", { kind: "redirect", location: "/elsewhere" }, /^Answer not understood$/],
    ["too large an answer", { kind: "hugeBody", bytes: 9 << 20 }, /^Answer not understood$/],
    ["an error that repeats the request", "echo", /^Fault at NAVER Cloud$/],
  ];

  for (const [name, given, wanted] of failures) {
    it(`stay hidden in ${name}`, async () => {
      const { workbench, sandbox } = scene;
      const fault = given === "echo" ? echo(sandbox, 500) : given;
      const added = sandbox.addFault(fault);
      const titles = await refreshAndFail(wanted);
      assert.ok(titles.length >= 3);
      if (given === "echo") {
        await workbench.runCommand("Ncloud Keys: Test Connection");
        await workbench.notifications.waitFor(/Fault at NAVER Cloud/);
      }
      added.remove();
      await workbench.runCommand("Ncloud Keys: Refresh");
      await workbench.tree.waitForNoRow(wanted);
      assert.ok(added.hits >= 3);
    });
  }

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
    clipboard.push(await workbench.waitForClipboard("jiwoo-laptop"));
  });

  it("stay hidden in what is copied", async () => {
    const { workbench, sandbox } = scene;
    const [apiKey] = sandbox.state.apiKeys.page(0, 1);
    await workbench.tree.contextMenu(apiKey!.apiKeyName, "Copy as JSON");
    clipboard.push(await workbench.waitForClipboard(/^\{/));
  });

  it("are nowhere to be found once the person has signed out", async () => {
    const { workbench, sandbox } = scene;
    await workbench.runCommand("Ncloud Keys: Sign Out…");
    await workbench.dialog.press("Sign Out");
    await workbench.welcome.read();
    const log = readOwnLog(workbench.files);
    const result = await search();
    console.log(
      `      ${result.bytes} bytes searched for ${result.secrets} secrets, ` +
        `${log.length} lines of the log among them`,
    );
    assert.deepEqual(
      {
        found: result.found,
        everyRequestLogged: log.filter((line) => /\] (GET|POST) \//.test(line)).length,
        secrets: result.secrets >= sandbox.requests.length,
      },
      { found: [], everyRequestLogged: sandbox.requests.length, secrets: true },
    );
  });
});
