import assert from "node:assert/strict";
import { systemClock } from "../../src/ncloud/clock.ts";
import { nodeFetchTransport } from "../../src/ncloud/nodeFetchTransport.ts";
import { startSandbox } from "../sandbox/sandbox.ts";
import { allRows } from "../unit/ncloud/support/hostileAccount.ts";
import { accountAt, openTree } from "./openTree.ts";

describe("A refresh", () => {
  it("draws nothing when nothing has changed, and only what has", async () => {
    const sandbox = await startSandbox({ apiKeys: 104, subAccounts: 5, authKeys: 3 });
    const wire = { transport: nodeFetchTransport, clock: systemClock };
    const { tree, inventory, close } = await openTree(accountAt(sandbox, "account"), wire);
    const rows = await allRows(inventory, (parent) => tree.getChildren(parent));
    const drawn: unknown[] = [];
    tree.onDidChangeTreeData((row) => drawn.push(row?.id));
    await inventory.refresh();
    const quiet = [...drawn];
    const [key] = sandbox.state.authKeys;
    sandbox.state.authKeys.splice(0, 1, { ...key!, title: "renamed" });
    await inventory.refresh();
    const group = rows.find((row) => row.kind === "group" && row.group === "authKeys");
    close();
    await sandbox.close();
    assert.deepEqual({ quiet, drawn }, { quiet: [], drawn: [group?.id] });
  });
});
