import assert from "node:assert/strict";
import { childRows } from "../../../src/inventory/rows.ts";
import { groupNames, type Inventory } from "../../../src/inventory/inventory.ts";
import { drained, useWorld } from "../support/world.ts";

async function load(inventory: Inventory): Promise<void> {
  await Promise.all(groupNames.map((group) => inventory[group].load()));
}

describe("the inventory of an account that was left", () => {
  const world = useWorld();

  it("asks for nothing more, whoever still holds its rows", async () => {
    const { session, store, sandbox } = world();
    const inventory = await world().signIn();
    await load(inventory);
    const groups = childRows(inventory, undefined);
    const rows = groups.flatMap((group) => childRows(inventory, group));
    await store.remove("account-1");
    await session.open();
    sandbox.resetRequests();
    for (const row of rows) childRows(inventory, row);
    await inventory.refresh();
    await Promise.all([load(inventory), inventory.apiKeys.loadMore()]);
    await drained();
    assert.deepEqual([rows.length > 0, sandbox.requests], [true, []]);
  });

  it("is not taken over by another one that signs with the same key", async () => {
    const { store, session } = world();
    await world().signIn();
    await store.save(world().account({ id: "account-2", label: "the same key" }));
    await session.open();
    const { inventory } = world().signedIn;
    const [group] = childRows(inventory, undefined);
    assert.deepEqual([inventory.accountId, group?.id], ["account-2", "account-2/authKeys"]);
  });
});
