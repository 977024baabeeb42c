import assert from "node:assert/strict";
import * as vscode from "vscode";

describe("The extension in VS Code", () => {
  it("activates and offers its commands", async () => {
    const extension = vscode.extensions.getExtension("ncloud-keys.ncloud-keys");
    await extension?.activate();
    const commands = await vscode.commands.getCommands(true);
    assert.deepEqual(
      { active: extension?.isActive, refresh: commands.includes("ncloudKeys.refresh") },
      { active: true, refresh: true },
    );
  });
});
