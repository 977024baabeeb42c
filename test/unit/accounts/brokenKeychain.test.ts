import assert from "node:assert/strict";
import { setImmediate as settled } from "node:timers/promises";
import { AccountStore } from "../../../src/accounts/accountStore.ts";
import { KeychainError, keychainTimeLimit } from "../../../src/accounts/keychainError.ts";
import { FakeComputer, type KeychainOperation } from "../support/fakeComputer.ts";
import { FakeTimers } from "../support/fakeTimers.ts";
import { newAccount } from "../support/testAccount.ts";

type Action = (store: AccountStore) => Promise<unknown>;

const actions: Readonly<Record<string, Action>> = {
  list: (store) => store.list(),
  read: (store) => store.read("a"),
  save: (store) => store.save(newAccount({ id: "b" })),
  update: (store) => store.update("a", (stored) => ({ ...stored, label: "renamed" })),
  remove: (store) => store.remove("a"),
  removeAll: (store) => store.removeAll(),
};

/** What each action ends with when an operation of the keychain does not work. */
const failures: Readonly<Record<KeychainOperation, Readonly<Record<string, string>>>> = {
  get: {
    list: "done",
    read: "read",
    save: "read",
    update: "read",
    remove: "done",
    removeAll: "done",
  },
  store: {
    list: "done",
    read: "done",
    save: "write",
    update: "write",
    remove: "done",
    removeAll: "done",
  },
  delete: {
    list: "done",
    read: "done",
    save: "done",
    update: "done",
    remove: "delete",
    removeAll: "delete",
  },
  keys: {
    list: "read",
    read: "done",
    save: "done",
    update: "done",
    remove: "done",
    removeAll: "read",
  },
};

const ways: Readonly<Record<string, () => unknown>> = {
  throws: () => {
    throw new Error("The keychain is locked.");
  },
  rejects: () => Promise.reject(new Error("The keychain is locked.")),
};

async function computerWithAnAccount() {
  const computer = new FakeComputer();
  const { secrets, globalState } = computer.openWindow();
  const store = new AccountStore(secrets, globalState);
  await store.save(newAccount({ id: "a", label: "one" }));
  await settled();
  return { computer, store };
}

function kept({ keychain, disk }: FakeComputer): string {
  return JSON.stringify([[...keychain], disk]);
}

async function outcome(action: Promise<unknown>): Promise<string> {
  try {
    await action;
    return "done";
  } catch (error) {
    if (!(error instanceof KeychainError)) throw error;
    return error.kind === "failed" ? String(error.step) : error.kind;
  }
}

describe("A keychain that fails", () => {
  for (const [way, fail] of Object.entries(ways)) {
    for (const [operation, expected] of Object.entries(failures)) {
      it(`on ${operation} (it ${way}) is named, and nothing but a removal is done by half`, async () => {
        const outcomes: Record<string, string> = {};
        const changed: string[] = [];
        for (const [name, action] of Object.entries(actions)) {
          const { computer, store } = await computerWithAnAccount();
          const before = kept(computer);
          computer.onKeychain = (asked) => (asked === operation ? fail() : undefined);
          outcomes[name] = await outcome(action(store));
          computer.onKeychain = undefined;
          if (outcomes[name] !== "done" && kept(computer) !== before) changed.push(name);
        }
        // What can be removed is gone, though nobody can say that this was all.
        const byHalf = operation === "keys" ? ["removeAll"] : [];
        assert.deepEqual({ outcomes, changed }, { outcomes: expected, changed: byHalf });
      });
    }
  }

  it("keeps what it said as the cause, for the log", async () => {
    const { computer, store } = await computerWithAnAccount();
    const cause = new Error("The keychain is locked.");
    computer.onKeychain = () => Promise.reject(cause);
    await assert.rejects(store.read("a"), { name: "KeychainError", kind: "failed", cause });
  });

  it("is asked again the next time", async () => {
    const { computer, store } = await computerWithAnAccount();
    computer.onKeychain = () => Promise.reject(new Error("The keychain is locked."));
    const first = await outcome(store.list());
    computer.onKeychain = undefined;
    const { accounts } = await store.list();
    assert.deepEqual([first, accounts], ["read", [{ id: "a", label: "one" }]]);
  });

  it("for one account does not keep the others when all are removed", async () => {
    const { computer, store } = await computerWithAnAccount();
    for (const id of ["b", "c"]) await store.save(newAccount({ id, label: id }));
    computer.onKeychain = (operation, key) => {
      if (operation === "delete" && key.endsWith(".b")) throw new Error("The entry is in use.");
    };
    const end = await outcome(store.removeAll());
    assert.deepEqual(
      { end, entries: [...computer.keychain.keys()], stored: computer.stored },
      {
        end: "delete",
        entries: ["ncloudKeys.account.b"],
        stored: {
          "ncloudKeys.accounts": [{ id: "b", label: "b" }],
          "ncloudKeys.activeAccount": "c",
        },
      },
    );
  });

  it("to say what it has does not keep the known ones when all are removed", async () => {
    const { computer, store } = await computerWithAnAccount();
    await store.save(newAccount({ id: "b" }));
    computer.onKeychain = (operation) => (operation === "keys" ? ways["rejects"]!() : undefined);
    const end = await outcome(store.removeAll());
    assert.deepEqual([end, [...computer.keychain.keys()], computer.stored], ["read", [], {}]);
  });

  it("to say what it has in texts is named like any other failure", async () => {
    const ends: unknown[] = [];
    for (const garbage of [undefined, null, 5, "ab", {}, [null], ["a", 5], [{ key: "a" }]]) {
      const { secrets, globalState } = new FakeComputer().openWindow();
      const keys = () => Promise.resolve(garbage as string[]);
      const store = new AccountStore({ ...secrets, keys }, globalState);
      ends.push(await outcome(store.list()), await outcome(store.removeAll()));
    }
    assert.deepEqual(new Set(ends), new Set(["read"]));
  });

  it("while another window changes an account does not disturb this one", async () => {
    const { computer, store } = await computerWithAnAccount();
    computer.onKeychain = () => Promise.reject(new Error("The keychain is locked."));
    computer.tellOfSecret("ncloudKeys.account.a");
    await settled();
    computer.onKeychain = undefined;
    assert.deepEqual((await store.list()).accounts, [{ id: "a", label: "one" }]);
  });
});

