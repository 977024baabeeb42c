import { AssertionError } from "node:assert/strict";

/** What a fake answers to the calls of an interface: for each method one function a call, in turn. */
export type Answers<T> = { readonly [Name in keyof T]?: readonly T[Name][] };

/** Plays the interfaces at the boundary, and writes down every call of them in one line. */
export class Script {
  readonly lines: string[] = [];
  readonly #left = new Map<string, unknown[]>();

  /**
   * An interface of which each call is written down and gets its next answer. A call that nobody
   * expected throws, and its line shows even when what it threw was caught.
   *
   * @param usual what is always there: a method without an answer does this
   */
  play<T extends object>(name: string, usual: Partial<T>, answers: Answers<T> = {}): T {
    for (const [method, list] of Object.entries(answers)) {
      this.#left.set(`${name}.${method}`, [...(list as readonly unknown[])]);
    }
    return new Proxy(usual as T, {
      get: (target, method) => {
        const always: unknown = Reflect.get(target, method);
        if (always !== undefined && typeof always !== "function") return always;
        return (...args: unknown[]) => {
          this.lines.push(lineOf(String(method), args));
          const answer = this.#left.get(`${name}.${String(method)}`)?.shift() ?? always;
          if (typeof answer === "function")
            return Reflect.apply(answer, undefined, args) as unknown;
          return this.unexpected(`${name}.${String(method)}`);
        };
      },
    });
  }

  /** Fails, in a line of its own as well: what is thrown here may be caught. */
  unexpected(call: string): never {
    this.lines.push("which nobody expected");
    throw new AssertionError({ message: `Nobody expected ${call}.` });
  }

  /** Every call so far, and the answers that nobody asked for. */
  get transcript(): readonly string[] {
    const unused = [...this.#left].flatMap(([name, left]) => left.map(() => `${name} not asked`));
    return [...this.lines, ...unused];
  }
}

/** A call in one line: its name and what it says. Secrets, functions and signals say nothing. */
function lineOf(method: string, args: readonly unknown[]): string {
  return [method, ...args.map(textOf).filter((text) => text !== undefined)].join(" ");
}

function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value === "" ? '""' : value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (value instanceof Set) return `{${[...value].join(", ")}}`;
  if (Array.isArray(value)) return value.map(textOf).join(" + ");
  if (typeof value !== "object" || value === null) return undefined;
  const record: Readonly<Record<string, unknown>> = { ...value };
  if ("totalSteps" in record) return `${textOf(record["step"])}/${textOf(record["totalSteps"])}`;
  if ("service" in record) return `${textOf(record["service"])}: ${textOf(record["result"])}`;
  const telling = ["label", "title", "origin", "type", "kind"].map((name) => record[name]);
  return telling.find((text) => typeof text === "string") ?? messageOf(value);
}

/** The text of an error that has no kind: a fault of the code or of the test. */
function messageOf(value: object): string | undefined {
  return value instanceof Error ? value.message : undefined;
}
