import assert from "node:assert/strict";
import { AccountStore } from "../../../src/accounts/accountStore.ts";
import { Secret } from "../../../src/ncloud/secret.ts";
import { newSecretText } from "../support/testAccount.ts";
import { drained, sessionText, useWorld } from "../support/world.ts";

describe("a session", () => {
  const world = useWorld();

  /** Each state from now on. */
  function followed(): string[] {
    const states: string[] = [];
    world().session.onDidChange(() => states.push(sessionText(world().session)));
    return states;
  }

  it("is unknown until it is opened, and asks for nothing before", async () => {
    let calls = 0;
    world().computer.onKeychain = () => {
      calls++;
    };
    const before = [sessionText(world().session), calls];
    await world().session.open();
    assert.deepEqual(
      [before, sessionText(world().session), calls],
      [["unknown", 0], "signedOut", 1],
    );
  });

  it("is opened once, however often and at whatever moment it is asked for", async () => {
    await world().store.save(world().account());
    await drained();
    let reads = 0;
    world().computer.onKeychain = (operation) => void (reads += operation === "get" ? 1 : 0);
    await Promise.all([world().session.open(), world().session.open()]);
    await world().session.open();
    assert.deepEqual([sessionText(world().session), reads], ["signedIn work of 1", 1]);
  });

  it("follows sign-in, switch, rename and sign-out, in whatever window", async () => {
    await world().session.open();
    const states = followed();
    const { store, session } = world();
    const steps = [
      () => store.save(world().account({ id: "1", label: "home" })),
      () => store.save(world().account({ id: "2", label: "work" })),
      () => store.activate("1"),
      () => store.update("1", (account) => ({ ...account, label: "flat" })),
      () => store.remove("1"),
      () => store.removeAll(),
    ];
    const after: string[] = [];
    for (const step of steps) {
      await step();
      await session.reopen();
      after.push(sessionText(world().session));
    }
    assert.deepEqual(
      { after, last: states.at(-1) },
      {
        after: [
          "signedIn home of 1",
          "signedIn work of 2",
          "signedIn home of 2",
          "signedIn flat of 2",
          "signedIn work of 1",
          "signedOut",
        ],
        last: "signedOut",
      },
    );
  });

  it("does not look at the keychain for a change before it was opened", async () => {
    let gets = 0;
    await world().store.save(world().account());
    await drained();
    world().computer.onKeychain = (operation) => void (gets += operation === "get" ? 1 : 0);
    await world().store.activate("account-1");
    await drained();
    assert.deepEqual([sessionText(world().session), gets], ["unknown", 0]);
  });

  it("takes the latest look at the keychain, and tells whoever looked before of it", async () => {
    await world().store.save(world().account({ label: "old" }));
    await drained();
    const states = followed();
    const first = world()
      .session.reopen()
      .then(() => sessionText(world().session));
    const second = world().session.reopen();
    const saving = world().store.save(world().account({ label: "new" }));
    await second;
    const early = await first;
    await saving;
    await world().session.open();
    assert.deepEqual(
      { early, states: new Set(states) },
      { early: "signedIn new of 1", states: new Set(["signedIn new of 1"]) },
    );
  });

  it("says it once when it is looked up several times in the same moment", async () => {
    await world().store.save(world().account());
    await drained();
    const states = followed();
    await Promise.all([1, 2, 3].map(() => world().session.reopen()));
    assert.deepEqual(states, ["signedIn work of 1"]);
  });

  it("keeps the inventory, and with it the rows, of an account that signs as before", async () => {
    const inventory = await world().signIn();
    await inventory.apiKeys.load();
    const { store, session, computer } = world();
    const { secrets, globalState } = computer.openWindow();
    const elsewhere = new AccountStore(secrets, globalState);
    const steps = [
      () => store.update("account-1", (account) => ({ ...account, label: "office" })),
      () => store.update("account-1", (account) => ({ ...account, nsmlApiKeyId: "picked" })),
      () => store.update("account-1", (account) => ({ ...account, subAccountIds: ["kim"] })),
      () => elsewhere.save(world().account({ id: "account-2" })),
      () => session.reopen(),
    ];
    const kept: unknown[] = [];
    for (const step of steps) {
      await step();
      await drained();
      await session.open();
      kept.push([sessionText(world().session), world().signedIn.inventory === inventory]);
    }
    elsewhere.dispose();
    assert.deepEqual(
      { kept, status: inventory.apiKeys.state.status, named: inventory.subAccountIds },
      {
        kept: [
          ["signedIn office of 1", true],
          ["signedIn office of 1", true],
          ["signedIn office of 1", true],
          ["signedIn office of 2", true],
          ["signedIn office of 2", true],
        ],
        status: "loaded",
        named: ["kim"],
      },
    );
  });

  it("takes a new inventory for whoever signs in another way", async () => {
    const changes = {
      zone: { zone: { kind: "public" } },
      "access key": { accessKeyId: "another" },
      "secret key": { secretKey: new Secret(newSecretText()) },
      "API key": { nsmlApiKey: new Secret(newSecretText()) },
      "no API key": { nsmlApiKey: undefined },
    } as const;
    const found: Record<string, unknown> = {};
    for (const [name, change] of Object.entries(changes)) {
      const before = await world().signIn();
      await before.apiKeys.load();
      const after = await world().signIn(change);
      found[name] = [after === before, before.apiKeys.state.status];
    }
    assert.deepEqual(
      found,
      Object.fromEntries(Object.keys(changes).map((name) => [name, [false, "unloaded"]])),
    );
  });

  it("is at its end once it was disposed of", async () => {
    const inventory = await world().signIn();
    await inventory.apiKeys.load();
    const states = followed();
    world().session.dispose();
    await world().store.removeAll();
    await world().session.reopen();
    assert.deepEqual(
      [states, inventory.apiKeys.state.status, world().session.state.status],
      // What it knew last stays; nobody takes it for news any more.
      [[], "unloaded", "signedIn"],
    );
  });
});
