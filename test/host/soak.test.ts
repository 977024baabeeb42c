import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { AccountStore } from "../../src/accounts/accountStore.ts";
import { Inventory } from "../../src/inventory/inventory.ts";
import { systemClock } from "../../src/ncloud/clock.ts";
import { nodeFetchTransport } from "../../src/ncloud/nodeFetchTransport.ts";
import { Session } from "../../src/session/session.ts";
import { KeysTree } from "../../src/sidebar/keysTree.ts";
import { startSandbox, type Sandbox } from "../sandbox/sandbox.ts";
import { fakeMemory } from "../support/memory/fakeMemory.ts";
import { usedHeap } from "../support/memory/heap.ts";
import { ListenerCount } from "../support/memory/listenerCount.ts";
import { accountAt } from "./openTree.ts";
import { say } from "./say.ts";

const isLong = process.env["NCLOUD_KEYS_TEST_LONG"] === "1";
const rounds = isLong ? 1_000 : 200;
/** Before it, code is compiled and pools are filled; what stays after that is a leak. */
const warmUp = isLong ? 100 : 30;
/** Bytes of the heap that a round may cost for good. */
const mostGrowth = 768;
/** The run is measured in so many parts: what the editor does meanwhile is in one or two of them, a leak in all. */
const parts = 5;
/** How many of anything the process has open may come and go beside the rounds, such as the editor's own timers. */
const slack = 2;

// Machine code counts as heap and is made for as long as anything runs, which would hide a leak.
for (const compiler of ["opt", "maglev", "sparkplug"]) setFlagsFromString(`--no-${compiler}`);

/** Somebody who works with two accounts, each at a sandbox of its own. */
async function startWork() {
  const sandboxes = [await startSandbox({ seed: "one" }), await startSandbox({ seed: "two" })];
  const [first, second] = sandboxes as [Sandbox, Sandbox];
  const { keychain, memento } = fakeMemory();
  const listeners = new ListenerCount();
  listeners.watch("keychain", keychain, "onDidChange");
  listeners.watch("store", AccountStore.prototype, "onDidChange");
  listeners.watch("session", Session.prototype, "onDidChange");
  listeners.watch("inventory", Inventory.prototype, "onDidChange");
  listeners.watch("changes", Inventory.prototype, "onDidMakeChange");
  const store = new AccountStore(keychain, memento);
  let requests = 0;
  const session = new Session({
    store,
    client: { transport: nodeFetchTransport, clock: systemClock, log: () => requests++ },
    readLocalKeys: () => Promise.resolve([]),
  });
  const tree = new KeysTree(session);
  listeners.watch("tree", tree, "onDidChangeTreeData");
  let events = 0;
  const subscription = tree.onDidChangeTreeData(() => events++);
  await store.save(accountAt(first, "one"));
  await store.save(accountAt(second, "two"));

  /** Every third round fails, every fifth refresh is overtaken by the next one. */
  async function round(number: number): Promise<void> {
    const [id, sandbox] = number % 2 === 0 ? (["one", first] as const) : (["two", second] as const);
    await store.activate(id);
    await session.open();
    await session.reopen();
    const signedIn = session.state;
    if (signedIn.status !== "signedIn") throw new Error("Nobody is signed in.");
    assert.equal(signedIn.account.id, id);
    const { inventory } = signedIn;
    const fault = number % 3 === 0 && sandbox.addFault({ kind: "status", status: 500 });
    const abandoned = number % 5 === 0 ? inventory.refresh() : undefined;
    const [apiKey] = sandbox.state.apiKeys.page(0, 1);
    void inventory.valuesOf(apiKey!.apiKeyId).load();
    await Promise.all([inventory.refresh(), abandoned]);
    for (const group of await tree.getChildren()) {
      tree.getTreeItem(group);
      for (const row of await tree.getChildren(group)) {
        tree.resolveTreeItem(tree.getTreeItem(row), row);
      }
    }
    inventory.close({ kind: "apiKey", apiKeyId: apiKey!.apiKeyId });
    if (fault) fault.remove();
  }

  /** What the process holds, after garbage collection. */
  function held() {
    const heap = usedHeap();
    const kinds: Record<string, number> = {};
    for (const kind of process.getActiveResourcesInfo()) kinds[kind] = (kinds[kind] ?? 0) + 1;
    return {
      heap,
      kinds,
      opened: sandboxes.reduce((sum, { connections }) => sum + connections, 0),
      listeners: listeners.now(),
    };
  }

  return {
    async rounds(from: number, to: number) {
      for (let number = from; number < to; number++) await round(number);
      await Promise.all(sandboxes.map((sandbox) => sandbox.idle()));
      // What the sandboxes remember of the requests is theirs and would count as growth.
      for (const sandbox of sandboxes) sandbox.resetRequests();
      return held();
    },
    counts: () => ({ requests, events }),
    /** Somebody who listens, and never stops to. */
    leakListener: () => void session.onDidChange(() => undefined),
    async end() {
      subscription.dispose();
      tree.dispose();
      session.dispose();
      store.dispose();
      const listening = listeners.now();
      listeners.end();
      for (const sandbox of sandboxes) await sandbox.close();
      return listening;
    },
  };
}

