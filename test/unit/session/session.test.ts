import assert from "node:assert/strict";
import { AccountStore } from "../../../src/accounts/accountStore.ts";
import { keychainTimeLimit } from "../../../src/accounts/keychainError.ts";
import { groupNames, type Inventory } from "../../../src/inventory/inventory.ts";
import { childRows } from "../../../src/inventory/rows.ts";
import { Secret } from "../../../src/ncloud/secret.ts";
import type { Session } from "../../../src/session/session.ts";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox.ts";
import { FakeTimers } from "../support/fakeTimers.ts";
import { newSecretText } from "../support/testAccount.ts";
import { drained, newGate, useWorld } from "../support/world.ts";

const entry = "ncloudKeys.account.account-1";

/** Who is signed in, in words. */
function inWords({ state }: Session): string {
  switch (state.status) {
    case "signedIn":
      return `${state.account.label}, 1 of ${state.accountCount}`;
    case "credentialsMissing":
      return `${state.account?.label ?? "nobody"}: ${state.error.kind}`;
    default:
      return state.status;
  }
}

/** The ids of all rows there are, groups and what is below them. */
function rowIds(inventory: Inventory): readonly string[] {
  const groups = childRows(inventory, undefined);
  const below = groups.flatMap((group) => childRows(inventory, group));
  return [...groups, ...below].map(({ id }) => id);
}

function statuses(inventory: Inventory): readonly string[] {
  return groupNames.map((group) => inventory[group].state.status);
}

async function load(inventory: Inventory): Promise<void> {
  await Promise.all(groupNames.map((group) => inventory[group].load()));
}

