import type { Fault } from "../../sandbox/faults.ts";

export interface Failure {
  /** What befalls every request. */
  readonly fault: Fault;
  /** The titles of the rows that say so. */
  readonly titles: RegExp;
}

function refused(status: number, errorCode: string, message: string): Fault {
  return { kind: "status", status, body: { error: { errorCode, message } } };
}

/** A wrong key, by a clock so far from ours that this may be why. */
export const underAnotherClock: Fault = {
  kind: "status",
  status: 401,
  headers: { date: new Date(Date.now() - 600_000).toUTCString() },
  body: { error: { errorCode: "200", message: "Authentication Failed" } },
};

/** The ways in which reading the account can fail, but for the certificate and the cancellation. */
export const failures: Readonly<Record<string, Failure>> = {
  "a wrong key": {
    fault: refused(401, "200", "Authentication Failed"),
    titles: /not accepted$/,
  },
  "a missing permission": {
    fault: refused(401, "210", "Permission Denied"),
    titles: /^(No permission|No permission to list)$/,
  },
  "a missing subscription": {
    fault: refused(401, "210", "A subscription to the API is required."),
    titles: /^(Not subscribed|Not available|Not in use by this account)$/,
  },
  "what is not found": {
    fault: refused(404, "300", "Not Found Exception"),
    titles: /^(Not found|Not available)$/,
  },
  "a bad request": {
    fault: refused(400, "100", "Bad Request Exception"),
    titles: /^Request refused$/,
  },
  "too many requests": {
    fault: { kind: "status", status: 429, headers: { "retry-after": "60" } },
    titles: /^Too many requests$/,
  },
  "a fault of the server": {
    fault: { kind: "status", status: 500 },
    titles: /^Fault at NAVER Cloud$/,
  },
  "no answer in time": { fault: { kind: "hang" }, titles: /^No answer in time$/ },
  "half a body": { fault: { kind: "truncatedJson" }, titles: /^Answer not understood$/ },
  "a reset connection": { fault: { kind: "reset" }, titles: /^No connection$/ },
  "an answer of another shape": {
    fault: { kind: "wrongShape" },
    titles: /^Answer not understood$/,
  },
  "a wrong key under a clock that is off": {
    fault: underAnotherClock,
    titles: /not accepted$/,
  },
  "a proxy that wants a password": {
    fault: { kind: "status", status: 407 },
    titles: /^Stopped at the proxy$/,
  },
  "a redirect": {
    fault: { kind: "redirect", location: "/elsewhere" },
    titles: /^Answer not understood$/,
  },
  "too large an answer": {
    fault: { kind: "hugeBody", bytes: 9 << 20 },
    titles: /^Answer not understood$/,
  },
};
