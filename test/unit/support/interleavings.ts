import { createHash } from "node:crypto";
import type { Step, Steps } from "./fakeComputer.ts";
import type { SeededRandom } from "./seededRandom.ts";

/** Resolves when everything that waited for something that has happened has gone on. */
function drained(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** As good as the text itself to tell it from others, of which there may be a hundred thousand. */
function shortened(text: string): string {
  return createHash("sha1").update(text).digest("base64");
}

/** Numbers that stand for texts, so that a state with many of them is a short text itself. */
class Numbers {
  readonly #numbers = new Map<string, number>();

  of(text: string): number {
    const number = this.#numbers.get(text) ?? this.#numbers.size;
    this.#numbers.set(text, number);
    return number;
  }
}

/** Holds every step back until it is told which one is next. */
class Schedule implements Steps {
  readonly #numbers: Numbers;
  readonly #channels = new Map<string, Step[]>();
  readonly #windows = new Map<string, Observations>();

  constructor(numbers: Numbers) {
    this.#numbers = numbers;
  }

  add(step: Step): void {
    const name = `${step.window} ${step.channel}`;
    const pending = this.#channels.get(name) ?? [];
    pending.push(step);
    this.#channels.set(name, pending);
    if (!this.#windows.has(step.window)) this.#windows.set(step.window, new Observations());
  }

  /** The channels with a step that can happen now. */
  get ready(): string[] {
    const next = [...this.#channels].flatMap(([name, [step]]) => (step ? [{ name, step }] : []));
    return next.filter(({ step }) => !this.#isQueued(step)).map(({ name }) => name);
  }

  /** What the windows know and wait for. */
  get state(): string {
    const pending = Array.from(this.#channels, ([name, steps]) => {
      const numbers = steps.map(({ subject, label }) => this.#numbers.of(`${subject} ${label}`));
      return `${name} ${numbers.join()}`;
    });
    const known = Array.from(this.#windows, ([name, observations]) => name + observations.text);
    return [...pending.sort(), ...known.sort()].join("|");
  }

  /** Lets the next step of a channel happen, and what follows from it up to the next steps. */
  async take(name: string): Promise<void> {
    const step = this.#channels.get(name)?.shift();
    if (!step) throw new RangeError(`Nothing is pending in ${name}.`);
    const { window, channel, subject, label } = step;
    const what = `${channel} ${label} ${JSON.stringify(step.run())}`;
    const observations = this.#windows.get(window);
    if (channel !== "states") observations?.add(subject, this.#numbers.of(what));
    await drained();
    if (!this.#isWaiting(window)) observations?.settle();
  }

  /**
   * A window does one thing after the other: what comes in while it waits for a call waits for the
   * end of that call, and need not be tried at each moment before it.
   */
  #isQueued({ window, channel }: Step): boolean {
    return (channel === "secrets" || channel === "person") && this.#isWaiting(window);
  }

  #isWaiting(window: string): boolean {
    return (this.#channels.get(`${window} calls`) ?? []).length > 0;
  }

  async takeAll(): Promise<void> {
    await drained();
    for (let [channel] = this.ready; channel !== undefined; [channel] = this.ready) {
      await this.take(channel);
    }
  }
}

/**
 * What a window saw since it was last at rest, in full, and before that of each subject by itself:
 * what it keeps of one account does not depend on when it learnt of another.
 */
class Observations {
  #recent: [subject: string, what: number][] = [];
  readonly #settled = new Map<string, number[]>();

  add(subject: string, what: number): void {
    this.#recent.push([subject, what]);
  }

  settle(): void {
    for (const [subject, what] of this.#recent) {
      if (subject === "") continue;
      const before = this.#settled.get(subject) ?? [];
      this.#settled.set(subject, before);
      // To see the same again teaches nothing.
      if (before.at(-1) !== what) before.push(what);
    }
    this.#recent = [];
  }

  get text(): string {
    const settled = Array.from(this.#settled, ([subject, all]) => `${subject} ${all.join()}`);
    return `${settled.sort().join(";")};${this.#recent.join()}`;
  }
}

/** What is explored, made anew for each order of its steps. */
export interface World {
  /**
   * What the actors share. Two orders of steps after which this is the same, and each actor saw the
   * same, are explored once from there on.
   */
  shared(): readonly string[];
  /** Looks at how it ended; `settle` lets all that it started happen. */
  end(settle: () => Promise<void>): Promise<void>;
}

export interface Explored {
  /** How many orders of the steps there are; 0 when not all of them were tried. */
  readonly orders: bigint;
  /** How many states they lead through. */
  readonly states: number;
  /** How many times it was looked how a world ended. */
  readonly ends: number;
}

export interface Sample {
  /** So many states, after which no further branch is begun. */
  readonly states: number;
  readonly random: SeededRandom;
}

/**
 * Tries every order in which the steps of a world can happen; with a sample, some that are drawn,
 * each of them to its end.
 */
export async function exploreInterleavings(
  build: (steps: Steps) => World,
  sample?: Sample,
): Promise<Explored> {
  const numbers = new Numbers();
  const successors = new Map<string, string[]>();
  const todo: { readonly path: readonly string[]; readonly from?: string }[] = [{ path: [] }];
  let start: string | undefined;
  let ends = 0;
  const isEnough = () => sample !== undefined && successors.size >= sample.states;
  /** Takes the last one, with another in its place where they are drawn. */
  const nextBranch = () => {
    if (todo.length === 0 || isEnough()) return undefined;
    const drawn = sample ? sample.random.below(todo.length) : todo.length - 1;
    return todo.splice(drawn, 1)[0];
  };
  for (let branch = nextBranch(); branch; branch = nextBranch()) {
    const schedule = new Schedule(numbers);
    const world = build(schedule);
    await drained();
    for (const channel of branch.path) await schedule.take(channel);
    const path = [...branch.path];
    let { from } = branch;
    for (;;) {
      const shared = world.shared().map((text) => numbers.of(text));
      const state = shortened([...shared, schedule.state].join());
      start ??= state;
      if (from !== undefined) successors.get(from)?.push(state);
      if (successors.has(state)) break;
      successors.set(state, []);
      const others = schedule.ready;
      const [next] = others.splice(
        sample && others.length > 0 ? sample.random.below(others.length) : 0,
        1,
      );
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
  const orders = todo.length > 0 ? 0n : countPaths(successors, start ?? "");
  return { orders, states: successors.size, ends };
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