type Work = Awaited<ReturnType<typeof startWork>>;

/** What stayed of a round: the median over the parts of the run. */
async function measure(work: Work, all: number, each: (number: number) => void = () => undefined) {
  const length = all / parts;
  const before = await work.rounds(0, warmUp);
  const held = [before];
  for (let part = 0; part < parts; part++) {
    const start = warmUp + part * length;
    for (let number = start; number < start + length; number++) each(number);
    held.push(await work.rounds(start, start + length));
  }
  const growths = held
    .slice(1)
    .map(({ heap }, part) => Math.round((heap - held[part]!.heap) / length))
    .sort((a, b) => a - b);
  const figures =
    `heap ${held.map(({ heap }) => Math.round(heap / 1024)).join(" → ")} KiB, ` +
    `${growths.join(", ")} bytes a round`;
  return { before, after: held.at(-1)!, growth: growths[(parts - 1) / 2]!, figures };
}

/** Each listens to what it shows. Nobody waits for changes, but a page of key health. */
const one = { keychain: 1, store: 1, session: 1, inventory: 1, changes: 0, tree: 1 };
const none = Object.fromEntries(Object.keys(one).map((name) => [name, 0]));

describe("In the long run", () => {
  it("nothing is left of refreshes, account switches and failures", async function () {
    this.timeout(isLong ? 600_000 : 60_000);
    const work = await startWork();
    const { before, after, growth, figures } = await measure(work, rounds);
    const { requests, events } = work.counts();
    const listening = await work.end();
    const kinds = [...new Set([...Object.keys(before.kinds), ...Object.keys(after.kinds)])].sort();
    const comparison = kinds.map(
      (kind) => `${kind} ${before.kinds[kind] ?? 0} → ${after.kinds[kind] ?? 0}`,
    );
    const opened = after.opened - before.opened;
    say(
      `${rounds} rounds, ${requests} requests, ${events} events of the tree: ${figures}; ` +
        `${opened} connections, ${comparison.join(", ")}`,
    );
    assert.ok(growth < mostGrowth, `It grew by ${growth} bytes a round.`);
    assert.deepEqual(
      {
        left: kinds.filter((kind) => (after.kinds[kind] ?? 0) > (before.kinds[kind] ?? 0) + slack),
        // A request that is abandoned takes its connection along: one of each round, and each
        // group's where a refresh was overtaken. All others share those there are.
        opened: opened <= rounds + (3 * rounds) / 5,
        before: before.listeners,
        after: after.listeners,
        listening,
      },
      { left: [], opened: true, before: one, after: one, listening: none },
    );
  });

  it("a listener that is left behind would be seen", async () => {
    const work = await startWork();
    work.leakListener();
    const { listeners } = await work.rounds(0, 4);
    const listening = await work.end();
    assert.deepEqual(
      { listeners, listening },
      {
        listeners: { ...one, session: 2 },
        listening: { ...none, session: 1 },
      },
    );
  });

  it("what is left of each round would be seen: 2 KiB of it", async function () {
    this.timeout(isLong ? 600_000 : 60_000);
    const work = await startWork();
    const leaked: unknown[] = [];
    const leak = () => leaked.push(new Array(256).fill(0.5));
    const { growth, figures } = await measure(work, rounds, leak);
    await work.end();
    say(`2 KiB planted in each of ${leaked.length} rounds: ${figures}`);
    assert.ok(growth > mostGrowth, `It grew by ${growth} bytes a round.`);
  });
});