describe("A session", () => {
  const world = useWorld();

  it("is of nobody known until it is opened, and asks nobody before", async () => {
    const { session, computer, store, account } = { ...world(), account: world().account() };
    const asked: string[] = [];
    computer.onKeychain = (operation) => void asked.push(operation);
    const before = inWords(session);
    await store.save(account);
    await drained();
    asked.splice(0);
    assert.deepEqual([before, inWords(session), asked], ["unknown", "unknown", []]);
  });

  it("is of nobody where there is no account", async () => {
    const { session } = world();
    await session.open();
    assert.equal(inWords(session), "signedOut");
  });

  it("is of the active account, and knows how many there are", async () => {
    const { session, store } = world();
    await store.save(world().account({ id: "account-2", label: "home" }));
    await store.save(world().account());
    const state = await session.open();
    assert.deepEqual(
      [inWords(session), state.status === "signedIn" && state.inventory.accountId],
      ["work, 1 of 2", "account-1"],
    );
  });

  it("asks the keychain once, however many open it", async () => {
    const { session, store, computer } = world();
    await store.save(world().account());
    await drained();
    const asked: string[] = [];
    computer.onKeychain = (operation, key) => void asked.push(`${operation} ${key}`.trim());
    const states = await Promise.all([session.open(), session.open(), session.open()]);
    states.push(await session.open());
    assert.deepEqual([new Set(states).size, asked], [1, ["keys", `get ${entry}`]]);
  });

  const lost: Readonly<Record<string, string | undefined>> = {
    missing: undefined,
    unreadable: "garbage",
    newerVersion: JSON.stringify({ version: 2 }),
  };
  for (const [kind, record] of Object.entries(lost)) {
    it(`names the account whose record is ${kind}, and follows when it is renewed`, async () => {
      const { session, store, computer } = world();
      await store.save(world().account());
      await drained();
      if (record === undefined) computer.keychain.delete(entry);
      else computer.keychain.set(entry, record);
      const seen: string[] = [];
      session.onDidChange(() => seen.push(inWords(session)));
      await session.open();
      computer.keychain.delete(entry);
      await store.save(world().account());
      await drained();
      await session.open();
      assert.deepEqual([...new Set(seen)], [`work: ${kind}`, "work, 1 of 1"]);
    });
  }

  it("says that the keychain failed, and asks it again when it is told to", async () => {
    const { session, store, computer } = world();
    await store.save(world().account());
    await drained();
    const seen: string[] = [];
    session.onDidChange(() => seen.push(inWords(session)));
    for (const failing of ["keys", "get", undefined]) {
      computer.onKeychain = (operation) => {
        if (operation === failing) throw new Error("The keychain is locked.");
      };
      await session.reopen();
    }
    assert.deepEqual(seen, ["nobody: failed", "work: failed", "work, 1 of 1"]);
  });

  it("says that the keychain does not answer, once its time is over", async () => {
    const { session, store, computer } = world();
    await store.save(world().account());
    await drained();
    const timers = new FakeTimers();
    timers.install();
    try {
      computer.onKeychain = (operation) =>
        operation === "get" ? new Promise<never>(() => undefined) : undefined;
      const opened = session.open();
      await drained();
      const meanwhile = inWords(session);
      timers.pass(keychainTimeLimit);
      await opened;
      assert.deepEqual([meanwhile, inWords(session)], ["unknown", "work: timeout"]);
    } finally {
      timers.uninstall();
    }
  });

  it("takes the latest answer of the keychain, whichever comes last", async () => {
    const { session, store, computer } = world();
    await store.save(world().account());
    await session.open();
    const gate = newGate();
    computer.onKeychain = (operation) => (operation === "keys" ? gate.opened : undefined);
    const seen: string[] = [];
    session.onDidChange(() => seen.push(inWords(session)));
    const older = session.reopen();
    const newer = session.reopen();
    await drained();
    computer.keychain.clear();
    gate.open();
    await older;
    const afterOlder = inWords(session);
    await newer;
    assert.deepEqual([seen, afterOlder], [["work: missing"], "work: missing"]);
  });

  it("follows what another window does", async () => {
    const { session, computer } = world();
    await world().signIn();
    const { secrets, globalState } = computer.openWindow();
    const other = new AccountStore(secrets, globalState);
    const seen: string[] = [];
    session.onDidChange(() => {
      if (seen.at(-1) !== inWords(session)) seen.push(inWords(session));
    });
    const steps = [
      () => other.save(world().account({ id: "account-2", label: "home" })),
      () => other.update("account-1", (stored) => ({ ...stored, label: "renamed" })),
      () => other.remove("account-1"),
      () => other.removeAll(),
    ];
    for (const step of steps) {
      await step();
      await drained();
      await session.open();
    }
    assert.deepEqual(seen, ["work, 1 of 2", "renamed, 1 of 2", "home, 1 of 1", "signedOut"]);
  });

  it("keeps its inventory, and so its rows, while the account signs as before", async () => {
    const { session, store } = world();
    const inventory = await world().signIn();
    await load(inventory);
    const before = rowIds(inventory);
    await store.update("account-1", (stored) => ({ ...stored, label: "renamed" }));
    await store.save(world().account({ id: "account-2", label: "home" }));
    await store.activate("account-1");
    await session.reopen();
    const { inventory: after, account } = world().signedIn;
    // In between the other account was shown, so that these are new.
    await load(after);
    await session.reopen();
    assert.deepEqual(
      {
        label: account.label,
        isKept: world().signedIn.inventory === after,
        rows: rowIds(after),
      },
      { label: "renamed", isKept: true, rows: before },
    );
  });

  const changes = {
    "secret key": () => ({ secretKey: new Secret(newSecretText()) }),
    "access key": () => ({ accessKeyId: "another" }),
    "API key for NSML": () => ({ nsmlApiKey: new Secret(newSecretText()) }),
    "list of sub accounts": () => ({ subAccountIds: ["s1"] }),
    zone: () => ({ zone: { kind: "public" } as const }),
  };
  for (const [name, change] of Object.entries(changes)) {
    it(`begins a new inventory for another ${name}; the one before is at its end`, async () => {
      const { session, store } = world();
      const before = await world().signIn();
      await load(before);
      await store.update("account-1", (stored) => ({ ...stored, ...change() }));
      await session.open();
      assert.deepEqual(
        { isNew: world().signedIn.inventory !== before, before: statuses(before) },
        { isNew: true, before: ["unloaded", "unloaded", "unloaded"] },
      );
    });
  }

  it("tells nobody anything after its end, and shows nothing", async () => {
    const { session, store } = world();
    const inventory = await world().signIn();
    const heard: string[] = [];
    session.onDidChange(() => heard.push(inWords(session)));
    const reading = session.reopen();
    const loading = load(inventory);
    session.dispose();
    await Promise.all([reading, loading]);
    await store.removeAll();
    await drained();
    assert.deepEqual([heard, statuses(inventory)], [[], ["unloaded", "unloaded", "unloaded"]]);
  });
});

