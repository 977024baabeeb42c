import { createHash } from "node:crypto";
import { setImmediate as drained } from "node:timers/promises";
import type { Steps } from "./fakeComputer.ts";

interface PendingStep {
  readonly actor: string;
  readonly label: string;
  readonly run: () => unknown;
}

/** Holds every step back until it is told which one is next. */
class Schedule implements Steps {
  readonly #channels = new Map<string, PendingStep[]>();
  /** What each actor saw so far, which decides what it does next. */
  readonly #seen = new Map<string, string>();

  add(actor: string, channel: string, label: string, run: () => unknown): void {
    const name = `${actor} ${channel}`;
    const pending = this.#channels.get(name) ?? [];
    pending.push({ actor, label, run });
    this.#channels.set(name, pending);
  }

  /** The channels with a step that can happen now. */
  get ready(): string[] {
    return [...this.#channels]
      .filter(([, { length }]) => length > 0)
      .map(([name]) => name)
      .sort();
  }

  get state(): unknown {
    const pending = this.ready.map((name) => [
      name,
      this.#channels.get(name)?.map(({ label }) => label),
    ]);
    return [[...this.#seen].sort(), pending];
  }

  /** Lets the next step of a channel happen, and what follows from it up to the next steps. */
  async take(channel: string): Promise<void> {
    const step = this.#channels.get(channel)?.shift();
    if (!step) throw new RangeError(`Nothing is pending in ${channel}.`);
    const { actor, label } = step;
    const line = `${this.#seen.get(actor) ?? ""}\n${label} ${JSON.stringify(step.run())}`;
    this.#seen.set(actor, createHash("sha1").update(line).digest("base64"));
    await drained();
  }

  async takeAll(): Promise<void> {
    await drained();
    for (let [channel] = this.ready; channel !== undefined; [channel] = this.ready) {
      await this.take(channel);
    }
  }
}

/** What is explored, made anew for each order of its steps. */
export interface World {
  /**
   * What the actors share. Two orders of steps after which this is the same, and each actor saw the
   * same, are explored once from there on.
   */
  shared(): unknown;
  /** Looks at how it ended; `settle` lets all that it started happen. */
  end(settle: () => Promise<void>): Promise<void>;
}

export interface Explored {
  /** How many orders of the steps there are. */
  readonly orders: bigint;
  /** How many states they lead through. */
  readonly states: number;
  /** How many different ends they have. */
  readonly ends: number;
}

/** Tries every order in which the steps of a world can happen. */
export async function exploreInterleavings(build: (steps: Steps) => World): Promise<Explored> {
  const successors = new Map<string, string[]>();
  const todo: { readonly path: readonly string[]; readonly from?: string }[] = [{ path: [] }];
  let start: string | undefined;
  let ends = 0;
  for (let branch = todo.pop(); branch; branch = todo.pop()) {
    const schedule = new Schedule();
    const world = build(schedule);
    await drained();
    for (const channel of branch.path) await schedule.take(channel);
    const path = [...branch.path];
    let { from } = branch;
    for (;;) {
      const state = JSON.stringify([world.shared(), schedule.state]);
      start ??= state;
      if (from !== undefined) successors.get(from)?.push(state);
      if (successors.has(state)) break;
      successors.set(state, []);
      const [next, ...others] = schedule.ready;
      if (next === undefined) {
        ends++;
        await world.end(() => schedule.takeAll());
        break;
      }
      for (const other of others) todo.push({ path: [...path, other], from: state });
      await schedule.take(next);
      path.push(next);
      from = state;
    }
  }
  return { orders: countPaths(successors, start ?? ""), states: successors.size, ends };
}

function countPaths(successors: ReadonlyMap<string, readonly string[]>, start: string): bigint {
  const counts = new Map<string, bigint>();
  const stack = [start];
  for (let state = stack.at(-1); state !== undefined; state = stack.at(-1)) {
    const next = successors.get(state) ?? [];
    const unknown = next.filter((item) => !counts.has(item));
    if (unknown.length > 0) {
      stack.push(...unknown);
      continue;
    }
    stack.pop();
    const count = next.reduce((sum, item) => sum + (counts.get(item) ?? 0n), 0n);
    counts.set(state, next.length === 0 ? 1n : count);
  }
  return counts.get(start) ?? 0n;
}
