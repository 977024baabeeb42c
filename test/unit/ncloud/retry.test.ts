import assert from "node:assert/strict";
import { listApiKeys } from "../../../src/ncloud/apiGateway.ts";
import {
  mayHaveHappened,
  NcloudError,
  type NcloudErrorKind,
} from "../../../src/ncloud/ncloudError.ts";
import { createAuthKey } from "../../../src/ncloud/nsml.ts";
import { type Fault } from "../../sandbox/faults.ts";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox.ts";
import { clientOf, kindOf, never, outcomeOf } from "./support/observed.ts";

const page = { offset: 0, limit: 1 };
const passing: Record<string, Fault> = {
  reset: { kind: "reset" },
  brokenOff: { kind: "brokenOff" },
  loseAnswer: { kind: "loseAnswer" },
  "429": { kind: "status", status: 429 },
  "502": { kind: "status", status: 502, body: "<html>Bad Gateway</html>" },
  "503": { kind: "status", status: 503 },
  "504": { kind: "status", status: 504 },
};

describe("a read", () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.close());

  /** How a read ends, the requests it took and its pauses, while a fault strikes so many times. */
  async function readUnder(fault: Fault, times = Infinity, randomness = 0.5) {
    sandbox.resetRequests();
    const added = sandbox.addFault({ ...fault, times });
    const { client, clock } = clientOf(sandbox);
    clock.randomness = randomness;
    const kind = await kindOf(listApiKeys(client, page, never()));
    added.remove();
    return [kind, sandbox.requests.length, clock.pauses] as const;
  }

  it("is repeated after what may pass, and succeeds at the third try", async () => {
    const outcomes: Record<string, unknown> = {};
    for (const [name, fault] of Object.entries(passing)) outcomes[name] = await readUnder(fault, 2);
    assert.deepEqual(
      outcomes,
      Object.fromEntries(Object.keys(passing).map((name) => [name, ["none", 3, [400, 800]]])),
    );
  });

  it("is tried three times at most, then fails as its kind", async () => {
    const outcomes: Record<string, unknown> = {};
    for (const [name, fault] of Object.entries(passing)) {
      const [kind, requests] = await readUnder(fault);
      outcomes[name] = [kind, requests];
    }
    console.log(`      ${Object.keys(passing).length} faults that may pass`);
    assert.deepEqual(outcomes, {
      reset: ["network", 3],
      brokenOff: ["network", 3],
      loseAnswer: ["network", 3],
      "429": ["limitReached", 3],
      "502": ["server", 3],
      "503": ["server", 3],
      "504": ["server", 3],
    });
  });

  it("is not repeated after what stays", async () => {
    const faults: Record<string, Fault> = {
      "400": { kind: "status", status: 400 },
      "401": { kind: "status", status: 401 },
      "403": { kind: "status", status: 403 },
      "404": { kind: "status", status: 404 },
      "409": { kind: "status", status: 409, body: { errorCode: 9012, message: "" } },
      "500": { kind: "status", status: 500 },
      "501": { kind: "status", status: 501 },
      error200: { kind: "status", status: 200, body: { error: { errorCode: "500" } } },
      wrongShape: { kind: "wrongShape" },
      truncatedJson: { kind: "truncatedJson" },
      redirect: { kind: "redirect", location: "http://127.0.0.1:9/" },
    };
    const counts: Record<string, unknown> = {};
    for (const [name, fault] of Object.entries(faults)) {
      const [, requests, pauses] = await readUnder(fault);
      counts[name] = [requests, pauses];
    }
    console.log(`      ${Object.keys(faults).length} faults that stay`);
    assert.deepEqual(
      counts,
      Object.fromEntries(Object.keys(faults).map((name) => [name, [1, []]])),
    );
  });

  it("waits longer each time, by a half to one and a half of the pause", async () => {
    const pauses: unknown[] = [];
    for (const randomness of [0, 0.25, 0.5, 0.75]) {
      pauses.push((await readUnder(passing["503"]!, Infinity, randomness))[2]);
    }
    assert.deepEqual(pauses, [
      [200, 400],
      [300, 600],
      [400, 800],
      [500, 1000],
    ]);
  });

  it("waits as long as the server asks for, up to ten seconds, and gives up at once beyond", async () => {
    const retryAfter = (text: string): Fault => ({
      kind: "status",
      status: 429,
      headers: { "retry-after": text },
    });
    const inSevenSeconds = new Date(Date.now() + 7000).toUTCString();
    const [dated, datedRequests, [pause]] = await readUnder(retryAfter(inSevenSeconds), 1);
    assert.deepEqual(
      {
        seconds: await readUnder(retryAfter("3"), 1),
        zero: await readUnder(retryAfter("0"), 1),
        most: await readUnder(retryAfter("10"), 1),
        tooLong: await readUnder(retryAfter("11"), 1),
        endless: await readUnder(retryAfter("9".repeat(20)), 1),
        dated: [dated, datedRequests, pause! > 1000 && pause! <= 7000],
      },
      {
        seconds: ["none", 2, [3000]],
        zero: ["none", 2, [400]],
        most: ["none", 2, [10_000]],
        tooLong: ["limitReached", 1, []],
        endless: ["limitReached", 1, []],
        dated: ["none", 2, true],
      },
    );
  });

  it("says how long the server asked to wait when that is too long", async () => {
    const headers = { "retry-after": "3600" };
    sandbox.addFault({ kind: "status", status: 503, headers });
    const { kind, retryAfter } = await outcomeOf(
      listApiKeys(clientOf(sandbox).client, page, never()),
    );
    assert.deepEqual({ kind, retryAfter }, { kind: "server", retryAfter: 3_600_000 });
  });

  it("that is cancelled in a pause stops at once", async () => {
    sandbox.addFault(passing["503"]!);
    const { client, clock } = clientOf(sandbox);
    const cancel = new AbortController();
    clock.onPause = () => cancel.abort();
    const outcome = await outcomeOf(listApiKeys(client, page, cancel.signal));
    assert.deepEqual(
      { outcome, requests: sandbox.requests.length, timers: clock.timers },
      { outcome: { kind: "cancelled", service: "apiGateway" }, requests: 1, timers: 0 },
    );
  });

  it("has the time limit anew for each try", async () => {
    sandbox.addFault({ ...passing["503"]!, times: 1 });
    sandbox.addFault({ kind: "hang" });
    const { client, clock } = clientOf(sandbox);
    const retried = new Promise<void>((resolve) => (clock.onPause = resolve));
    const request = outcomeOf(listApiKeys(client, page, never()));
    await retried;
    const arrival = sandbox.nextRequest();
    clock.advance(14_000);
    await arrival;
    clock.advance(14_999);
    const timers = clock.timers;
    clock.advance(1);
    assert.deepEqual([timers, await request], [1, { kind: "timeout", service: "apiGateway" }]);
  });
});

