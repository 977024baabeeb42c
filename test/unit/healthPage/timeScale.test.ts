import assert from "node:assert/strict";
import { marksWithRoom, timeScale } from "../../../src/healthPage/timeScale.ts";

describe("The time line", () => {
  it("has the past at its left end and today at its right", () => {
    const { x } = timeScale([0, 10, 400], 90, 1000);
    const places = [400, 90, 10, 0].map(x);
    assert.deepEqual([places, x(0)], [[...places].sort((a, b) => a - b), 1000]);
  });

  it("gives each day of the last month about the same room, and less the older it is", () => {
    const { x } = timeScale([3000], 90, 1000);
    const day = (age: number) => x(age) - x(age + 1);
    assert.deepEqual(
      [day(0) / day(6) < 1.25, day(0) / day(90) > 3, day(365) / day(1500) > 3],
      [true, true, true],
    );
  });

  it("keeps the threshold in sight, off the edge, though every key is younger", () => {
    const { x } = timeScale([1], 365, 1000);
    assert.ok(x(365) > 30, String(x(365)));
  });

  it("has a place for an account with keys of today only, or none", () => {
    assert.deepEqual(
      [timeScale([0], undefined, 500).x(0), timeScale([], undefined, 500).x(0)],
      [500, 500],
    );
  });

  it("puts what is out of its range at an end", () => {
    const scale = timeScale([100], undefined, 500);
    assert.deepEqual([scale.x(-5), scale.x(1e9)], [500, 0]);
  });

  it("drops marks that are beyond the oldest key or would stand in one another", () => {
    const marks = [0, 1, 30, 365, 9999].map((days) => ({ days }));
    const kept = marksWithRoom(marks, timeScale([400], 90, 900), 80);
    assert.deepEqual(
      kept.map(({ days }) => days),
      [0, 30, 365],
    );
  });
});
