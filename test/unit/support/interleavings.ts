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

/** A way to go that was not gone yet: the channels up to the state it leaves, and the next one. */
interface Branch {
  readonly path: readonly string[];
  readonly from?: string;
}

/** Draws where a sample is wanted, and goes through all in their order otherwise. */
class Explorer {
  readonly successors = new Map<string, string[]>();
  readonly #todo: Branch[] = [{ path: [] }];
  readonly #sample: Sample | undefined;

  constructor(sample: Sample | undefined) {
    this.#sample = sample;
  }

  /** Whether every branch was gone to its end. */
  get isComplete(): boolean {
    return this.#todo.length === 0;
  }

  nextBranch(): Branch | undefined {
    const isEnough = this.#sample && this.successors.size >= this.#sample.states;
    return isEnough ? undefined : this.#take(this.#todo, this.#todo.length - 1);
  }

  /** @returns the channel to go on with; the others are for later */
  chooseChannel(ready: string[], path: readonly string[], from: string): string | undefined {
    const chosen = this.#take(ready, 0);
    for (const other of ready) this.#todo.push({ path: [...path, other], from });
    return chosen;
  }

  /** Whether the state is new. */
  arrive(state: string, from: string | undefined): boolean {
    if (from !== undefined) this.successors.get(from)?.push(state);
    if (this.successors.has(state)) return false;
    this.successors.set(state, []);
    return true;
  }

  #take<T>(items: T[], otherwise: number): T | undefined {
    if (items.length === 0) return undefined;
    const index = this.#sample?.random.below(items.length) ?? otherwise;
    return items.splice(index, 1)[0];
  }
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
  const explorer = new Explorer(sample);
  let start: string | undefined;
  let ends = 0;
  for (let branch = explorer.nextBranch(); branch; branch = explorer.nextBranch()) {
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
      if (!explorer.arrive(state, from)) break;
      const next = explorer.chooseChannel(schedule.ready, path, state);
      if (next === undefined) {
        ends++;
        await world.end(() => schedule.takeAll());
        break;
      }
      await schedule.take(next);
      path.push(next);
      from = state;
    }
  }
  const { successors, isComplete } = explorer;
  const orders = isComplete ? countPaths(successors, start ?? "") : 0n;
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
