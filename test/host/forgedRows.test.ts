import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { CommandId } from "../../src/commands/commandIds.ts";

const ofRows: readonly CommandId[] = [
  "ncloudKeys.copyId",
  "ncloudKeys.copyName",
  "ncloudKeys.copyFingerprint",
  "ncloudKeys.copyAsJson",
  "ncloudKeys.refreshGroup",
  "ncloudKeys.retry",
  "ncloudKeys.loadMore",
  "ncloudKeys.removeSubAccountId",
  "ncloudKeys.useApiKeyForNsml",
  "ncloudKeys.uploadPublicKey",
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
  { kind: "group", id: "account-1/authKeys", group: "authKeys" },
  7,
  null,
  [[]],
];

describe("Commands called by another extension", () => {
  it("refuse rows that are none of the tree, and copy nothing of them", async () => {
    await vscode.extensions.getExtension("ncloud-keys.ncloud-keys")?.activate();
    await vscode.env.clipboard.writeText("before");
    let calls = 0;
    for (const command of ofRows) {
      for (const row of forged) {
        await vscode.commands.executeCommand(command, row, [row]);
        calls++;
      }
    }
    assert.deepEqual([calls, await vscode.env.clipboard.readText()], [70, "before"]);
  });
});
