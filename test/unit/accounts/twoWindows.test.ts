import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { encodeAccount, type Account } from "../../../src/accounts/account.ts";
import { AccountStore } from "../../../src/accounts/accountStore.ts";
import { KeychainError } from "../../../src/accounts/keychainError.ts";
import { keepAccount } from "../../../src/commands/signIn.ts";
import { Secret } from "../../../src/ncloud/secret.ts";
import { FakeComputer, type Steps } from "../support/fakeComputer.ts";
import { FakeTimers } from "../support/fakeTimers.ts";
import { exploreInterleavings, type World } from "../support/interleavings.ts";
import { seededRandom } from "../support/seededRandom.ts";

const secretKey = new Secret(randomBytes(20).toString("hex"));
const newSecretKey = new Secret(randomBytes(20).toString("hex"));
const prefix = "ncloudKeys.account.";

function account(id: string, label = id): Account {
  const zone = { kind: "public" } as const;
  return { id, label, zone, accessKeyId: `key of ${id}`, secretKey, subAccountIds: [] };
}

type Action = (store: AccountStore) => Promise<unknown>;

/** As a sign-in and an import do. */
const add =
  (id: string): Action =>
  (store) =>
    keepAccount({ store }, account(id), id);
const rename =
  (id: string, label: string): Action =>
  (store) =>
    store.update(id, (stored) => ({ ...stored, label }));
/** As a rotation does in the account that signed with the old key. */
const replaceSecretKey =
  (id: string): Action =>
  (store) =>
    store.update(id, (stored) => ({ ...stored, secretKey: newSecretKey }));
const storeApiKey =
  (id: string): Action =>
  (store) =>
    store.update(id, (stored) => ({ ...stored, nsmlApiKey: newSecretKey }));
const addSubAccount =
  (id: string): Action =>
  (store) =>
    store.update(id, (stored) => ({ ...stored, subAccountIds: ["s1"] }));
const signInAgain =
  (id: string): Action =>
  (store) =>
    keepAccount({ store }, { ...account(id), secretKey: newSecretKey }, id);
const remove =
  (id: string): Action =>
  (store) =>
    store.remove(id);
const removeAll: Action = (store) => store.removeAll();
const look: Action = async (store) => {
  const { active } = await store.list();
  return active && [active.id, (await store.read(active.id)).status];
};

interface Scene {
  /** The accounts both windows begin with. */
  readonly before: readonly string[];
  readonly first: readonly Action[];
  readonly second: readonly Action[];
  /** The records there may be in the end: each label, and what is new in the record. */
  readonly outcomes: readonly (readonly string[])[];
  /**
   * The account that a window may go on listing without credentials. One that is gone when it is
   * asked for the first time could as well be one that the keychain lost, which must be said.
   */
  readonly ghost?: string;
}

const scenes: Readonly<Record<string, Scene>> = {
  "both add an account to one that is there": {
    before: ["x"],
    first: [add("a")],
    second: [add("b")],
    outcomes: [["a", "b", "x"]],
  },
  "both import the same account": {
    before: [],
    first: [add("a")],
    second: [add("a")],
    // Neither can know of the other yet; nothing is lost, and each of the two can be signed out.
    outcomes: [["a"], ["a", "a"]],
  },
  "one adds an account while the other renames one": {
    before: ["x"],
    first: [add("a")],
    second: [rename("x", "renamed")],
    outcomes: [["a", "renamed"]],
  },
  "both rename the same account": {
    before: ["x"],
    first: [rename("x", "one")],
    second: [rename("x", "two")],
    outcomes: [["one"], ["two"]],
  },
  "one renames the account that the other removes": {
    before: ["x"],
    first: [remove("x")],
    second: [rename("x", "renamed")],
    outcomes: [[]],
  },
  "one replaces the secret key of the account that the other renames": {
    before: ["x"],
    first: [replaceSecretKey("x")],
    second: [rename("x", "renamed")],
    outcomes: [["renamed, new secret key"]],
  },
  "one signs in again to the account that the other renames": {
    before: ["x"],
    first: [signInAgain("x")],
    second: [rename("x", "renamed")],
    // Which label stays is a matter of who was first; the credentials are the new ones.
    outcomes: [["renamed, new secret key"], ["x, new secret key"]],
  },
  "one stores an API key while the other adds a sub account": {
    before: ["x"],
    first: [storeApiKey("x")],
    second: [addSubAccount("x")],
    outcomes: [["x, API key, s1"]],
  },
  "both remove the same account": {
    before: ["x", "y"],
    first: [remove("x")],
    second: [remove("x")],
    outcomes: [["y"]],
  },
  "each removes another account": {
    before: ["x", "y"],
    first: [remove("x")],
    second: [remove("y")],
    outcomes: [[]],
  },
  "one removes all while the other adds an account": {
    before: [],
    first: [removeAll],
    second: [add("a")],
    outcomes: [["a"], []],
  },
  "one removes all while the other renames an account": {
    before: ["x"],
    first: [removeAll],
    second: [rename("x", "renamed")],
    outcomes: [[]],
  },
  "one signs in again to the account that the other removes": {
    before: ["x"],
    first: [remove("x")],
    second: [add("x")],
    // As a new account when the old one went while the window still lists it.
    outcomes: [["x"], ["x 2"], []],
    ghost: "x",
  },
  "one removes an account while the other shows it": {
    before: ["x", "y"],
    first: [remove("x")],
    second: [look, look],
    outcomes: [["y"]],
  },
  "both add an account": {
    before: [],
    first: [look, add("a")],
    second: [add("b")],
    outcomes: [["a", "b"]],
  },
  "one adds an account while the other removes one": {
    before: ["x"],
    first: [add("a")],
    second: [remove("x")],
    outcomes: [["a"]],
    ghost: "x",
  },
  "both rename an account of their own": {
    before: ["x", "y"],
    first: [rename("x", "one")],
    second: [rename("y", "two")],
    outcomes: [["one", "two"]],
  },
  "one adds and renames an account while the other shows what there is": {
    before: [],
    first: [add("a"), rename("window 1 1", "renamed")],
    second: [look],
    outcomes: [["renamed"]],
  },
  "one removes all of some while the other adds one more": {
    before: ["x"],
    first: [removeAll],
    second: [add("a")],
    outcomes: [["a"], []],
    ghost: "x",
  },
};

