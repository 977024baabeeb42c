import assert from "node:assert/strict";
import { slicesOf } from "../../../src/report/slicesOf.ts";

describe("slices of many things", () => {
  /** Counts from 0 on, and how far somebody has counted. */
  function counter(end: number) {
    const state = { taken: 0 };
    function* things() {
      for (; state.taken < end; state.taken++) yield state.taken;
    }
    return { state, things: things() };
  }

  it("leave a turn of the event loop to others after a hundred things", async () => {
    const { state, things } = counter(1050);
    const takenAtTurns: number[] = [];
    const countTurns = () => {
      takenAtTurns.push(state.taken);
      if (state.taken < 1050) setImmediate(countTurns);
    };
    setImmediate(countTurns);
    const lengths: number[] = [];
    const taken: number[] = [];
    for await (const slice of slicesOf(things)) {
      lengths.push(slice.length);
      taken.push(...slice);
    }
    const steps = takenAtTurns.map((count, turn) => count - (takenAtTurns[turn - 1] ?? 0));
    assert.deepEqual(
      {
        lengths,
        isAll: taken.every((thing, index) => thing === index),
        mostInATurn: Math.max(...steps),
      },
      { lengths: [...Array<number>(10).fill(100), 50], isAll: true, mostInATurn: 100 },
    );
  });

  it("end with a slice even where there is nothing", async () => {
    const slices = [];
    for await (const slice of slicesOf([])) slices.push(slice);
    assert.deepEqual(slices, [[]]);
  });

  it("take nothing more once they are cancelled", async () => {
    const abort = new AbortController();
    const { state, things } = counter(1000);
    const walk = async () => {
      for await (const slice of slicesOf(things, abort.signal))
        if (slice.includes(299)) abort.abort();
    };
    await assert.rejects(walk(), { name: "NcloudError", kind: "cancelled" });
    assert.equal(state.taken, 299);
  });
});
