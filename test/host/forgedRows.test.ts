import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import * as vscode from "vscode";
import { commandIds, type CommandId } from "../../src/commands/commandIds.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { signInAtSandbox } from "./signedInHost.ts";
import { listenToMessages } from "./shownMessages.ts";

/** The commands that look at nothing they are given. Whatever is not among them is tried below. */
const withoutRows: readonly CommandId[] = [
  "ncloudKeys.signIn",
  "ncloudKeys.importAccount",
  "ncloudKeys.switchAccount",
  "ncloudKeys.renameAccount",
  "ncloudKeys.signOut",
  "ncloudKeys.removeAllCredentials",
  "ncloudKeys.refresh",
  "ncloudKeys.addSubAccountId",
  "ncloudKeys.generateKeyPair",
  "ncloudKeys.createApiKey",
  "ncloudKeys.deleteSelected",
  "ncloudKeys.findKey",
  "ncloudKeys.exportInventory",
  "ncloudKeys.showHealth",
  "ncloudKeys.testConnection",
  "ncloudKeys.showLog",
  "ncloudKeys.openConsole",
];

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

describe("Commands called by another extension", () => {
  let sandbox: Sandbox;
  let signOut: () => Promise<void>;

  before(async () => {
    ({ sandbox, signOut } = await signInAtSandbox());
  });

  after(() => signOut());

  it("refuse rows that are none of the tree: nothing is sent, copied, or said of them", async () => {
    const ofRows = commandIds.filter((id) => !withoutRows.includes(id));
    await vscode.env.clipboard.writeText("before");
    sandbox.resetRequests();
    const messages = listenToMessages();
    let calls = 0;
    try {
      for (const command of ofRows) {
        for (const row of forged) {
          await vscode.commands.executeCommand(command, row, [row]);
          calls++;
        }
      }
    } finally {
      messages.stop();
    }
    console.log(
      `${process.env["TEST_OUTPUT_MARK"] ?? ""}      ${ofRows.length} commands, ${calls} calls`,
    );
    assert.deepEqual(
      {
        said: messages.counts,
        requests: sandbox.requests,
        clipboard: await vscode.env.clipboard.readText(),
      },
      {
        said: {
          "This command works on a row of the Ncloud Keys view. Select one there first.":
            ofRows.length * forged.length,
        },
        requests: [],
        clipboard: "before",
      },
    );
  });
});
