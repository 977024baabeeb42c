import assert from "node:assert/strict";
import { Workbench } from "../support/workbench/workbench.ts";

describe("The window", () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.open();
  });

  after(async () => {
    await workbench.close();
  });

  it("offers the extension's commands in the palette", async () => {
    assert.ok((await workbench.commandsFor("Ncloud Keys: Ref")).includes("Ncloud Keys: Refresh"));
    await workbench.runCommand("Ncloud Keys: Refresh");
    await workbench.quickPick.waitUntilClosed();
  });
});
