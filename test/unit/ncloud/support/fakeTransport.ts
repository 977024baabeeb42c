import assert from "node:assert/strict";
import {
  type Transport,
  type WireRequest,
  type WireResponse,
} from "../../../../src/ncloud/transport.ts";

/** What a server says, in short: 200 without headers and without a body unless told otherwise. */
export interface ScriptedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly text?: string;
}

export type Step = ScriptedAnswer | Error | ((request: WireRequest) => ScriptedAnswer);

export interface FakeTransport extends Transport {
  readonly requests: readonly WireRequest[];
}

export function answerOf({ status, headers, json, text }: ScriptedAnswer): WireResponse {
  return {
    status: status ?? 200,
    header: (name) => headers?.[name],
    text: text ?? (json === undefined ? "" : JSON.stringify(json)),
  };
}

/** A wire on which each request gets the next answer. One request too many fails the test. */
export function answering(...steps: readonly Step[]): FakeTransport {
  const requests: WireRequest[] = [];
  return {
    requests,
    send(request) {
      const step = steps[requests.push(request) - 1];
      assert.ok(step !== undefined, `Nobody expected request ${requests.length}.`);
      if (step instanceof Error) return Promise.reject(step);
      return Promise.resolve(answerOf(typeof step === "function" ? step(request) : step));
    },
  };
}
