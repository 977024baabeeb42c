import assert from "node:assert/strict";
import { listApiKeys } from "../../../src/ncloud/apiGateway.ts";
import { createAuthKey } from "../../../src/ncloud/nsml.ts";
import { type NcloudClient } from "../../../src/ncloud/ncloudClient.ts";
import { startSandbox, type Sandbox } from "../../sandbox/sandbox.ts";
import { HOUR, MINUTE, SECOND } from "../../sandbox/time.ts";
import { answering, type ScriptedAnswer } from "./support/fakeTransport.ts";
import { clientOf, clientOn, never, outcomeOf } from "./support/observed.ts";
import { FakeClock } from "./support/fakeClock.ts";

const page = { offset: 0, limit: 1 };

function read(client: NcloudClient): Promise<Record<string, unknown>> {
  return outcomeOf(listApiKeys(client, page, never()));
}

function write(client: NcloudClient): Promise<Record<string, unknown>> {
  return outcomeOf(createAuthKey(client, { title: "1", key: "b" }, never()));
}

/** A difference of clocks as a person would say it: a `Date` header has no milliseconds. */
function minutes(milliseconds: unknown): number {
  return Math.round(Number(milliseconds) / MINUTE);
}

describe("a clock that is off", () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox();
  });
  afterEach(() => sandbox.close());

  it("is what a refused write is blamed on, with the difference", async () => {
    const outcomes: unknown[] = [];
    for (const offset of [10 * MINUTE, -3 * HOUR]) {
      sandbox.state.switches.clockOffset = offset;
      const { kind, clockSkew, status, code } = await write(clientOf(sandbox).client);
      outcomes.push([kind, minutes(clockSkew), status, code]);
    }
    assert.deepEqual(
      { outcomes, requests: sandbox.requests.length },
      {
        outcomes: [
          ["clock", 10, 401, "200"],
          ["clock", -180, 401, "200"],
        ],
        requests: 2,
      },
    );
  });

  it("costs the first read one request more, and the next ones nothing", async () => {
    sandbox.state.switches.clockOffset = -2 * HOUR;
    const { client, clock } = clientOf(sandbox);
    const before = client.clockSkew;
    const outcomes = [await read(client), await read(client), await read(client)];
    assert.deepEqual(
      {
        succeeded: outcomes.map((outcome) => "value" in outcome),
        statuses: sandbox.requests.map(({ status }) => status),
        pauses: clock.pauses,
        skew: [before, minutes(client.clockSkew)],
      },
      {
        succeeded: [true, true, true],
        statuses: [401, 200, 200, 200],
        pauses: [],
        skew: [0, -120],
      },
    );
  });

  it("is not put right for a write, which would be a guess", async () => {
    sandbox.state.switches.clockOffset = HOUR;
    const { client } = clientOf(sandbox);
    await read(client);
    const { kind, clockSkew } = await write(client);
    assert.deepEqual([kind, minutes(clockSkew)], ["clock", 60]);
  });

  it("is noticed again when it changes, and when it is right again", async () => {
    const { client } = clientOf(sandbox);
    const told: number[] = [];
    client.onDidChangeClockSkew(() => told.push(minutes(client.clockSkew)));
    const observed: unknown[] = [];
    for (const offset of [HOUR, 2 * HOUR, 0, 0]) {
      sandbox.state.switches.clockOffset = offset;
      sandbox.resetRequests();
      const outcome = await read(client);
      observed.push(["value" in outcome, sandbox.requests.length, minutes(client.clockSkew)]);
    }
    assert.deepEqual(observed, [
      [true, 2, 60],
      [true, 2, 120],
      [true, 2, 0],
      [true, 1, 0],
    ]);
    assert.deepEqual([client.clockSkew, told], [0, [60, 120, 0]]);
  });

  it("does not hide a wrong key", async () => {
    sandbox.state.switches.clockOffset = HOUR;
    const { client } = clientOf({ ...sandbox, secretKey: "x" });
    const { kind } = await read(client);
    assert.deepEqual(
      { kind, requests: sandbox.requests.length, skew: client.clockSkew },
      { kind: "wrongCredentials", requests: 2, skew: 0 },
    );
  });

  it("of up to four minutes is not what a refusal is about", async () => {
    const now = Date.UTC(2026, 0, 15);
    const refusedAt = async (date: string | undefined) => {
      const answer: ScriptedAnswer = {
        status: 401,
        headers: date === undefined ? {} : { date },
        json: { error: { errorCode: "200" } },
      };
      const { client } = clientOn(answering(answer), {}, new FakeClock(now));
      const { kind, clockSkew } = await write(client);
      return [kind, clockSkew];
    };
    const after = (milliseconds: number) => new Date(now + milliseconds).toUTCString();
    assert.deepEqual(
      {
        right: await refusedAt(after(0)),
        fourAhead: await refusedAt(after(4 * MINUTE)),
        fourBehind: await refusedAt(after(-4 * MINUTE)),
        moreAhead: await refusedAt(after(4 * MINUTE + SECOND)),
        moreBehind: await refusedAt(after(-4 * MINUTE - SECOND)),
        none: await refusedAt(undefined),
        noDate: await refusedAt("today"),
      },
      {
        right: ["wrongCredentials", undefined],
        fourAhead: ["wrongCredentials", undefined],
        fourBehind: ["wrongCredentials", undefined],
        moreAhead: ["clock", 4 * MINUTE + SECOND],
        moreBehind: ["clock", -4 * MINUTE - SECOND],
        none: ["wrongCredentials", undefined],
        noDate: ["wrongCredentials", undefined],
      },
    );
  });

  it("is not to blame for a missing permission or a fault", async () => {
    const date = new Date(0).toUTCString();
    const kinds: unknown[] = [];
    for (const [status, errorCode] of [
      [401, "210"],
      [403, "230"],
      [500, "900"],
    ] as const) {
      const answer = { status, headers: { date }, json: { error: { errorCode } } };
      kinds.push((await write(clientOn(answering(answer)).client))["kind"]);
    }
    assert.deepEqual(kinds, ["noPermission", "noPermission", "server"]);
  });

  it("that a server makes up anew each time costs one request more, not a chase", async () => {
    const now = Date.now();
    let hours = 0;
    const lying = () => ({
      status: 401,
      headers: { date: new Date(now + ++hours * HOUR).toUTCString() },
      json: { error: { errorCode: "200" } },
    });
    const transport = answering(lying, lying, lying, lying);
    const { kind } = await read(clientOn(transport).client);
    assert.deepEqual([kind, transport.requests.length], ["clock", 2]);
  });
});
