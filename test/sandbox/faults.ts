import { matchesRequest, type RequestMatch } from "./requestMatch.ts";

/** Goes with any other fault, and with the right answer. */
type Disturbance =
  /** The answer is made at once and sent after this time, so that it may be out of date. */
  | { readonly kind: "delay"; readonly milliseconds: number }
  /** The answer is made at once and sent when the promise has settled. */
  | { readonly kind: "hold"; readonly until: Promise<unknown> }
  /** The server's clock is ahead by this many milliseconds, for its checks and its `Date`. */
  | { readonly kind: "clock"; readonly offset: number };

/**
 * The request is carried out, a write included, and its answer is spoilt on the way. A 204 has no
 * body to spoil: of these only `loseAnswer` means something to it.
 */
export type SpoiltAnswer =
  /** A complete answer whose body is the first half of the right one. */
  | { readonly kind: "truncatedJson" }
  /** Half the body, then the end of the connection. */
  | { readonly kind: "brokenOff" }
  /** Half the body, then nothing, until the client goes away. */
  | { readonly kind: "stalledBody" }
  /** No answer: the connection is reset once the work is done. */
  | { readonly kind: "loseAnswer" };

/** The request is not carried out, nor its signature looked at. */
export type ReplacedAnswer =
  /** A string is sent as it is, anything else as JSON. */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** 200 with JSON that no page documents. */
  | { readonly kind: "wrongShape"; readonly json?: unknown }
  | { readonly kind: "redirect"; readonly location: string; readonly status?: number }
  /** 200 with JSON text that is well-formed so far, as fast as it is read, without end. */
  | { readonly kind: "endlessBody" }
  /** 200 with a JSON body of exactly this many bytes, at least 14. */
  | { readonly kind: "hugeBody"; readonly bytes: number }
  /** The connection is reset before anything is answered. */
  | { readonly kind: "reset" }
  /** Nothing is answered until the client goes away. */
  | { readonly kind: "hang" };

export type FaultEffect = Disturbance | SpoiltAnswer | ReplacedAnswer;

export type Fault = FaultEffect &
  RequestMatch & {
    /** How many requests it hits. Absent: all until it is removed. */
    readonly times?: number;
  };

export interface AddedFault {
  /** How many requests it has hit so far. */
  readonly hits: number;
  remove(): void;
}

/** What is to befall one request. */
export interface Misfortune {
  /** In milliseconds. */
  readonly clockOffset: number;
  /** In milliseconds. */
  readonly delay: number;
  readonly holds: readonly Promise<unknown>[];
  readonly ending: SpoiltAnswer | ReplacedAnswer | undefined;
}

/** Every disturbance that matches a request hits it; of the others the one added first does. */
export class FaultList {
  readonly #entries = new Set<{ readonly fault: Fault; hits: number }>();

  add(fault: Fault): AddedFault {
    const entry = { fault, hits: 0 };
    this.#entries.add(entry);
    return {
      get hits() {
        return entry.hits;
      },
      remove: () => void this.#entries.delete(entry),
    };
  }

  clear(): void {
    this.#entries.clear();
  }

  /** Decides what happens to a request, and counts it. */
  strike(method: string, target: string): Misfortune {
    let clockOffset = 0;
    let delay = 0;
    const holds: Promise<unknown>[] = [];
    let ending: SpoiltAnswer | ReplacedAnswer | undefined;

    for (const entry of this.#entries) {
      const { fault } = entry;
      if (entry.hits >= (fault.times ?? Infinity)) continue;
      if (!matchesRequest(fault, method, target)) continue;
      if (fault.kind === "clock") clockOffset += fault.offset;
      else if (fault.kind === "delay") delay += fault.milliseconds;
      else if (fault.kind === "hold") holds.push(fault.until);
      else if (ending === undefined) ending = fault;
      else continue;
      entry.hits++;
    }
    return { clockOffset, delay, holds, ending };
  }
}
