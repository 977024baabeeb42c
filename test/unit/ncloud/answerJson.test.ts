import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { listApiKeys } from "../../../src/ncloud/apiGateway.ts";
import { answerJson } from "../../../src/ncloud/answerJson.ts";
import type { Transport } from "../../../src/ncloud/transport.ts";
import { clientOn, kindOf, never } from "./support/observed.ts";

/** As long as an answer with a thousand API keys. */
const longText = JSON.stringify(
  Array.from({ length: 1000 }, (_, index) => `${"x".repeat(280)}${index}`),
);

/** Resolves when each of the turns of the event loop that are asked for has been noted. */
async function noteTurns(events: string[], turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++) {
    await setImmediate();
    events.push("turn");
  }
}

describe("the text of an answer", () => {
  it("is read in a turn of the event loop of its own where it is long", async () => {
    const events: string[] = [];
    const read = async (name: string, text: string) => {
      await answerJson(text, never());
      events.push(name);
    };
    const reads = ["first", "second", "third"].map((name) => read(name, longText));
    reads.push(read("short", "{}"));
    await Promise.all([...reads, noteTurns(events, 4)]);
    const turns = events
      .join(" ")
      .split("turn")
      .map((turn) => turn.trim());
    assert.deepEqual(
      turns.filter((turn) => turn !== ""),
      ["short", "first", "second", "third"],
    );
  });

  it("is not read any more when its request is cancelled before its turn", async () => {
    const text = JSON.stringify({ apiKeys: [], total: 0, filler: longText });
    let answers = 0;
    const send: Transport["send"] = () => {
      answers += 1;
      return Promise.resolve({ status: 200, header: () => undefined, text });
    };
    const { client, log } = clientOn({ send });
    const cancelling = new AbortController();
    const page = { offset: 0, limit: 1 };
    const kinds = Array.from({ length: 3 }, () =>
      kindOf(listApiKeys(client, page, cancelling.signal)),
    );
    // The first has its turn in the next round of the event loop, and the person cancels in it.
    await kinds[0];
    cancelling.abort();
    assert.deepEqual(
      { kinds: await Promise.all(kinds), answers, logged: log.map(({ error }) => error?.kind) },
      {
        kinds: ["none", "cancelled", "cancelled"],
        answers: 3,
        logged: [undefined, "cancelled", "cancelled"],
      },
    );
  });

  it("says nothing where it is no JSON, long or short", async () => {
    const read = await Promise.all([
      answerJson(longText.slice(1), never()),
      answerJson("<html>", never()),
    ]);
    assert.deepEqual(read, [undefined, undefined]);
  });

  it("is all there, long or short", async () => {
    const read = await Promise.all([
      answerJson(longText, never()),
      answerJson('{"a":[1]}', never()),
    ]);
    assert.deepEqual(read, [JSON.parse(longText), { a: [1] }]);
  });
});
