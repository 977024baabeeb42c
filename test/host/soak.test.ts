import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { AccountStore } from "../../src/accounts/accountStore.ts";
import type { Account } from "../../src/accounts/account.ts";
import { systemClock } from "../../src/ncloud/clock.ts";
import { nodeFetchTransport } from "../../src/ncloud/nodeFetchTransport.ts";
import { Secret } from "../../src/ncloud/secret.ts";
import { Session } from "../../src/session/session.ts";
import { startSandbox, type Sandbox } from "../sandbox/sandbox.ts";
import { fakeMemory } from "../support/memory/fakeMemory.ts";
import { usedHeap } from "../support/memory/heap.ts";

const isLong = process.env["NCLOUD_KEYS_TEST_LONG"] === "1";
const rounds = isLong ? 1_000 : 120;
/** Before it, code is compiled and pools are filled; what stays after that is a leak. */
const warmUp = isLong ? 100 : 30;
/** Bytes of the heap that a round may cost for good, in both halves of the run. */
const mostGrowth = 512;

// Machine code counts as heap and is made for as long as anything runs, which would hide a leak.
for (const compiler of ["opt", "maglev", "sparkplug"]) setFlagsFromString(`--no-${compiler}`);

function accountAt(sandbox: Sandbox, id: string): Account {
  return {
    id,
    label: id,
    zone: { kind: "custom", origin: sandbox.origin },
    accessKeyId: sandbox.accessKeyId,
    secretKey: new Secret(sandbox.secretKey),
    nsmlApiKey: new Secret(sandbox.apiKeyValue),
    subAccountIds: [],
  };
}

/** What the process holds, after garbage collection. */
function held(sandboxes: readonly Sandbox[], listeners: ReadonlySet<unknown>) {
  const heap = usedHeap();
  const resources = process.getActiveResourcesInfo();
  const count = (kind: string) => resources.filter((resource) => resource.startsWith(kind)).length;
  return {
    heap,
    sockets: count("TCPSocket"),
    timers: count("Timeout"),
    listeners: listeners.size,
    opened: sandboxes.reduce((sum, { connections }) => sum + connections, 0),
  };
}

describe("In the long run", () => {
  it("nothing is left of refreshes, account switches and failures", async function () {
    this.timeout(isLong ? 600_000 : 60_000);
    const sandboxes = [await startSandbox({ seed: "one" }), await startSandbox({ seed: "two" })];
    const [first, second] = sandboxes as [Sandbox, Sandbox];
    const { keychain, memento, listeners } = fakeMemory();
    const store = new AccountStore(keychain, memento);
    let logged = 0;
    const session = new Session({
      store,
      client: { transport: nodeFetchTransport, clock: systemClock, log: () => logged++ },
      readLocalKeys: () => Promise.resolve([]),
    });
    await store.save(accountAt(first, "one"));
    await store.save(accountAt(second, "two"));

    async function round(number: number): Promise<void> {
      const [id, sandbox] =
        number % 2 === 0 ? (["one", first] as const) : (["two", second] as const);
      await store.activate(id);
      const state = await session.open();
      await session.reopen();
      assert.equal(state.status, "signedIn");
      const signedIn = session.state;
      if (signedIn.status !== "signedIn") throw new Error("Nobody is signed in.");
      assert.equal(signedIn.account.id, id);
      const { inventory } = signedIn;
      const subscription = inventory.onDidChange(() => undefined);
      // Every third round fails, every fifth is overtaken by the one after it.
      const fault = number % 3 === 0 && sandbox.addFault({ kind: "status", status: 500 });
      const abandoned = number % 5 === 0 ? inventory.refresh() : undefined;
      const [apiKey] = sandbox.state.apiKeys.page(0, 1);
      void inventory.valuesOf(apiKey!.apiKeyId).load();
      await Promise.all([inventory.refresh(), abandoned]);
      inventory.close({ kind: "apiKey", apiKeyId: apiKey!.apiKeyId });
      if (fault) fault.remove();
      subscription.dispose();
    }

    const settle = async () => {
      await Promise.all(sandboxes.map((sandbox) => sandbox.idle()));
      // What the sandboxes remember of the requests is theirs and would count as growth.
      for (const sandbox of sandboxes) sandbox.resetRequests();
    };
    for (let number = 0; number < warmUp; number++) await round(number);
    await settle();
    const before = held(sandboxes, listeners);
    const half = rounds / 2;
    for (let number = 0; number < half; number++) await round(number);
    await settle();
    const middle = held(sandboxes, listeners);
    for (let number = half; number < rounds; number++) await round(number);
    await settle();
    const after = held(sandboxes, listeners);

    session.dispose();
    store.dispose();
    // What is made once is made in one of the halves; a leak grows in both.
    const growths = [middle.heap - before.heap, after.heap - middle.heap].map((bytes) =>
      Math.round(bytes / half),
    );
    console.log(
      `${process.env["TEST_OUTPUT_MARK"] ?? ""}      ${rounds} rounds, ${logged} requests: heap ` +
        `${kib(before.heap)} → ${kib(middle.heap)} → ${kib(after.heap)}, ` +
        `${growths.join(" and ")} bytes a round, sockets ${before.sockets} → ${after.sockets}, ` +
        `timers ${before.timers} → ${after.timers}, ` +
        `listeners ${before.listeners} → ${after.listeners}, opened ${before.opened} → ${after.opened}`,
    );
    const listening = listeners.size;
    for (const sandbox of sandboxes) await sandbox.close();
    assert.ok(Math.min(...growths) < mostGrowth, `It grew by ${growths.join(" and ")} a round`);
    assert.ok(after.sockets <= before.sockets + 2, `${after.sockets} sockets`);
    assert.ok(after.timers <= before.timers + 2, `${after.timers} timers`);
    assert.deepEqual({ listeners: after.listeners, listening }, { listeners: 1, listening: 0 });
  });
});

function kib(bytes: number): string {
  return `${Math.round(bytes / 1024)} KiB`;
}
