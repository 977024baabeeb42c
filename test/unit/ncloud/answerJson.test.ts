import assert from "node:assert/strict";
import { answerJson } from "../../../src/ncloud/answerJson.ts";

/** As long as an answer with a thousand API keys. */
const longText = JSON.stringify(
  Array.from({ length: 1000 }, (_, index) => `${"x".repeat(280)}${index}`),
);

/** Resolves when each of the turns of the event loop that are asked for has been noted. */
async function noteTurns(events: string[], turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
    events.push("turn");
  }
}

describe("the text of an answer", () => {
  it("is read in a turn of the event loop of its own where it is long", async () => {
    const events: string[] = [];
    const read = async (name: string, text: string) => {
      await answerJson(text);
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

  it("says nothing where it is no JSON, long or short", async () => {
    const read = await Promise.all([answerJson(longText.slice(1)), answerJson("<html>")]);
    assert.deepEqual(read, [undefined, undefined]);
  });

  it("is all there, long or short", async () => {
    const read = await Promise.all([answerJson(longText), answerJson('{"a":[1]}')]);
    assert.deepEqual(read, [JSON.parse(longText), { a: [1] }]);
  });
});
