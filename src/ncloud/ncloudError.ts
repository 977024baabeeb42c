import type { ServiceName } from "./zone.ts";

/** What went wrong, as coarse as what a caller can do about it. */
export type NcloudErrorKind =
  | "wrongCredentials"
  | "noPermission"
  | "notSubscribed"
  | "notFound"
  | "limitReached"
  | "badRequest"
  | "clock"
  | "network"
  | "tls"
  | "proxy"
  | "timeout"
  | "server"
  | "badAnswer"
  | "unavailableInZone"
  | "cancelled";

export interface NcloudErrorFacts {
  readonly service?: ServiceName;
  readonly status?: number;
  readonly code?: string;
  /** The server's own words, for the log only. */
  readonly serverMessage?: string;
  readonly traceId?: string;
  /** The field of the answer that could not be read, e.g. `keyList[2].title`. */
  readonly field?: string;
  /** The server's clock minus ours, in milliseconds, when that is what is wrong. */
  readonly clockSkew?: number;
  /** How long the server asked us to wait, in milliseconds. */
  readonly retryAfter?: number;
  /** Whether the same read may do better a moment later. */
  readonly transient?: boolean;
  /** Whether it is certain that the request never left this computer. */
  readonly isUnsent?: boolean;
  readonly cause?: unknown;
}

/** Any failure of a request to NCP. Callers branch on `kind`, never on a message. */
export class NcloudError extends Error {
  override readonly name = "NcloudError";
  readonly kind: NcloudErrorKind;
  readonly facts: NcloudErrorFacts;

  constructor(kind: NcloudErrorKind, facts: NcloudErrorFacts = {}) {
    super(`NCP request failed: ${kind}`, { cause: facts.cause });
    this.kind = kind;
    this.facts = facts;
  }
}

/**
 * Whether a write that ended in this failure may have been carried out all the same. Such a write
 * is settled by reading, never by sending it again.
 */
export function mayHaveHappened(error: NcloudError): boolean {
  switch (error.kind) {
    case "network":
    case "timeout":
    case "server":
    case "badAnswer":
      return true;
    // An alert may come in place of an answer; only a certificate is looked at before all else.
    // What is cancelled may be under way by then, unless nothing is signed any more.
    case "tls":
    case "cancelled":
      return error.facts.isUnsent !== true;
    // A proxy that refuses has passed nothing on.
    case "proxy":
    default:
      return false;
  }
}
