import assert from "node:assert/strict";
import { latestValue } from "../../../src/inventory/loadable.ts";
import { Resource } from "../../../src/inventory/resource.ts";
import { NcloudError } from "../../../src/ncloud/ncloudError.ts";
import { drained } from "../support/world.ts";

/** One read that is under way, answered by the test. */
interface Read {
  readonly signal: AbortSignal;
  readonly previous: string | undefined;
  readonly answer: (value: string) => void;
  readonly fail: (error: unknown) => void;
}

describe("a resource", () => {
  let reads: Read[];
  let changes: string[];
  let resource: Resource<string>;
  beforeEach(() => {
    reads = [];
    changes = [];
    resource = new Resource<string>({
      read: (signal, previous) =>
        new Promise((answer, fail) => reads.push({ signal, previous, answer, fail })),
      onChange: () => changes.push(seen()),
      isSame: (a, b) => a === b,
    });
  });

  /** The state in words. */
  function seen(): string {
    const { state } = resource;
    const error = state.status === "failed" ? [state.error.kind] : [];
    return [state.status, latestValue(state), ...error].filter((part) => part).join(" ");
  }

  async function loaded(value: string): Promise<void> {
    const done = resource.reload();
    reads.at(-1)!.answer(value);
    await done;
    changes = [];
  }

  it("is read once, however often it is asked for", async () => {
    const waiting = [resource.load(), resource.load()];
    const states = [seen()];
    reads[0]!.answer("value");
    await Promise.all(waiting);
    await resource.load();
    states.push(seen());
    assert.deepEqual(
      { states, reads: reads.length, changes },
      { states: ["loading", "loaded value"], reads: 1, changes: ["loaded value"] },
    );
  });

  it("keeps its value in view while it is read again", async () => {
    await loaded("old");
    const done = resource.reload();
    const meanwhile = [seen(), reads.at(-1)?.previous];
    reads.at(-1)!.answer("new");
    await done;
    assert.deepEqual(
      { meanwhile, changes },
      { meanwhile: ["loading old", "old"], changes: ["loaded new"] },
    );
  });

  it("keeps its value in view when reading it again fails", async () => {
    await loaded("old");
    const done = resource.reload();
    reads.at(-1)!.fail(new NcloudError("server"));
    await done;
    assert.deepEqual([seen(), changes], ["failed old server", ["failed old server"]]);
  });

  it("says nothing when nothing changed, and stays the very same value", async () => {
    const first = { text: "same" };
    const answers = [first, { text: "same" }];
    let count = 0;
    const records = new Resource<{ text: string }>({
      read: () => Promise.resolve(answers[count++]!),
      onChange: () => changes.push("changed"),
      isSame: (a, b) => a.text === b.text,
    });
    await records.load();
    await records.reload();
    assert.deepEqual(
      { changes, isSame: records.value === first, count },
      { changes: ["changed"], isSame: true, count: 2 },
    );
  });

  it("says so when a failure is over, even if the value is the same", async () => {
    await loaded("value");
    for (const end of ["fail", "answer"] as const) {
      const done = resource.reload();
      if (end === "fail") reads.at(-1)!.fail(new NcloudError("network"));
      else reads.at(-1)!.answer("value");
      await done;
    }
    assert.deepEqual(changes.slice(0, 1).concat(changes.at(-1)!, seen()), [
      "failed value network",
      "loading value",
      "loaded value",
    ]);
  });

  it("shows the latest read, whichever answer comes last", async () => {
    const done = [resource.load(), resource.reload(), resource.reload()];
    const [first, second, third] = reads as [Read, Read, Read];
    third.answer("third");
    first.answer("first");
    second.fail(new NcloudError("server"));
    await Promise.all(done);
    assert.deepEqual(
      { state: seen(), changes, aborted: reads.map(({ signal }) => signal.aborted) },
      { state: "loaded third", changes: ["loaded third"], aborted: [true, true, false] },
    );
  });

  it("waits for the latest read with whoever asked before it", async () => {
    const ends: string[] = [];
    const first = resource.load().then(() => ends.push(seen()));
    const second = resource.reload().then(() => ends.push(seen()));
    reads[0]!.answer("first");
    await drained();
    const early = [...ends];
    reads[1]!.answer("second");
    await Promise.all([first, second]);
    assert.deepEqual({ early, ends }, { early: [], ends: ["loaded second", "loaded second"] });
  });

  it("takes a written value for newer than what is being read", async () => {
    await loaded("old");
    const done = resource.reload();
    resource.set("written");
    reads.at(-1)!.answer("read before that");
    await done;
    assert.deepEqual([seen(), changes], ["loaded written", ["loaded written"]]);
  });

  it("is unread after a reset, and what was under way is void", async () => {
    const done = resource.load();
    resource.reset();
    reads[0]!.answer("late");
    await done;
    const afterwards = seen();
    void resource.load();
    assert.deepEqual(
      { afterwards, now: seen(), changes, reads: reads.length },
      { afterwards: "unloaded", now: "loading", changes: [], reads: 2 },
    );
  });

  it("is at its end once it was disposed of: nothing is read, set or said", async () => {
    const done = resource.load();
    resource.dispose();
    reads[0]!.answer("late");
    await done;
    await Promise.all([resource.load(), resource.reload()]);
    resource.set("written");
    assert.deepEqual(
      { state: seen(), changes, reads: reads.length, aborted: reads[0]?.signal.aborted },
      { state: "unloaded", changes: [], reads: 1, aborted: true },
    );
  });

  it("never rejects: what is no failure of NCP is a bad answer", async () => {
    const done = resource.load();
    reads[0]!.fail(new TypeError("a fault of ours"));
    await done;
    const { state } = resource;
    assert.deepEqual(
      [seen(), state.status === "failed" && state.error.cause],
      ["failed badAnswer", new TypeError("a fault of ours")],
    );
  });

  it("is not read again by itself after it failed", async () => {
    const done = resource.load();
    reads[0]!.fail(new NcloudError("server"));
    await done;
    await resource.load();
    assert.deepEqual([seen(), reads.length], ["failed server", 1]);
  });
});
