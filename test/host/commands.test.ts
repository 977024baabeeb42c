import assert from "node:assert/strict";
import * as vscode from "vscode";

describe("Commands called from outside", () => {
  it("refuse what only looks like a row, and resolve all the same", async () => {
    const forged = { kind: "failure", id: "x/authKeys/?failure", parent: { kind: "group" } };
    const calls = ["retry", "loadMore", "copyId", "removeSubAccountId", "useApiKeyForNsml"].map(
      (command) => vscode.commands.executeCommand(`ncloudKeys.${command}`, forged, [forged]),
    );
    assert.deepEqual(await Promise.all(calls), [
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