describe("Answers of NCP that come too late", () => {
  const world = useWorld();
  let other: Sandbox;
  beforeEach(async () => {
    other = await startSandbox({ seed: "another account", authKeys: 3 });
  });
  afterEach(() => other.close());

  /** Signs in and reads everything; the answers are on their way until the gate is opened. */
  async function signInAndLoad() {
    const { sandbox } = world();
    const inventory = await world().signIn();
    const gate = newGate();
    sandbox.addFault({ kind: "hold", until: gate.opened });
    const heard: unknown[] = [];
    inventory.onDidChange((place) => heard.push(place));
    const asked = ["/nsml/v1/auth-keys", "/api/v1/api-keys", "/api/v1/sub-accounts"].map((path) =>
      sandbox.nextRequest({ path }),
    );
    const loading = load(inventory);
    await Promise.all(asked);
    return { inventory, heard, loading, gate };
  }

  it("are void once the account was signed out", async () => {
    const { session, store, sandbox } = world();
    const { inventory, heard, loading, gate } = await signInAndLoad();
    await store.remove("account-1");
    await session.open();
    gate.open();
    await Promise.all([loading, sandbox.idle()]);
    assert.deepEqual(
      { session: inWords(session), states: statuses(inventory), heard },
      { session: "signedOut", states: ["unloaded", "unloaded", "unloaded"], heard: [] },
    );
  });

  it("are void once all accounts were removed, in another window", async () => {
    const { session, computer, sandbox } = world();
    const { inventory, heard, loading, gate } = await signInAndLoad();
    const { secrets, globalState } = computer.openWindow();
    await new AccountStore(secrets, globalState).removeAll();
    await drained();
    await session.open();
    gate.open();
    await Promise.all([loading, sandbox.idle()]);
    assert.deepEqual(
      { session: inWords(session), states: statuses(inventory), heard },
      { session: "signedOut", states: ["unloaded", "unloaded", "unloaded"], heard: [] },
    );
  });

  it("leave no row of one account in the tree of another", async () => {
    const { session, store, sandbox } = world();
    const { inventory: before, heard, loading, gate } = await signInAndLoad();
    await store.save(world().account({ id: "account-2", label: "home" }, other));
    await session.open();
    const { inventory } = world().signedIn;
    await load(inventory);
    gate.open();
    await Promise.all([loading, sandbox.idle()]);
    const titles = inventory.authKeys.value?.map(({ title }) => title);
    assert.deepEqual(
      {
        session: inWords(session),
        foreign: rowIds(inventory).filter((id) => !id.startsWith("account-2/")),
        titles,
        before: statuses(before),
        heard,
      },
      {
        session: "home, 1 of 2",
        foreign: [],
        titles: other.state.authKeys.map(({ title }) => title),
        before: ["unloaded", "unloaded", "unloaded"],
        heard: [],
      },
    );
  });

  it("are void after switching there and back in the same moment", async () => {
    const { session, store, sandbox } = world();
    await store.save(world().account({ id: "account-2", label: "home" }, other));
    const { inventory: before, loading, gate } = await signInAndLoad();
    await Promise.all([store.activate("account-2"), store.activate("account-1")]);
    await session.reopen();
    sandbox.clearFaults();
    const { inventory } = world().signedIn;
    await load(inventory);
    gate.open();
    await Promise.all([loading, sandbox.idle()]);
    assert.deepEqual(
      {
        session: inWords(session),
        // Nobody saw the other account in between, or its inventory is new: either is right.
        rows: rowIds(inventory).every((id) => id.startsWith("account-1/")),
        states: statuses(inventory),
        before: before === inventory || statuses(before).every((status) => status === "unloaded"),
      },
      { session: "work, 1 of 2", rows: true, states: ["loaded", "loaded", "loaded"], before: true },
    );
  });

  it("are void when a refresh began after them", async () => {
    const { sandbox } = world();
    const { inventory, loading, gate } = await signInAndLoad();
    sandbox.clearFaults();
    const [first] = sandbox.state.authKeys;
    sandbox.state.authKeys.splice(0, sandbox.state.authKeys.length, { ...first!, title: "newer" });
    await inventory.refresh();
    gate.open();
    await Promise.all([loading, sandbox.idle()]);
    assert.deepEqual(
      [inventory.authKeys.value?.map(({ title }) => title), statuses(inventory)],
      [["newer"], ["loaded", "loaded", "loaded"]],
    );
  });

  it("are those of the second of two refreshes in the same moment", async () => {
    const { sandbox } = world();
    const inventory = await world().signIn();
    await load(inventory);
    const before = rowIds(inventory);
    await Promise.all([inventory.refresh(), inventory.refresh()]);
    await sandbox.idle();
    const after = rowIds(inventory);
    assert.deepEqual(
      { after, unique: new Set(after).size, states: statuses(inventory) },
      { after: before, unique: before.length, states: ["loaded", "loaded", "loaded"] },
    );
  });

  it("are not asked for in the name of an account that is signed out", async () => {
    const { session, store, sandbox } = world();
    const inventory = await world().signIn();
    await load(inventory);
    const rows = childRows(inventory, undefined).flatMap((group) => childRows(inventory, group));
    await store.remove("account-1");
    await session.open();
    sandbox.resetRequests();
    for (const row of rows) childRows(inventory, row);
    await inventory.refresh();
    await Promise.all([inventory.apiKeys.loadMore(), load(inventory)]);
    await drained();
    assert.deepEqual([rows.length > 0, sandbox.requests], [true, []]);
  });
});
