import assert from "node:assert/strict";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { setImmediate } from "node:timers/promises";
import { type Sandbox, startSandbox } from "../../sandbox/sandbox.ts";
import { failureOf, refusal, send } from "./signedClient.ts";

const API_KEYS = "/api/v1/api-keys";
const NEW_KEY = { json: { apiKeyName: "new" } };

interface Gate {
  readonly opened: Promise<void>;
  open(): void;
}

function newGate(): Gate {
  let open: Gate["open"] = () => assert.fail("The gate is not built yet.");
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe("a fault of the sandbox that takes its time", () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.close());

  it("pours out a body without end until the client goes away", async () => {
    sandbox.addFault({ kind: "endlessBody" });
    const outgoing = request(`${sandbox.origin}${API_KEYS}`, { agent: false }).end();
    let received = 0;
    const enough = new Promise<void>((resolve) => {
      outgoing.once("response", (incoming) => {
        incoming.on("data", (chunk: Buffer) => {
          received += chunk.length;
          if (received > 5_000_000) resolve();
        });
        incoming.once("error", () => undefined);
      });
    });
    await enough;
    outgoing.once("error", () => undefined).destroy();
    await sandbox.idle();
  });

  it("begins a body and leaves the rest unsent until the client goes away", async () => {
    sandbox.addFault({ kind: "stalledBody" });
    const cancel = new AbortController();
    const outgoing = request(`${sandbox.origin}/nowhere`, { agent: false, signal: cancel.signal });
    const [incoming] = (await once(outgoing.end(), "response")) as [NodeJS.ReadableStream];
    const [beginning] = (await once(incoming, "data")) as [Buffer];
    assert.match(beginning.toString(), /^\{"error":/);
    incoming.once("error", () => undefined);
    outgoing.once("error", () => undefined);
    cancel.abort();
    await sandbox.idle();
  });

  it("hangs without an answer until the client goes away", async () => {
    sandbox.addFault({ kind: "hang" });
    const cancel = new AbortController();
    const arrival = sandbox.nextRequest({ path: API_KEYS });
    const outcome = failureOf(sandbox, "GET", API_KEYS, { signal: cancel.signal });
    const record = await arrival;
    cancel.abort();
    assert.equal(await outcome, "ABORT_ERR");
    await sandbox.idle();
    assert.equal(record.status, undefined);
  });

  it("delays an answer by the time it is told", async () => {
    sandbox.addFault({ kind: "delay", milliseconds: 40 });
    const start = performance.now();
    assert.equal((await send(sandbox, "GET", API_KEYS)).status, 200);
    // Timers count whole milliseconds, so that one may end a fraction of one early.
    assert.ok(performance.now() - start >= 39);
  });

  it("holds an answer back that was made when the request came", async () => {
    const gate = newGate();
    sandbox.addFault({ kind: "hold", until: gate.opened, method: "GET", times: 1 });
    const totals: number[] = [];
    const list = async () => {
      const { text } = await send(sandbox, "GET", API_KEYS);
      totals.push((JSON.parse(text) as { total: number }).total);
    };
    const arrival = sandbox.nextRequest();
    const held = list();
    await arrival;
    await send(sandbox, "POST", API_KEYS, NEW_KEY);
    await list();
    gate.open();
    await held;
    assert.deepEqual(totals, [4, 3]);
  });

  it("holds a wrong answer back as well", async () => {
    const gate = newGate();
    sandbox.addFault({ kind: "hold", until: gate.opened, times: 1 });
    sandbox.addFault({ kind: "status", status: 503, times: 1 });
    const statuses: number[] = [];
    const list = async () => {
      statuses.push((await send(sandbox, "GET", API_KEYS)).status);
    };
    const arrival = sandbox.nextRequest();
    const held = list();
    await arrival;
    await list();
    gate.open();
    await held;
    assert.deepEqual(statuses, [200, 503]);
  });

  it("answers nobody when the client goes away meanwhile", async () => {
    const gate = newGate();
    sandbox.addFault({ kind: "hold", until: gate.opened });
    sandbox.addFault({ kind: "status", status: 503, method: "DELETE" });
    for (const method of ["GET", "DELETE"]) {
      const cancel = new AbortController();
      const arrival = sandbox.nextRequest();
      const outcome = failureOf(sandbox, method, API_KEYS, { signal: cancel.signal });
      await arrival;
      cancel.abort();
      assert.equal(await outcome, "ABORT_ERR");
    }
    await sandbox.idle();
    gate.open();
    await setImmediate();
    assert.deepEqual(
      sandbox.requests.map(({ status }) => status),
      [undefined, undefined],
    );
  });

  it("keeps no timer for a client that goes away", async () => {
    sandbox.addFault({ kind: "delay", milliseconds: 3_600_000 });
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout");
    const cancel = new AbortController();
    const arrival = sandbox.nextRequest();
    const outcome = failureOf(sandbox, "GET", API_KEYS, { signal: cancel.signal });
    await arrival;
    await setImmediate();
    const before = timers().length;
    cancel.abort();
    await outcome;
    await sandbox.idle();
    await setImmediate();
    assert.equal(timers().length, before - 1);
  });

  it("puts the clock forward for the check and the Date header alike", async () => {
    sandbox.addFault({ kind: "clock", offset: 600_000, times: 1 });
    const ahead = await send(sandbox, "GET", API_KEYS);
    const right = await send(sandbox, "GET", API_KEYS);
    assert.deepEqual([refusal(ahead), right.status], ["401/200", 200]);
    const minutes = (Date.parse(ahead.headers.date ?? "") - Date.now()) / 60_000;
    assert.equal(Math.round(minutes), 10);
  });

  it("does not outlive the sandbox's end", async () => {
    sandbox.addFault({ kind: "hang" });
    const agent = new Agent({ keepAlive: true });
    const arrival = sandbox.nextRequest();
    const outcome = failureOf(sandbox, "GET", API_KEYS, { agent });
    await arrival;
    await sandbox.close();
    assert.equal(await outcome, "ECONNRESET");
    agent.destroy();
  });
});
