import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as vscode from "vscode";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { makeTempFolder } from "../support/leftovers.ts";
import { rowCommands } from "../support/rowCommands.ts";
import { watchFiles } from "../support/scene/fileWatch.ts";
import { say } from "./say.ts";
import { signInAtSandbox } from "./signedInHost.ts";
import { listenToMessages } from "./shownMessages.ts";

/** Rows as another extension would make them up; each has what some command would work on. */
const forged: readonly unknown[] = [
  {
    kind: "authKey",
    id: "account-1/authKeys/forged",
    authKey: { title: "forged", name: "forged", fingerprint: "forged", createTime: "forged" },
  },
  { kind: "apiKey", id: "forged", apiKey: { apiKeyId: "../forged", name: "forged" } },
  { kind: "subAccount", id: "forged", subAccountId: "../forged" },
  {
    kind: "accessKey",
    id: "forged",
    subAccountId: "../forged",
    accessKey: { accessKeyId: "forged", active: true },
    parent: { kind: "subAccount", id: "forged", subAccountId: "../forged" },
  },
  { kind: "group", id: "account-1/authKeys", group: "authKeys" },
  // A file that there is: a path is no choice of the person's.
  fileURLToPath(import.meta.url),
  7,
  null,
  [[]],
];

const folder = makeTempFolder("ncloud-keys-forged-");
const file = join(folder.path, "planted.pub");
const uri = vscode.Uri.file(file);
const parts = { scheme: "file", authority: "", path: file, query: "", fragment: "" };

/** What looks like a resource of the editor's and is none. */
const almostResources: Readonly<Record<string, unknown>> = {
  "its parts": { ...parts, fsPath: file },
  "its parts, of another scheme": { ...parts, scheme: "http", authority: "127.0.0.1" },
  "a prototype by name": JSON.parse(`{"__proto__":${JSON.stringify(parts)}}`) as unknown,
  "a list of resources": [uri],
  "another kind of address": pathToFileURL(file),
};

/** What the check for a resource lets pass, though it names no file. */
const malformedResources: Readonly<Record<string, unknown>> = {
  "an empty resource": Object.create(vscode.Uri.prototype) as unknown,
  "an open file's number": Object.create(vscode.Uri.prototype, {
    scheme: { value: "file" },
    fsPath: { value: 0 },
  }) as unknown,
  "a text of its own": Object.create(vscode.Uri.prototype, {
    scheme: { value: "file" },
    fsPath: { value: { toString: () => file } },
  }) as unknown,
};

const notARow = "This command works on a row of the Ncloud Keys view. Select one there first.";
const failed =
  "The command failed. Something unexpected went wrong in the extension; the log has more.";

const upload = "ncloudKeys.uploadPublicKey";

/** Calls the command that takes resources, as another extension does. */
async function byExtension(...args: readonly unknown[]): Promise<void> {
  await vscode.commands.executeCommand(upload, ...args);
}

/** Calls it as a link does: from the window, where JSON that is marked as a resource becomes one. */
async function byLink(...args: readonly unknown[]): Promise<void> {
  const command = { command: upload, args };
  await vscode.commands.executeCommand("runCommands", { commands: [command] });
}

describe("Commands called by another extension", () => {
  let sandbox: Sandbox;
  let signOut: () => Promise<void>;

  before(async () => {
    writeFileSync(file, "no key\n");
    ({ sandbox, signOut } = await signInAtSandbox());
  });

  after(async () => {
    await signOut();
    folder.remove();
  });

  /** What a run says, asks NCP, and does to the planted file; whatever it asks the person is closed. */
  async function observe(run: () => Promise<void>) {
    sandbox.resetRequests();
    const messages = listenToMessages();
    const touched = new Set<string>();
    const stop = watchFiles((_, path) => {
      if (path.startsWith(folder.path)) touched.add(path);
    });
    try {
      const isDone = run().then(() => true);
      const close = () => vscode.commands.executeCommand("workbench.action.closeQuickOpen");
      // What is not open yet cannot be closed; the test's time limit ends it.
      while (!(await Promise.race([isDone, close()])));
    } finally {
      messages.stop();
      stop();
    }
    const requests = sandbox.requests.map(({ method, path }) => `${method} ${path}`);
    return { said: messages.counts, requests, touched: [...touched] };
  }

  it("refuse what is no row of the tree: nothing is sent, copied, read, or said of it", async () => {
    await vscode.env.clipboard.writeText("before");
    let calls = 0;
    const seen = await observe(async () => {
      for (const command of rowCommands) {
        const resources = [...Object.values(almostResources), ...(command === upload ? [] : [uri])];
        for (const row of [...forged, ...resources]) {
          await vscode.commands.executeCommand(command, row, [row]);
          calls++;
        }
      }
    });
    say(`${rowCommands.length} commands, ${calls} calls`);
    assert.deepEqual(
      { ...seen, clipboard: await vscode.env.clipboard.readText() },
      { said: { [notARow]: calls }, requests: [], touched: [], clipboard: "before" },
    );
  });

  it("refuse, of whoever calls, what is no resource in place of one", async () => {
    const marked = { $mid: 1, ...parts };
    const calls: readonly (() => Promise<void>)[] = [
      ...Object.values(almostResources).map((value) => () => byExtension(value)),
      () => byExtension(marked),
      () => byLink(almostResources["its parts"]),
      () => byLink([marked]),
      () => byLink(file),
    ];
    for (const call of calls) {
      const seen = await observe(call);
      assert.deepEqual(seen, { said: { [notARow]: 1 }, requests: [], touched: [] });
    }
    for (const value of Object.values(malformedResources)) {
      const seen = await observe(() => byExtension(value));
      assert.deepEqual(seen, { said: { [failed]: 1 }, requests: [], touched: [] });
    }
    const all = calls.length + Object.keys(malformedResources).length;
    say(`${all} calls with what looks like a resource`);
  });

  it("read the one file of a resource, whoever gives it, and send nothing of it", async () => {
    const { host } = new URL(sandbox.origin);
    const remote = { ...parts, scheme: "http", authority: host, path: "/planted.pub" };
    const seen = {
      extension: await observe(() => byExtension(uri)),
      descendant: await observe(() => byExtension(Object.create(uri))),
      link: await observe(() => byLink({ $mid: 1, ...parts })),
      beside: await observe(() => byExtension(uri, [uri, { ...parts }])),
      address: await observe(() => byLink({ $mid: 1, ...remote })),
    };
    // The account has no API key for NSML yet, and is asked for those there are to choose from.
    const asked = { said: {}, requests: ["GET /api/v1/api-keys?offset=0&limit=1000"] };
    const read = { ...asked, touched: [file] };
    assert.deepEqual(seen, {
      extension: read,
      descendant: read,
      link: read,
      // The others that are selected are looked at before anything is asked.
      beside: { said: { [notARow]: 1 }, requests: [], touched: [file] },
      // Nobody in VS Code reads such an address.
      address: { ...asked, touched: [] },
    });
  });
});