describe("a write", () => {
  it("is never repeated, whatever becomes of it", async () => {
    const faults: Record<string, Fault> = {
      ...passing,
      "500": { kind: "status", status: 500 },
      retryAfter: { kind: "status", status: 503, headers: { "retry-after": "1" } },
      truncatedJson: { kind: "truncatedJson" },
      clock: { kind: "clock", offset: 3_600_000 },
    };
    const observed: Record<string, unknown> = {};
    for (const [name, fault] of Object.entries(faults)) {
      const sandbox = await startSandbox({ authKeys: 0 });
      sandbox.addFault(fault);
      const { client, clock } = clientOf(sandbox);
      await outcomeOf(createAuthKey(client, { title: "a", key: "b" }, never()));
      observed[name] = [sandbox.requests.map(({ method }) => method), clock.pauses];
      await sandbox.close();
    }
    console.log(`      ${Object.keys(faults).length} faults of a write`);
    assert.deepEqual(
      observed,
      Object.fromEntries(Object.keys(faults).map((name) => [name, [["POST"], []]])),
    );
  });

  it("may have happened when its answer did not say that it was refused", () => {
    const kinds: readonly NcloudErrorKind[] = [
      "wrongCredentials",
      "noPermission",
      "notSubscribed",
      "notFound",
      "limitReached",
      "badRequest",
      "clock",
      "network",
      "tls",
      "proxy",
      "timeout",
      "server",
      "badAnswer",
      "unavailableInZone",
      "cancelled",
    ];
    assert.deepEqual(
      kinds.filter((kind) => mayHaveHappened(new NcloudError(kind))),
      ["network", "tls", "timeout", "server", "badAnswer", "cancelled"],
    );
  });
});
