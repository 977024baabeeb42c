import assert from "node:assert/strict";
import fc from "fast-check";
import { layOutLane, type Dot } from "../../../src/healthPage/dotLayout.ts";

const lane = (...places: number[]) => layOutLane(places.map((x, item) => ({ x, item })));

function overlaps(a: Dot<number>, b: Dot<number>): boolean {
  return Math.hypot(a.x - b.x, a.y - b.y) < a.radius + b.radius;
}

describe("The dots of a lane", () => {
  it("stand in a row where there is room", () => {
    assert.deepEqual(
      lane(100, 20, 60).dots.map(({ x, y }) => [x, y]),
      [
        [20, 0],
        [60, 0],
        [100, 0],
      ],
    );
  });

  it("step aside, to both sides in turn, where they would cover one another", () => {
    const { dots, above, below } = lane(50, 50, 50, 50);
    const ys = dots.map(({ y }) => y);
    assert.deepEqual(
      [ys, above > below, dots.every(({ x }) => x === 50)],
      [[0, -12, 12, -24], true, true],
    );
  });

  it("become bubbles that say how many they are where even that is full", () => {
    const crowd = Array.from({ length: 40 }, () => 50);
    const { dots } = lane(...crowd, 400);
    assert.deepEqual(
      dots.map(({ items }) => items.length),
      [40, 1],
    );
    assert.ok(dots[0]!.radius > dots[1]!.radius);
  });

  it("never cover one another and lose no key, whatever their ages", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 300 }), (places) => {
        const { dots, above, below } = lane(...places);
        const clash = dots.some((a, i) => dots.slice(i + 1).some((b) => overlaps(a, b)));
        const inside = dots.every(({ y, radius }) => radius - y <= above && radius + y <= below);
        const items = dots.flatMap((dot) => dot.items).sort((a, b) => a - b);
        return !clash && inside && items.join() === places.map((_, index) => index).join();
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it("of a hundred thousand keys are few enough to draw", () => {
    const places = Array.from({ length: 100_000 }, (_, index) => index % 1000);
    assert.ok(lane(...places).dots.length <= 30);
  });
});