describe("A keychain that does not answer", () => {
  const timers = new FakeTimers();
  beforeEach(() => timers.install());
  afterEach(() => timers.uninstall());

  const never = () => new Promise<never>(() => undefined);

  for (const [name, action] of Object.entries(actions)) {
    it(`ends ${name} when its time is over, and not before`, async () => {
      const { computer, store } = await computerWithAnAccount();
      const before = kept(computer);
      computer.onKeychain = never;
      const ends: string[] = [];
      void outcome(action(store)).then((end) => ends.push(end));
      await settled();
      timers.pass(keychainTimeLimit - 1);
      await settled();
      const early = [...ends];
      timers.pass(1);
      await settled();
      assert.deepEqual(
        { early, ends, isUnchanged: kept(computer) === before, timers: timers.count },
        { early: [], ends: ["timeout"], isUnchanged: true, timers: 0 },
      );
    });
  }

  it("keeps nobody waiting for more than one account when all are removed", async () => {
    const { computer, store } = await computerWithAnAccount();
    await store.save(newAccount({ id: "b" }));
    await settled();
    computer.onKeychain = (operation) => (operation === "delete" ? never() : undefined);
    const end = outcome(store.removeAll());
    await settled();
    timers.pass(keychainTimeLimit);
    assert.deepEqual([await end, computer.keychain.size], ["timeout", 2]);
  });

  it("when it is asked what it has keeps none of those that are known", async () => {
    const { computer, store } = await computerWithAnAccount();
    computer.onKeychain = (operation) => (operation === "keys" ? never() : undefined);
    const end = outcome(store.removeAll());
    await settled();
    timers.pass(keychainTimeLimit);
    assert.deepEqual([await end, computer.keychain.size], ["timeout", 0]);
  });

  it("holds up what comes after it only until its time is over", async () => {
    const { computer, store } = await computerWithAnAccount();
    computer.onKeychain = never;
    const first = outcome(store.read("a"));
    const second = outcome(store.read("a"));
    await settled();
    computer.onKeychain = undefined;
    timers.pass(keychainTimeLimit);
    assert.deepEqual([await first, await second], ["timeout", "done"]);
  });

  it("may answer after its time: what it did then is taken over", async () => {
    const { computer, store } = await computerWithAnAccount();
    let answer = () => undefined as unknown;
    computer.onKeychain = (operation) =>
      operation === "store"
        ? new Promise((resolve) => (answer = () => resolve(undefined)))
        : undefined;
    const end = outcome(store.save(newAccount({ id: "b", label: "two" })));
    await settled();
    timers.pass(keychainTimeLimit);
    const labels = async () => (await store.list()).accounts.map(({ label }) => label);
    const seen: unknown[] = [await end, await labels()];
    answer();
    await settled();
    seen.push(await labels());
    assert.deepEqual(seen, ["timeout", ["one"], ["one", "two"]]);
  });

  it("leaves no timer behind when it answers", async () => {
    const { store } = await computerWithAnAccount();
    await store.list();
    await store.read("a");
    await store.removeAll();
    await settled();
    assert.equal(timers.count, 0);
  });
});
