import assert from "node:assert/strict";
import { mapConcurrently } from "../../../src/inventory/mapConcurrently.ts";
import { drained } from "../support/world.ts";

/** Steps that end when the test says so. */
class Steps {
  readonly begun: number[] = [];
  readonly #ends = new Map<
    number,
    { resolve: (text: string) => void; reject: (e: Error) => void }
  >();

  readonly step = (item: number): Promise<string> => {
    this.begun.push(item);
    return new Promise((resolve, reject) => this.#ends.set(item, { resolve, reject }));
  };

  async end(item: number): Promise<void> {
    this.#ends.get(item)?.resolve(`result ${item}`);
    await drained();
  }

  async fail(item: number): Promise<void> {
    this.#ends.get(item)?.reject(new Error(`failure ${item}`));
    await drained();
  }
}

describe("doing things concurrently", () => {
  it("does no more at a time than it may, and the next as soon as one is done", async () => {
    const steps = new Steps();
    const all = mapConcurrently([1, 2, 3, 4], 2, steps.step);
    const begun = [[...steps.begun]];
    await steps.end(2);
    begun.push([...steps.begun]);
    for (const item of [1, 3, 4]) await steps.end(item);
    await all;
    begun.push(steps.begun);
    assert.deepEqual(begun, [
      [1, 2],
      [1, 2, 3],
      [1, 2, 3, 4],
    ]);
  });

  it("gives the results in the order of the items, whichever ends first", async () => {
    const steps = new Steps();
    const all = mapConcurrently([1, 2, 3], 3, steps.step);
    for (const item of [3, 1, 2]) await steps.end(item);
    assert.deepEqual(await all, ["result 1", "result 2", "result 3"]);
  });

  it("begins nothing more after a failure, and fails with it", async () => {
    const steps = new Steps();
    const all = mapConcurrently([1, 2, 3, 4], 2, steps.step);
    const failed = assert.rejects(all, { message: "failure 1" });
    await steps.fail(1);
    await steps.end(2);
    await failed;
    assert.deepEqual(steps.begun, [1, 2]);
  });

  it("fails once what was under way has ended, with what failed first", async () => {
    const steps = new Steps();
    const events: string[] = [];
    const all = mapConcurrently([1, 2, 3], 3, steps.step).catch((error: unknown) => {
      events.push(String(error));
    });
    await steps.fail(2);
    await steps.fail(1);
    events.push("3 ends");
    await steps.end(3);
    await all;
    assert.deepEqual(events, ["3 ends", "Error: failure 2"]);
  });

  it("has nothing to do for nothing", async () => {
    const none = await mapConcurrently([], 6, () => assert.fail("There is nothing to do."));
    assert.deepEqual(none, []);
  });
});
