import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import * as vscode from "vscode";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { rowCommands } from "../support/rowCommands.ts";
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

describe("Commands called by another extension", () => {
  let sandbox: Sandbox;
  let signOut: () => Promise<void>;

  before(async () => {
    ({ sandbox, signOut } = await signInAtSandbox());
  });

  after(() => signOut());

  it("refuse rows that are none of the tree: nothing is sent, copied, or said of them", async () => {
    await vscode.env.clipboard.writeText("before");
    sandbox.resetRequests();
    const messages = listenToMessages();
    let calls = 0;
    try {
      for (const command of rowCommands) {
        for (const row of forged) {
          await vscode.commands.executeCommand(command, row, [row]);
          calls++;
        }
      }
    } finally {
      messages.stop();
    }
    say(`${rowCommands.length} commands, ${calls} calls`);
    assert.deepEqual(
      {
        said: messages.counts,
        requests: sandbox.requests,
        clipboard: await vscode.env.clipboard.readText(),
      },
      {
        said: {
          "This command works on a row of the Ncloud Keys view. Select one there first.":
            rowCommands.length * forged.length,
        },
        requests: [],
        clipboard: "before",
      },
    );
  });
});