/** The labels a window lists, those whose credentials are there apart from the others. */
async function listed(store: AccountStore, settle: () => Promise<void>) {
  const seen = { usable: [] as string[], ghosts: [] as string[] };
  const reading = (async () => {
    for (const { id, label } of (await store.list()).accounts) {
      const stored = await store.read(id);
      if (stored.status === "present") seen.usable.push(label);
      else seen.ghosts.push(label);
    }
  })();
  await settle();
  await reading;
  return { usable: seen.usable.sort(), ghosts: seen.ghosts.sort() };
}

function worldOf({ before, first, second, outcomes, ghost }: Scene, canListKeys: boolean) {
  return (steps: Steps): World => {
    const computer = new FakeComputer({ canListKeys, steps });
    for (const id of before) {
      const record = { ...account(id), signInId: "before", revisions: ["before"] };
      computer.keychain.set(prefix + id, encodeAccount(record));
    }
    const list = before.map((id) => ({ id, label: id }));
    if (before.length > 0) computer.disk = JSON.stringify({ "ncloudKeys.accounts": list });
    const windows = [computer.openWindow(), computer.openWindow()];
    const seen = windows.map((): unknown[] => []);
    const stores = windows.map(({ name, secrets, globalState }, index) => {
      const store = new AccountStore(secrets, globalState);
      let ids = 0;
      store.newId = () => `${name} ${++ids}`;
      void (async () => {
        for (const action of index === 0 ? first : second) {
          await new Promise<void>((run) => {
            steps.add({ window: name, channel: "person", subject: name, label: "acts", run });
          });
          seen[index]?.push(await action(store).catch(ignoreKeychainError));
        }
      })();
      return store;
    });
    return {
      shared: () => [
        ...Array.from(computer.keychain, ([key, text]) => key + text).sort(),
        computer.disk,
        ...windows.map(({ copy }) => copy),
        JSON.stringify(seen),
      ],
      async end(settle) {
        // What one window heals, the other one takes over.
        for (const store of stores) await listed(store, settle);
        const lists = [];
        for (const store of stores) lists.push(await listed(store, settle));
        const { secrets, globalState } = computer.openWindow();
        lists.push(await listed(new AccountStore(secrets, globalState), settle));
        const labels = [...computer.keychain.values()].map(labelOf).sort();
        const records = [...computer.keychain.values()].map(recordOf).sort();
        const outcome = outcomes.find((item) => item.join("\n") === records.join("\n"));
        assert.deepEqual(
          { records, lists },
          {
            records: outcome ?? outcomes[0],
            lists: lists.map(({ ghosts }) => ({
              usable: labels,
              ghosts: ghost !== undefined && ghosts.length > 0 ? [ghost] : [],
            })),
          },
        );
      },
    };
  };
}

/** What a person is told: an account that another window removed cannot be renamed. */
function ignoreKeychainError(error: unknown): void {
  if (!(error instanceof KeychainError)) throw error;
}

function labelOf(text: string): string {
  return (JSON.parse(text) as { label: string }).label;
}

/** What a record has beside what every one of these has. */
function recordOf(text: string): string {
  const record = JSON.parse(text) as {
    label: string;
    secretKey: string;
    nsmlApiKey?: string;
    subAccountIds?: readonly string[];
  };
  return [
    record.label,
    ...(newSecretKey.equals(new Secret(record.secretKey)) ? ["new secret key"] : []),
    ...(record.nsmlApiKey === undefined ? [] : ["API key"]),
    ...(record.subAccountIds ?? []),
  ].join(", ");
}

/** The long run takes all there are: some scenes have tens of thousands. */
const sampledStates = 1000;
const seed = 20_261_126;
const long = process.env["NCLOUD_KEYS_TEST_LONG"] === "1";

describe("Two windows that change accounts at once", () => {
  // Most orders are left before their end, and nobody waits for the time limits of their calls.
  const timers = new FakeTimers();
  before(() => timers.install());
  after(() => timers.uninstall());

  const tried = { orders: 0n, states: 0, sampled: 0, all: 0 };
  after(() => {
    const { orders, states, sampled, all } = tried;
    console.log(`      ${orders} orders of steps, through ${states} states`);
    console.log(`      sampled, seed ${seed}: ${sampled} of ${all}`);
  });

  for (const [title, scene] of Object.entries(scenes)) {
    for (const canListKeys of [true, false]) {
      const host = canListKeys ? ", with a keychain that can be listed" : "";
      it(`agree in the end when ${title}${host}`, async function () {
        this.timeout(long ? 600_000 : 60_000);
        const buildWorld = worldOf(scene, canListKeys);
        const build = (steps: Steps) => {
          timers.clear();
          return buildWorld(steps);
        };
        const sample = { states: sampledStates, random: seededRandom(seed) };
        const { orders, states } = await exploreInterleavings(build, long ? undefined : sample);
        tried.orders += orders;
        tried.states += states;
        tried.sampled += orders === 0n ? 1 : 0;
        tried.all++;
      });
    }
  }
});
