import assert from "node:assert/strict";
import type { Inventory } from "../../../src/inventory/inventory.ts";
import type { Row } from "../../../src/inventory/row.ts";
import { childRows } from "../../../src/inventory/rows.ts";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox.ts";
import { drained, newGate, useWorld } from "../support/world.ts";

/** What stands in the tree: every row, as far as it was read. */
function texts(inventory: Inventory): readonly string[] {
  const below = (parent: Row | undefined): readonly Row[] =>
    childRows(inventory, parent).flatMap((row) =>
      row.kind === "group" ? [row, ...below(row)] : [row],
    );
  return below(undefined).map(({ id }) => id);
}

describe("while answers are on their way", () => {
  const world = useWorld({ seed: "one", apiKeys: 2, authKeys: 1, subAccounts: 1 });
  let other: Sandbox;
  beforeEach(async () => {
    other = await startSandbox({ seed: "two", apiKeys: 1, authKeys: 1, subAccounts: 1 });
  });
  afterEach(() => other.close());

  /** Starts to read everything, and holds the answers back until the gate is opened. */
  async function heldBack(inventory: Inventory) {
    const gate = newGate();
    const { sandbox } = world();
    sandbox.addFault({ kind: "hold", until: gate.opened, times: 3 });
    const changes: unknown[] = [];
    inventory.onDidChange((place) => changes.push(place));
    const arrived = ["/nsml/", "/api/v1/api-keys", "/api/v1/sub-accounts"].map((path) =>
      sandbox.nextRequest({ path }),
    );
    const refreshing = inventory.refresh();
    await Promise.all(arrived);
    return {
      changes,
      async release() {
        gate.open();
        await refreshing;
        await sandbox.idle();
        await drained();
      },
    };
  }

  it("a sign-out makes them void", async () => {
    const inventory = await world().signIn();
    await inventory.refresh();
    const held = await heldBack(inventory);
    await world().store.remove("account-1");
    await world().session.open();
    await held.release();
    assert.deepEqual(
      {
        session: world().session.state.status,
        states: [inventory.authKeys, inventory.apiKeys, inventory.subAccounts].map(
          ({ state }) => state.status,
        ),
        changes: held.changes,
      },
      { session: "signedOut", states: ["unloaded", "unloaded", "unloaded"], changes: [] },
    );
  });

  it("a switch shows the keys of the other account and none of the one before", async () => {
    const inventory = await world().signIn({ label: "one" });
    await inventory.refresh();
    const held = await heldBack(inventory);
    const second = await world().signIn({ id: "account-2", label: "two" }, other);
    await second.refresh();
    await held.release();
    const [apiKey] = other.state.apiKeys.all();
    const [authKey] = other.state.authKeys;
    const [subAccount] = other.state.subAccounts;
    assert.deepEqual(
      { rows: texts(second), before: inventory.apiKeys.state.status, changes: held.changes },
      {
        rows: [
          "account-2/authKeys",
          `account-2/authKeys/${authKey?.title}/${authKey?.name}`,
          "account-2/apiKeys",
          `account-2/apiKeys/${apiKey?.apiKeyId}`,
          "account-2/subAccounts",
          `account-2/subAccounts/${subAccount?.subAccountId}`,
        ],
        before: "unloaded",
        changes: [],
      },
    );
  });

  it("a switch there and back shows what is read then, not what was asked for before", async () => {
    const inventory = await world().signIn({ label: "one" });
    const held = await heldBack(inventory);
    await world().signIn({ id: "account-2", label: "two" }, other);
    await world().store.activate("account-1");
    await world().session.open();
    const again = world().signedIn.inventory;
    const [removed] = world().sandbox.state.authKeys.splice(0);
    await held.release();
    await again.refresh();
    assert.deepEqual(
      { wasThere: removed !== undefined, isNew: again !== inventory, keys: again.authKeys.value },
      { wasThere: true, isNew: true, keys: [] },
    );
  });

  it("a refresh makes them void, though they come last", async () => {
    const inventory = await world().signIn();
    await inventory.refresh();
    const held = await heldBack(inventory);
    const { state } = world().sandbox;
    state.authKeys.length = 0;
    state.subAccounts.length = 0;
    // The oldest one: the newest is the one that NSML requests carry.
    state.apiKeys.delete(state.apiKeys.all()[1]!.apiKeyId);
    await inventory.refresh();
    await held.release();
    assert.deepEqual(
      [
        inventory.authKeys.value?.length,
        inventory.apiKeys.value?.items.length,
        inventory.subAccounts.value?.items.length,
      ],
      [0, 1, 0],
    );
  });

  it("two refreshes in the same moment read once more, and end together", async () => {
    const inventory = await world().signIn();
    await inventory.refresh();
    let changes = 0;
    inventory.onDidChange(() => changes++);
    const { sandbox } = world();
    sandbox.resetRequests();
    await Promise.all([inventory.refresh(), inventory.refresh()]);
    await sandbox.idle();
    assert.deepEqual(
      {
        asked: sandbox.requests.map(({ path }) => path.split("?")[0]).sort(),
        states: [inventory.authKeys, inventory.apiKeys].map(({ state }) => state.status),
        changes,
      },
      {
        asked: ["/api/v1/api-keys", "/api/v1/sub-accounts", "/nsml/v1/auth-keys"],
        states: ["loaded", "loaded"],
        changes: 0,
      },
    );
  });

  it("the values of an API key are void once its account was left", async () => {
    const inventory = await world().signIn();
    await inventory.apiKeys.load();
    const { apiKeyId } = inventory.apiKeys.value!.items[0]!;
    const gate = newGate();
    world().sandbox.addFault({ kind: "hold", until: gate.opened, times: 1 });
    const values = inventory.valuesOf(apiKeyId);
    const arrival = world().sandbox.nextRequest();
    const reading = values.load();
    await arrival;
    await world().signIn({ id: "account-2" }, other);
    gate.open();
    await reading;
    assert.deepEqual([values.state.status, values.value], ["unloaded", undefined]);
  });

  it("requests that are void are cancelled and not left to run", async () => {
    const inventory = await world().signIn();
    world().sandbox.addFault({ kind: "hang" });
    const arrived = world().sandbox.nextRequest({ path: "/nsml/" });
    const refreshing = inventory.refresh();
    await arrived;
    await world().store.removeAll();
    await world().session.open();
    await refreshing;
    await world().sandbox.idle();
    assert.deepEqual([world().session.state.status, world().clock.timers], ["signedOut", 0]);
  });
});
