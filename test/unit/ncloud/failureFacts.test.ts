import assert from "node:assert/strict";
import { createAuthKey } from "../../../src/ncloud/nsml.ts";
import { answering, type ScriptedAnswer } from "./support/fakeTransport.ts";
import { clientOn, never, outcomeOf } from "./support/observed.ts";

/** How a write ends that is answered so. */
function failureOf(answer: ScriptedAnswer): Promise<Record<string, unknown>> {
  const { client } = clientOn(answering(answer));
  return outcomeOf(createAuthKey(client, { title: "a", key: "b" }, never()));
}

describe("the facts of a failure", () => {
  it("are what the log needs, and no more than that of endless words", async () => {
    const outcome = await failureOf({
      status: 503,
      headers: { "x-ncp-trace-id": "abc123", "x-ncp-request-id": "other", "retry-after": "7" },
      json: { error: { errorCode: "5".repeat(9999), message: "m".repeat(9999), details: "d" } },
    });
    assert.deepEqual(outcome, {
      kind: "server",
      service: "nsml",
      status: 503,
      code: "5".repeat(32),
      serverMessage: "m".repeat(400),
      traceId: "abc123",
      retryAfter: 7000,
      transient: true,
    });
  });

  it("name the request ID where there is no trace ID", async () => {
    const { traceId } = await failureOf({ status: 400, headers: { "x-ncp-request-id": "req" } });
    assert.equal(traceId, "req");
  });
});

describe("Retry-After", () => {
  it("is read in seconds and as a date against the server's own clock", async () => {
    const date = "Tue, 03 Sep 2024 09:36:40 GMT";
    const inSeconds = async (text: string, headers: Record<string, string> = { date }) =>
      (await failureOf({ status: 429, headers: { ...headers, "retry-after": text } }))[
        "retryAfter"
      ];
    assert.deepEqual(
      {
        seconds: await inSeconds("120"),
        zero: await inSeconds("0"),
        padded: await inSeconds(" 3 "),
        endless: await inSeconds("9".repeat(400)),
        date: await inSeconds("Tue, 03 Sep 2024 09:37:10 GMT"),
        past: await inSeconds("Tue, 03 Sep 2024 09:00:00 GMT"),
        dateWithoutDate: await inSeconds("Tue, 03 Sep 2024 09:37:10 GMT", {}),
        words: await inSeconds("soon"),
        empty: await inSeconds(""),
      },
      {
        seconds: 120_000,
        zero: 0,
        padded: 3000,
        endless: Number.MAX_SAFE_INTEGER,
        date: 30_000,
        past: 0,
        dateWithoutDate: undefined,
        words: undefined,
        empty: undefined,
      },
    );
  });
});
