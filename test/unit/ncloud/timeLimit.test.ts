import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { listApiKeys } from "../../../src/ncloud/apiGateway.ts";
import { systemClock } from "../../../src/ncloud/clock.ts";
import { createAuthKey } from "../../../src/ncloud/nsml.ts";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox.ts";
import { type Fault } from "../../sandbox/faults.ts";
import { clientOf, kindOf, never, outcomeOf, type ObservedClient } from "./support/observed.ts";
import { startRawServer } from "./support/rawServer.ts";

const page = { offset: 0, limit: 1 };

/** What a request waits for that is never answered in full. */
const stalls: readonly Fault[] = [{ kind: "hang" }, { kind: "stalledBody" }];

describe("a request", () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.close());

  it("is given up after 15 seconds, not earlier, and the connection with it", async () => {
    const outcomes: unknown[] = [];
    for (const fault of stalls) {
      sandbox.addFault({ ...fault, times: 1 });
      const { client, clock } = clientOf(sandbox);
      const arrival = sandbox.nextRequest();
      const states = ["pending"];
      const request = outcomeOf(listApiKeys(client, page, never()));
      void request.then(() => states.push("over"));
      await arrival;
      clock.advance(14_999);
      // A round trip of another request: long enough for an abort to have had its effect.
      await listApiKeys(clientOf(sandbox).client, page, never());
      const before = states.join();
      clock.advance(1);
      outcomes.push([before, await request, clock.timers]);
      await sandbox.idle();
    }
    assert.deepEqual(
      outcomes,
      stalls.map(() => ["pending", { kind: "timeout", service: "apiGateway" }, 0]),
    );
  });

  it("is given up even when its answer trickles in", async () => {
    const trickling: NodeJS.Timeout[] = [];
    const server = await startRawServer((socket) => {
      socket.write("HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n");
      trickling.push(setInterval(() => socket.write(" "), 1).unref());
    });
    const { client, clock } = clientOf({ ...sandbox, origin: server.origin });
    const request = outcomeOf(listApiKeys(client, page, never()));
    while (server.connections === 0) await new Promise((resolve) => setImmediate(resolve));
    clock.advance(15_000);
    const outcome = await request;
    for (const timer of trickling) clearInterval(timer);
    await server.close();
    assert.deepEqual(outcome, { kind: "timeout", service: "apiGateway" });
  });

  it("that changes something is given up as well, once", async () => {
    sandbox.addFault({ kind: "hang" });
    const { client, clock } = clientOf(sandbox);
    const arrival = sandbox.nextRequest();
    const request = outcomeOf(createAuthKey(client, { title: "a", key: "b" }, never()));
    await arrival;
    clock.advance(15_000);
    assert.deepEqual(
      [await request, sandbox.requests.length],
      [{ kind: "timeout", service: "nsml" }, 1],
    );
  });

  it("that was cancelled beforehand is not sent", async () => {
    const { client, clock } = clientOf(sandbox);
    const signal = AbortSignal.abort(new Error("Gone."));
    const outcomes = [
      await outcomeOf(listApiKeys(client, page, signal)),
      await outcomeOf(createAuthKey(client, { title: "a", key: "b" }, signal)),
    ];
    assert.deepEqual(
      { outcomes, requests: sandbox.requests, timers: clock.timers },
      {
        outcomes: [
          { kind: "cancelled", service: "apiGateway" },
          { kind: "cancelled", service: "nsml" },
        ],
        requests: [],
        timers: 0,
      },
    );
  });

  it("that is cancelled under way ends at once, whatever it waits for", async () => {
    const outcomes: unknown[] = [];
    for (const fault of stalls) {
      sandbox.addFault({ ...fault, times: 2 });
      for (const reason of [undefined, new Error("Gone."), "a text"]) {
        outcomes.push(await cancelled(sandbox, reason));
      }
      sandbox.clearFaults();
    }
    assert.deepEqual(
      outcomes,
      outcomes.map(() => ({ kind: "cancelled", service: "apiGateway" })),
    );
    await sandbox.idle();
  });

  it("leaves neither timer nor listener behind, however it ends", async () => {
    sandbox.addFault({ kind: "reset", times: 3 });
    sandbox.addFault({ kind: "status", status: 401, times: 1 });
    const cancel = new AbortController();
    const { client, clock } = clientOf(sandbox);
    const endings: unknown[] = [];
    for (let count = 0; count < 3; count++) {
      endings.push(await kindOf(listApiKeys(client, page, cancel.signal)));
      endings.push([clock.timers, getEventListeners(cancel.signal, "abort").length]);
    }
    assert.deepEqual(endings, ["network", [0, 0], "noPermission", [0, 0], "none", [0, 0]]);
  });
});

/** Cancels a request as soon as the sandbox has it. */
async function cancelled(sandbox: Sandbox, reason: unknown): Promise<unknown> {
  const { client }: ObservedClient = clientOf(sandbox);
  const cancel = new AbortController();
  const arrival = sandbox.nextRequest();
  const request = outcomeOf(listApiKeys(client, page, cancel.signal));
  await arrival;
  cancel.abort(reason);
  return request;
}

describe("the system's clock", () => {
  it("sleeps until it is time or there is a reason to wake, and leaves no listener", async () => {
    const cancel = new AbortController();
    const reason = new Error("Enough.");
    await systemClock.sleep(1, cancel.signal);
    const listeners = getEventListeners(cancel.signal, "abort").length;
    const sleeping = systemClock.sleep(3_600_000, cancel.signal);
    cancel.abort(reason);
    const woken = await sleeping.catch((error: unknown) => error);
    const refused = await systemClock.sleep(1, cancel.signal).catch((error: unknown) => error);
    assert.deepEqual(
      { listeners, woken, refused },
      {
        listeners: 0,
        woken: reason,
        refused: reason,
      },
    );
  });

  it("tells the time, and draws from 0 up to 1", () => {
    const before = Date.now();
    const now = systemClock.now();
    const drawn = Array.from({ length: 100 }, () => systemClock.random());
    assert.deepEqual(
      {
        onTime: now >= before && now <= Date.now(),
        inRange: drawn.every((number) => number >= 0 && number < 1),
        differ: new Set(drawn).size > 1,
      },
      { onTime: true, inRange: true, differ: true },
    );
  });
});
